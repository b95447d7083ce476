"""What the tools' answers and refusals have in common."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote as escaped
from urllib.parse import urlencode

from catalog.presentation import as_json
from catalog.records.facts import Facts
from catalog.records.record import Record
from catalog.search import lookup
from catalog.snippets import Request
from catalog.text.instants import rfc3339
from catalog.text.refusal import shown
from mcp_server import shapes

API = "/api/v1"


class UnanswerableError(Exception):
    """What was asked has no answer; the message says why and what to do."""


def brief(found: Facts) -> dict[str, Any]:
    """Write a model as search shows it."""
    whole = {**as_json.model(found), "price": as_json.headline_price(found)}
    return {key: whole[key] for key in shapes.Brief.model_fields}


def find_model(name: str) -> Record:
    """Find a model by its ID or an alias, or refuse with the nearest ones."""
    record = lookup.by_model_id(name)
    if record is None:
        raise unknown(name)
    return record


def unknown(name: str) -> UnanswerableError:
    """Say that there is no such model, and which come nearest."""
    near = ", ".join(row.model_id for row in lookup.suggestions(name))
    hint = f"Did you mean {near}?" if near else "Find its ID with search_models."
    return UnanswerableError(f"There is no model {shown(name)} in this catalog. {hint}")


def misasked(errors: Iterable[tuple[str, str]]) -> UnanswerableError:
    """Say of each argument what would be right."""
    return UnanswerableError("\n".join(f"{key[:100]}: {said}" for key, said in errors))


def call_words(call: Request) -> dict[str, Any]:
    """Name a call by what chooses it."""
    return {"protocol": call.protocol, "action": call.action, "option": call.option}


def next_offset(limit: int, offset: int, count: int) -> int | None:
    """Give where the next page begins; None on the last."""
    return offset + limit if offset + limit < count else None


def instant_query(at: datetime | None) -> dict[str, str]:
    """Write the instant that was asked for, if one was."""
    return {"at": rfc3339(at)} if at else {}


def model_path(record: Record) -> str:
    """Write a model's ID for an address of the API."""
    return escaped(record["model_id"], safe="/:@~")


def api_address(path: str, query: Mapping[str, Any]) -> str:
    """Give the address of the same at the JSON API."""
    asked = urlencode(query, doseq=True, safe=",:/@~")
    return as_json.absolute(f"{API}{path}{'?' if asked else ''}{asked}")
