"""Writes the model lists of the OpenAI and Anthropic APIs."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson

from catalog.exchange.exports.base import Offered, Seller
from catalog.exchange.exports.openrouter import epoch
from catalog.exchange.exports.values import json_list

# Anthropic's API writes this for an unknown release date.
UNDATED = "1970-01-01T00:00:00Z"


def write_openai(offers: Iterable[Offered], _seller: Seller) -> Iterator[bytes]:
    """Write `{"object": "list", "data": […]}`."""
    yield b'{"object":"list","data":'
    yield from json_list(openai_model(offered) for offered in offers)
    yield b"}"


def openai_model(offered: Offered) -> dict[str, Any]:
    """Return a model as OpenAI's API does."""
    record = offered.record
    if record["released_on"] is None:
        offered.lose("created", "the release date is not stated; the shape requires one, and 0 is written")
    return {
        "id": offered.model_id,
        "object": "model",
        "created": epoch(record["released_on"]),
        "owned_by": record["provider"]["slug"],
        "shutdown_date": record["retires_on"],
    }


def write_anthropic(offers: Iterable[Offered], _seller: Seller) -> Iterator[bytes]:
    """Write the list as one page."""
    ids: list[str] = []

    def rows() -> Iterator[dict[str, Any]]:
        for offered in offers:
            ids[1:] = [offered.model_id]  # the first and the last
            yield anthropic_model(offered)

    yield b'{"data":'
    yield from json_list(rows())
    first, last = (ids[0], ids[-1]) if ids else (None, None)
    yield b',"has_more":false,"first_id":' + orjson.dumps(first) + b',"last_id":' + orjson.dumps(last) + b"}"


def anthropic_page(offers: Sequence[Offered], *, has_more: bool) -> dict[str, Any]:
    """Return one page."""
    return {
        "data": [anthropic_model(offered) for offered in offers],
        "has_more": has_more,
        "first_id": offers[0].model_id if offers else None,
        "last_id": offers[-1].model_id if offers else None,
    }


def anthropic_model(offered: Offered) -> dict[str, Any]:
    """Return a model as Anthropic's API does."""
    record, stage = offered.record, offered.facts.lifecycle
    if record["released_on"] is None:
        offered.lose("created_at", "the release date is not stated: the shape's word for that is the epoch")
    if stage not in {"active", "deprecated", "retired"}:
        offered.lose("lifecycle", f"{stage or 'a stage that is not stated'} is written as active")
    if record["capabilities"]:
        offered.lose("capabilities", "the shape wants a yes or no of each of its own; null is written")
    return {
        "type": "model",
        "id": offered.model_id,
        "display_name": record["name"],
        "created_at": _instant(record["released_on"]) or UNDATED,
        "lifecycle": stage if stage in {"deprecated", "retired"} else "active",
        "deprecated_at": _instant(record["deprecated_on"]),
        "retires_at": _instant(record["retires_on"]),
        "line": None,
        "max_input_tokens": record.get("max_input_tokens") or record["context_window"],
        "max_tokens": record["max_output_tokens"],
        "capabilities": None,
    }


def _instant(day: str | None) -> str | None:
    return f"{day}T00:00:00Z" if day else None
