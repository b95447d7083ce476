"""The shape of one model's stored record: everything known of it, for every instant, as plain JSON values.

A record is built once when the catalog changes and read by every page and API answer. It holds all price rows
(past, current, scheduled) and all lifecycle dates; `catalog.records.facts` says what holds at an instant.
"""

from typing import Any, NotRequired, TypedDict

import orjson

from catalog.pricing.price import PriceRecord


class NamedRecord(TypedDict):
    """A provider or family as other records name it."""

    slug: str
    name: str


class EndpointRecord(TypedDict):
    """One address of a model. `action` and `task_type` are null where a protocol has no actions."""

    method: str
    path: str
    protocol: str
    action: str | None
    task_type: str | None


class ParameterRecord(TypedDict):
    """One request parameter of an action; bounds that are null are not stated."""

    name: str
    type: str | None
    required: bool
    enum: list[Any] | None
    default: Any
    minimum: str | None
    maximum: str | None
    min_length: int | None
    max_length: int | None
    min_items: int | None
    max_items: int | None
    pattern: str | None
    items: dict[str, Any] | None
    description: str


class RuleRecord(TypedDict):
    """Which parameters are required or forbidden `when` others have a value, or are `{"present": bool}`."""

    when: dict[str, Any]
    required: list[str]
    forbidden: list[str]


class StatusRecord(TypedDict):
    """One span of trouble; `ended_at` null means it is open."""

    severity: str
    message: str
    started_at: str
    ended_at: str | None


class SourceRecord(TypedDict):
    """Where the value of a field was read."""

    field: str
    url: str | None
    label: str
    checked_on: str | None


class UseCaseRecord(TypedDict):
    """What editors say a model is good for; `body_html` is sanitised."""

    title: str
    body: str
    body_html: str


class FaqRecord(TypedDict):
    """A question editors answered; `answer_html` is sanitised."""

    question: str
    answer: str
    answer_html: str


class Record(TypedDict):
    """Everything known of one model."""

    model_id: str
    slug: str
    name: str
    path: str
    provider: NamedRecord
    family: NamedRecord
    aliases: list[str]
    snapshot_on: str | None
    modality: str | None
    input_modalities: list[str]
    output_modalities: list[str]
    task_type: str | None
    stated_lifecycle: str | None
    released_on: str | None
    deprecated_on: str | None
    retires_on: str | None
    replacement: str | None
    replacement_path: str | None
    commercial_use: bool | None
    open_weights: bool | None
    context_window: int | None
    max_output_tokens: int | None
    knowledge_cutoff: str | None
    capabilities: list[str]
    actions: list[str]
    endpoints: list[EndpointRecord]
    parameters: dict[str, list[ParameterRecord]]
    rules: dict[str, list[RuleRecord]]
    prices: list[PriceRecord]
    price_claim: str
    price_claim_source: str | None
    status_events: list[StatusRecord]
    overview: str
    overview_html: str
    best_for: list[UseCaseRecord]
    faq: list[FaqRecord]
    sources: list[SourceRecord]
    checked_on: str | None
    requested_id: NotRequired[str]


def read_record(body: str) -> Record:
    """Parse a stored record."""
    record: Record = orjson.loads(body)
    return record
