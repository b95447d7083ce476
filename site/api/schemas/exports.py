"""Shapes of exports that have pages, and of reports on losses."""

from datetime import datetime
from typing import Any, Literal

from ninja import Schema


class LeftOut(Schema):
    """A model that the shape cannot hold."""

    model_id: str
    reason: str


class Lost(Schema):
    """Something that the shape has no place for, and the models it is of."""

    what: str
    reason: str
    count: int
    models: list[str]


class ExportReport(Schema):
    """What an export holds and what not. `never` is lost of every model, and not counted."""

    format: str
    kind: Literal["sell", "list"] | None
    served: int
    written: int
    losses: int
    never: list[str]
    left_out: list[LeftOut]
    lost: list[Lost]
    revision: int


class OpenAIModel(Schema):
    """A model as OpenAI's API lists it."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str
    shutdown_date: str | None


class OpenAIModels(Schema):
    """The list of OpenAI's API."""

    object: Literal["list"]
    data: list[OpenAIModel]


class AnthropicModel(Schema):
    """A model as Anthropic's API lists it; the epoch as `created_at` says that the date is not known."""

    type: Literal["model"]
    id: str
    display_name: str
    created_at: datetime
    lifecycle: Literal["active", "deprecated", "retired"]
    deprecated_at: datetime | None
    retires_at: datetime | None
    line: str | None
    max_input_tokens: int | None
    max_tokens: int | None
    capabilities: dict[str, Any] | None


class AnthropicModels(Schema):
    """A page of Anthropic's API."""

    data: list[AnthropicModel]
    has_more: bool
    first_id: str | None
    last_id: str | None


class OpenRouterModels(Schema):
    """The list of OpenRouter's API, in its own shape."""

    data: list[dict[str, Any]]
    total_count: int
    links: dict[str, str | None]
