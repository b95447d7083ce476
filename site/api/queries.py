"""Parameters of requests, each bounded."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import AfterValidator, BeforeValidator

from api.facet_parameters import Text, no_nul, with_facets
from api.schemas import ChangeWord, KindWord, LanguageWord, OptionWord, ProtocolWord
from catalog.text.instants import read_instant

Sort = Literal[
    "relevance",
    "name",
    "-name",
    "released_on",
    "-released_on",
    "context_window",
    "-context_window",
    "input_price",
    "-input_price",
    "output_price",
    "-output_price",
]


def _instant(value: object) -> object:
    return read_instant(value) if isinstance(value, str) else value


WHICH_KIND = "Without it `sell`, or `list` where the model has only list prices, which a warning says."
Instant = Annotated[datetime, BeforeValidator(_instant)]


class AtQuery(Schema):
    """The instant an answer is for."""

    at: Instant | None = Field(None, description="An instant (RFC 3339) or a date; without it, now.")


class PageQuery(Schema):
    """Which part of a list."""

    limit: int = Field(100, ge=1, le=1000)
    offset: int = Field(0, ge=0, le=1_000_000)


class LinesQuery(AtQuery, PageQuery):
    """Which part of the providers or families, and at which instant their models are counted."""


# Two steps, as facets stand between `q` and `sort` in the document.
class _WordsQuery(AtQuery, PageQuery):
    q: Text = Field("", description="Words of the ID, name, aliases, family or provider, as in search.")


@with_facets
class _FacetsQuery(_WordsQuery):
    pass


class ModelsQuery(_FacetsQuery):
    """Which models, in which order."""

    sort: Sort = Field(
        "relevance",
        description="A leading minus turns it around; unknown values come last. Without `q`, relevance is the"
        " order of names.",
    )
    facets: bool = Field(
        default=False, description="Also count the values of each facet among the selected models."
    )


class PricesQuery(AtQuery):
    """Which price rows."""

    kind: KindWord | None = None
    history: bool = Field(default=False, description="Every row: past, in force and announced.")


class QuoteQuery(AtQuery):
    """Of which model, and by whose price; what was used stands beside it, by meter."""

    model: Text = Field(..., description="A model ID or an alias.")
    kind: KindWord | None = Field(None, description=WHICH_KIND)


class UsageCall(AtQuery):
    """A usage object as the call's answer states it, and of which model it is."""

    model_config = {"extra": "forbid"}

    model: Text = Field(..., description="A model ID or an alias.")
    usage: dict[str, Any] = Field(
        ..., description="The object, such as `usage` of OpenAI and Anthropic, `usageMetadata` of Gemini."
    )
    protocol: ProtocolWord | None = Field(
        None, description="Whose shape it has; without it, the one of the model's protocols that fits."
    )
    kind: KindWord | None = Field(None, description=WHICH_KIND)
    service_tier: Text | None = Field(
        None, description="As in batch, flex, priority; without it, what the object says."
    )


class CompareQuery(AtQuery):
    """Which models; what was used stands beside them, by meter."""

    models: list[Annotated[str, AfterValidator(no_nul), Field(max_length=2_000)]] = Field(
        ..., description="Two to six model IDs, aliases or unambiguous slugs, between commas or repeated."
    )


class ChangesQuery(PageQuery):
    """Which changes."""

    since_revision: int | None = Field(None, ge=0, le=2_147_483_647, description="Only later revisions.")
    model: Text | None = Field(None, description="A model ID or an alias.")
    kind: ChangeWord | None = Field(
        None, description="`catalog` includes what was `added`, `price` each `correction`."
    )
    q: Text = Field("", description="Words of the model's ID, the family or what is said of the change.")


class SearchQuery(Schema):
    """What is searched for, and how much of it is listed."""

    q: Text = Field("", description="What is typed so far; words in any order, typing errors forgiven.")
    limit: int = Field(10, ge=1, le=100, description="Items of each group.")


class SnippetsQuery(Schema):
    """Which snippets."""

    protocol: ProtocolWord | None = None
    language: LanguageWord | None = None
    option: OptionWord | None = None
