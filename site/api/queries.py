"""The parameters that requests may carry, each bounded, so that a bad one is a 422 that names it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import AfterValidator, BeforeValidator

from api.schemas import (
    KindWord,
    LanguageWord,
    LifecycleWord,
    ModalityWord,
    OptionWord,
    ProtocolWord,
    SeverityWord,
)
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


def _no_nul(text: str) -> str:
    if "\0" in text:
        msg = "may not hold a NUL character"
        raise ValueError(msg)
    return text


def _instant(value: object) -> object:
    return read_instant(value) if isinstance(value, str) else value


WeightsWord = Literal["true", "false", "unknown"]
Text = Annotated[str, AfterValidator(_no_nul), Field(max_length=200)]
Instant = Annotated[datetime, BeforeValidator(_instant)]
Amount = Annotated[Decimal, Field(ge=0, le=1_000_000, allow_inf_nan=False)]


class AtQuery(Schema):
    """The instant an answer is for."""

    at: Instant | None = Field(None, description="An instant (RFC 3339) or a date; without it, now.")


class PageQuery(Schema):
    """Which part of a list."""

    limit: int = Field(100, ge=1, le=1000)
    offset: int = Field(0, ge=0, le=1_000_000)


class LinesQuery(AtQuery, PageQuery):
    """Which part of the providers or families, and at which instant their models are counted."""


class ModelsQuery(AtQuery, PageQuery):
    """Which models, in which order."""

    q: Text = Field("", description="Words of the ID, name, aliases, family or provider, as in search.")
    provider: list[Text] = Field([], description="Provider slug; repeat for alternatives.")
    family: list[Text] = Field([], description="Family slug; repeat for alternatives.")
    modality: list[ModalityWord] = Field([])
    input_modality: list[ModalityWord] = Field([], description="All of them must be accepted.")
    output_modality: list[ModalityWord] = Field([])
    protocol: list[Text] = Field([])
    capability: list[Text] = Field([], description="All of them must be recorded.")
    lifecycle: list[LifecycleWord] = Field([])
    status: list[SeverityWord] = Field([])
    open_weights: list[WeightsWord] = Field([], description="Whether the weights are open; alternatives.")
    min_context: int | None = Field(None, ge=0, le=10**12, description="Tokens.")
    max_input_price: Amount | None = Field(
        None, description="USD per 1M tokens, sell price or else list price."
    )
    max_output_price: Amount | None = Field(
        None, description="USD per 1M tokens, sell price or else list price."
    )
    released_after: date | None = None
    priced: bool = Field(default=False, description="Only models with a sell price in force.")
    retiring: bool | None = Field(
        None, description="`false`: neither retired nor announced to be; `true`: one of both."
    )
    retired: bool = Field(
        default=False,
        description="Also retired models, which lists leave out; `lifecycle=retired` gives these alone.",
    )
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
    kind: KindWord = "sell"


class CompareQuery(AtQuery):
    """Which models; what was used stands beside them, by meter."""

    models: list[Annotated[str, AfterValidator(_no_nul), Field(max_length=2_000)]] = Field(
        ..., description="Two to six model IDs, aliases or unambiguous slugs, between commas or repeated."
    )


class ChangesQuery(PageQuery):
    """Which changes."""

    since_revision: int | None = Field(None, ge=0, le=2_147_483_647, description="Only later revisions.")
    model: Text | None = Field(None, description="A model ID or an alias.")
    kind: Literal["price", "lifecycle", "status", "catalog"] | None = None
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
