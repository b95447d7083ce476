"""The parameters of exports."""

from ninja import Field

from api.facet_parameters import Text
from api.queries import AtQuery
from api.schemas import KindWord


class ExportQuery(AtQuery):
    """Which catalog is written."""

    kind: KindWord | None = Field(
        None, description="Whose prices; sell where one kind is held, and both in csv and jsonl."
    )
    retired: bool = Field(default=False, description="With models that no longer answer.")
    report: bool = Field(default=False, description="Answer what the shape cannot hold, not the catalog.")


class OpenRouterQuery(ExportQuery):
    """What OpenRouter's SDK sends with every list."""

    # Refused beyond the start: an SDK that pages would read the whole list again, without an end.
    offset: int = Field(0, ge=0, le=0, description="0: the list is answered whole.")
    limit: int = Field(1000, ge=1, description="Cuts nothing: the list is answered whole.")


class AnthropicQuery(AtQuery):
    """Which page of models."""

    limit: int = Field(20, ge=1, le=1000)
    after_id: Text | None = Field(None, description="Models after this ID.")
    before_id: Text | None = Field(None, description="Models before this ID.")
    lifecycle: list[Text] = Field([], description="active, deprecated or retired; also as lifecycle[].")
