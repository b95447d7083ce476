"""What the tools' answers and errors share."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote as escaped
from urllib.parse import urlencode

from catalog.presentation import computed_json, model_json
from catalog.records.facts import Facts
from catalog.records.record import Record
from catalog.search import lookup
from catalog.snippets import Request
from catalog.text.instants import rfc3339
from catalog.text.refusal import shown
from mcp_server import shapes

API = "/api/v1"


class UnanswerableError(Exception):
    """A question without an answer, and what to do."""


def brief(current: Facts) -> dict[str, Any]:
    """Return a model as in search results."""
    whole = {**model_json.model(current), "price": computed_json.headline_price(current)}
    return {key: whole[key] for key in shapes.Brief.model_fields}


def find_model(name: str) -> Record:
    """Find a model by ID or alias; raise UnanswerableError with the nearest ones."""
    record = lookup.by_model_id(name)
    if record is None:
        raise unknown(name)
    return record


def unknown(name: str) -> UnanswerableError:
    """Return an error with the nearest models."""
    near = ", ".join(row.model_id for row in lookup.suggestions(name))
    hint = f"Did you mean {near}?" if near else "Find its ID with search_models."
    return UnanswerableError(f"There is no model {shown(name)} in this catalog. {hint}")


def misasked(errors: Iterable[tuple[str, str]]) -> UnanswerableError:
    """Return an error with a reason per argument."""
    return UnanswerableError("\n".join(f"{key[:100]}: {reason}" for key, reason in errors))


def call_words(call: Request) -> dict[str, Any]:
    """Return the words that select a call."""
    return {"protocol": call.protocol, "action": call.action, "option": call.option}


def next_offset(limit: int, offset: int, count: int) -> int | None:
    """Return the next page's offset; None on the last."""
    return offset + limit if offset + limit < count else None


def instant_query(at: datetime | None) -> dict[str, str]:
    """Return the `at` parameter, if given."""
    return {"at": rfc3339(at)} if at else {}


def model_path(record: Record) -> str:
    """Return a model's ID for an address."""
    return escaped(record["model_id"], safe="/:@~")


def api_address(path: str, query: Mapping[str, Any]) -> str:
    """Return an address of the JSON API."""
    encoded = urlencode(query, doseq=True, safe=",:/@~")
    return model_json.absolute(f"{API}{path}{'?' if encoded else ''}{encoded}")
