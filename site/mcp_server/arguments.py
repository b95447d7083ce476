"""Arguments of the tools; their docstrings are served."""

from typing import Annotated, Literal

from pydantic import Field

from catalog.comparison import LEAST, MOST
from catalog.pricing.billed_quantity import MOST_CALLS
from catalog.pricing.units import METERS
from catalog.snippets import LANGUAGES
from catalog.vocabulary import ChangeKind, PriceKind
from mcp_server.argument_types import (
    HIGHEST_REVISION,
    Arguments,
    At,
    ModelName,
    Offset,
    Plain,
    Quantity,
    Text,
)
from mcp_server.facet_arguments import with_facets

Sort = Literal[
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
METER_WORDS = ", ".join(METERS)
Usage = Annotated[
    dict[Text, Quantity],
    Field(
        min_length=1,
        max_length=len(METERS),
        description=f'Meter -> quantity: a whole number, or a decimal string ("2.5"). Meters: {METER_WORDS}.',
        json_schema_extra={"propertyNames": {"enum": list(METERS)}},
    ),
]
Parameters = Annotated[
    dict[Text, Plain],
    Field(max_length=30, description="Request parameters that prices depend on, as in duration_seconds: 5."),
]


class _Words(Arguments):
    query: Text = Field("", description="Words of a model's ID, name, alias, family or provider.")


@with_facets
class _Facets(_Words):
    pass


class SearchModels(_Facets):
    """Which models, and how many of them."""

    sort: Sort | None = Field(
        None,
        description="input_price: the cheapest first; a minus turns it around; unknown comes last.",
    )
    limit: int = Field(10, ge=1, le=50)
    offset: Offset = 0
    at: At = None


class GetModel(Arguments):
    """Which model."""

    model: ModelName
    at: At = None


class GetSnippet(Arguments):
    """Which call of a model, in which language."""

    model: ModelName
    language: Text = Field("python", json_schema_extra={"enum": list(LANGUAGES)})
    protocol: Text | None = Field(None, description="Without it, the first the model speaks.")
    action: Text | None = Field(None, description="For models with several actions.")
    option: Text | None = Field(None, description="A kind of call, as in stream; the answer lists `others`.")


class CompareModels(Arguments):
    """Which models, and for what use."""

    models: list[ModelName] = Field(
        min_length=LEAST, max_length=MOST, description=f"{LEAST} to {MOST} different models."
    )
    usage: Usage | None = Field(None, description=f"A use to cost with each model. Meters: {METER_WORDS}.")
    only_differences: bool = Field(default=True, description="Leave out rows in which the models agree.")
    at: At = None


class Quote(Arguments):
    """What is used of which model, and by whose price."""

    model: ModelName
    usage: Usage
    kind: PriceKind | None = Field(
        None,
        description="sell: what this site charges; list: what the provider of the model does. Without it "
        "sell, or list where the model has only list prices, which a warning says.",
    )
    service_tier: Text | None = Field(None, description="As in batch, flex, priority.")
    region: Text | None = None
    action: Text | None = Field(None, description="The action of a media model.")
    parameters: Parameters = Field({})
    calls: int = Field(
        1, ge=1, le=MOST_CALLS, description="How many calls share the usage: a minimum or a step is per call."
    )
    at: At = None


class PriceHistory(Arguments):
    """Which prices of which model."""

    model: ModelName
    kind: PriceKind | None = None
    meter: Text | None = Field(None, json_schema_extra={"enum": [*METERS, None]})
    limit: int = Field(20, ge=1, le=100)
    offset: Offset = 0


class ListChanges(Arguments):
    """Which changes."""

    model: ModelName | None = None
    kind: ChangeKind | None = None
    since_revision: int | None = Field(
        None, ge=0, le=HIGHEST_REVISION, description="Only later revisions, the oldest first."
    )
    limit: int = Field(20, ge=1, le=100)
    offset: Offset = 0
