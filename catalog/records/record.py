"""A model's stored record, as JSON values; it is built once per change."""

from typing import Any, NotRequired, TypedDict

import orjson

from catalog.pricing.price import PriceRecord


class NamedRecord(TypedDict):
    """A provider or family in other records."""

    slug: str
    name: str


class EndpointRecord(TypedDict):
    """One endpoint; `action` and `task_type` are null if its protocol has no actions."""

    method: str
    path: str
    protocol: str
    action: str | None
    task_type: str | None


class ParameterRecord(TypedDict):
    """One request parameter; null bounds are not stated."""

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
    """Parameters that are required or forbidden `when` others have a value."""

    # Name -> value, or {"present": bool}.
    when: dict[str, Any]
    required: list[str]
    forbidden: list[str]


class StatusRecord(TypedDict):
    """One span of trouble; `ended_at` null is open."""

    severity: str
    message: str
    started_at: str
    ended_at: str | None


class SourceRecord(TypedDict):
    """Where a field's value was read."""

    field: str
    url: str | None
    label: str
    checked_on: str | None


class UseCaseRecord(TypedDict):
    """An editors' use case; `body_html` is sanitized."""

    title: str
    body: str
    body_html: str


class FaqRecord(TypedDict):
    """An editors' question; `answer_html` is sanitized."""

    question: str
    answer: str
    answer_html: str


class Record(TypedDict):
    """Everything known of one model."""

    model_id: str
    slug: str
    name: str
    # Null where `name` is derived; `stated_name` reads it.
    stated_name: NotRequired[str | None]
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
    retires_not_before: str | None
    end_of_life: list[dict[str, Any]]
    replacement: str | None
    replacement_path: str | None
    commercial_use: bool | None
    open_weights: bool | None
    license: dict[str, Any] | None
    links: list[dict[str, Any]]
    context_window: int | None
    max_input_tokens: int | None
    max_output_tokens: int | None
    vector_size: int | None
    knowledge_cutoff: str | None
    capabilities: list[str]
    lacks: list[str]
    # Capabilities that one source states and another denies.
    disputed: list[str]
    # Keys and capabilities that follow from other values.
    derived: list[str]
    # Keys of lists that may go on: what they lack is unknown.
    incomplete: list[str]
    # Names of fields that mean nothing for this kind of model.
    does_not_apply: list[str]
    actions: list[str]
    endpoints: list[EndpointRecord]
    parameters: dict[str, list[ParameterRecord]]
    rules: dict[str, list[RuleRecord]]
    price_factors: list[dict[str, Any]]
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


def stated_name(record: Record) -> str | None:
    """Return the name that somebody states, None where `name` is derived."""
    # Release 0.1.0 writes no such key, and the ID where no name is stated.
    written = record["name"] if record["name"] != record["model_id"] else None
    return record.get("stated_name", written)


def capability_values(record: Record) -> dict[str, bool]:
    """Return capability -> whether the model has it; what is absent is unknown."""
    return dict.fromkeys(record["capabilities"], True) | dict.fromkeys(record["lacks"], False)
