"""Shapes of models, families and providers."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from ninja import Field, Schema
from pydantic import create_model

from api.schemas.fields import described_fields
from api.schemas.words import KindWord, LifecycleWord, ModalityWord, SeverityWord
from catalog.records.model_field import placed


class Named(Schema):
    """A provider or family, named."""

    slug: str
    name: str


class Endpoint(Schema):
    """An address a model is called at."""

    method: str
    path: str
    protocol: str
    action: str | None


class Price(Schema):
    """One price row. `amount` is a plain decimal string for `per` of `meter`.

    With `on_record_since`, the price was read then and may have held before. One that is held back has an
    inferred unit that would make it too low; one that is covered is a fallback that no request reaches. No
    quote, ranking or export uses them.
    """

    id: int
    kind: KindWord
    state: Literal["known", "free", "dynamic", "on_request"]
    meter: str
    per: int
    unit: str
    amount: str | None
    currency: str
    conditions: dict[str, Any]
    minimum: str | None
    step: str | None
    is_promotion: bool
    effective_from: datetime
    effective_until: datetime | None
    on_record_since: datetime | None
    unit_is_inferred: bool
    is_held_back: bool
    covered_from: str | None
    covered_until: str | None
    source_url: str | None
    source_label: str
    checked_on: date | None
    note: str | None
    omits: str | None


class Source(Schema):
    """Where the value of a field was read."""

    field: str
    url: str | None
    label: str
    checked_on: date | None


class _Addressed(Schema):
    """What a model is called and where it stands."""

    model_id: str
    slug: str
    name: str | None = Field(description="Null where no source states one.")
    display_name: str = Field(description="What people read: the name, else one of family and action.")
    url: str
    provider: Named
    family: Named
    aliases: list[str]
    alias_of: str | None


# Fields come from the field table, which mypy cannot follow.
if TYPE_CHECKING:
    _Described = _Addressed
else:
    _STATUS = ("status", (SeverityWord | None, Field(description="Null for a retired model.")))
    _Described = create_model(
        "_Described",
        __base__=_Addressed,
        **dict(placed(described_fields(), {"commercial_use": [_STATUS]})),
    )


class Model(_Described):
    """A model as lists show it. Null means: not known."""

    capability_values: dict[str, bool] = Field(
        description="Capability -> whether the model has it; what is absent is unknown."
    )
    does_not_apply: list[str] = Field(
        description="Fields that mean nothing for this kind of model; their null is not unknown."
    )
    endpoints: list[Endpoint]
    prices: list[Price]
    sources: list[Source]


class Parameter(Schema):
    """A request parameter; bounds that are not stated are absent."""

    name: str
    type: str | None
    required: bool
    enum: list[Any] | None
    default: Any
    description: str | None
    minimum: str | None = None
    maximum: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    min_items: int | None = None
    max_items: int | None = None
    pattern: str | None = None
    items: dict[str, Any] | None = None


class Rule(Schema):
    """What is required or forbidden when other parameters have a value."""

    when: dict[str, Any]
    required: list[str]
    forbidden: list[str]


class UseCase(Schema):
    """What a model is good for, in Markdown."""

    title: str
    body: str


class Faq(Schema):
    """A question and its answer, in Markdown."""

    question: str
    answer: str


class Difference(Schema):
    """One computed difference."""

    key: str
    label: str
    this: str
    other: str
    text: str


class Contrast(Schema):
    """How a model differs from a sibling."""

    model_id: str
    url: str
    differences: list[Difference]


class Sibling(Schema):
    """Another model of the family."""

    model_id: str
    name: str | None
    display_name: str
    url: str
    lifecycle: LifecycleWord | None


class FullModel(Model):
    """Everything known of a model."""

    requested_id: str
    successor: str | None = Field(
        description="Of a model that is ending: the one to use instead, which is its `replacement`, or where "
        "that is ending too, what follows it."
    )
    overview: str
    parameters: dict[str, list[Parameter]]
    rules: dict[str, list[Rule]]
    announced_prices: list[Price]
    best_for: list[UseCase]
    faq: list[Faq]
    differences: list[Contrast]
    siblings: list[Sibling]


class FacetCount(Schema):
    """A facet's value and how many of the selected models have it."""

    value: str
    label: str
    count: int


class ModelList(Schema):
    """A page of models."""

    items: list[Model]
    count: int
    next: str | None
    facets: dict[str, list[FacetCount]] | None = None


class PriceList(Schema):
    """The price rows of a model at an instant."""

    items: list[Price]
    count: int
    at: datetime
    revision: int


class SnippetProof(Schema):
    """When just this code last ran against the reference gateway, with which program and SDK version."""

    ran_on: date
    program: str
    version: str | None


class Snippet(Schema):
    """A request, written in a language; `proof` is null where it has not run."""

    language: str
    protocol: str
    option: str
    action: str | None
    code: str
    install: str | None
    proof: SnippetProof | None


class SnippetList(Schema):
    """The snippets of a model."""

    items: list[Snippet]


class Provider(Schema):
    """A provider and what it offers here; models that are retired are counted apart."""

    slug: str
    name: str
    url: str
    families: list[Named]
    model_count: int
    retired_count: int


class ProviderList(Schema):
    """A page of providers."""

    items: list[Provider]
    count: int
    next: str | None


class Family(Schema):
    """A family and its models, those that are retired apart."""

    slug: str
    name: str
    url: str
    provider: Named
    modality: ModalityWord | None
    price_claim: str | None
    price_claim_source: str | None
    models: list[str]
    model_count: int
    retired_models: list[str]
    source_url: str | None
    source_label: str
    checked_on: date | None


class FamilyList(Schema):
    """A page of families."""

    items: list[Family]
    count: int
    next: str | None
