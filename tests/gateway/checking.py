"""Holds a request against its model's record: parameters, rules and the shape of the protocol."""

import json
import re
from collections.abc import Mapping
from typing import Any

from catalog.records.record import ParameterRecord, Record
from catalog.snippets import Request, validate_request
from catalog.snippets.call_parameters import parameters_of
from catalog.snippets.request import expand
from gateway.arrivals import Arrival, RefusedError
from gateway.routes import Catalog, Route
from gateway.shapes import shape_problems
from gateway.vendor_rules import vendor_refusals

COUNTING = "/count_tokens"
COUNTED = {
    *("model", "messages", "system", "tools", "tool_choice", "thinking"),
    *("output_config", "cache_control", "speed"),
}
"""What the call that counts a message's tokens takes of a message, by the types of the SDK."""
UPLOAD = "file"
VERBATIM = {"parameters", "args", "response"}
"""Fields of Google's whose inside belongs to the caller: its names are not the protocol's."""


def check(catalog: Catalog, route: Route, held: Mapping[str, str], arrival: Arrival) -> Record:
    """Give the model that answers this request, or refuse with everything that is wrong in it."""
    if route.protocol == "gemini-generate-content":
        arrival.body = _camel(arrival.body)
    body = arrival.body
    if "model" in held or "model" in body:
        records = [catalog.model(held["model"] if "model" in held else body["model"], route)]
    else:
        records = [each for each in route.records if each["model_id"] not in catalog.retired]
    found: list[str] = []
    for record in records:
        found = _problems(record, route, arrival)
        if not found:
            _ask_the_vendor(record, route, body)
            return record
    raise RefusedError(422, "invalid_request", "; ".join(found) or "no model answers here any more")


def _ask_the_vendor(record: Record, route: Route, body: Mapping[str, Any]) -> None:
    """Refuse as the vendor does what its protocol allows, but its model does not take."""
    refusals = list(vendor_refusals(record["model_id"], route.protocol, body))
    if refusals:
        raise RefusedError(400, "invalid_request_error", "; ".join(refusals))


def _camel(settings: Any) -> Any:
    """Read a field by either of its names, as JSON of protocol buffers is read: Google's SDKs mix them."""
    if isinstance(settings, list):
        return [_camel(entry) for entry in settings]
    if not isinstance(settings, dict):
        return settings
    return {
        re.sub("_([a-z])", lambda found: found[1].upper(), name): value
        if name in VERBATIM or name.lower().endswith("schema")
        else _camel(value)
        for name, value in settings.items()
    }


def takes_a_form(route: Route) -> bool:
    """Say whether an address takes a file, and with it a form instead of JSON."""
    return any(
        spec["name"] == UPLOAD
        for record in route.records
        for spec in parameters_of(record, route.protocol, route.action)
    )


def is_stream(route: Route, arrival: Arrival) -> bool:
    """Say whether the answer is asked for in pieces."""
    return route.template.endswith(":streamGenerateContent") or arrival.body.get("stream") is True


def _problems(record: Record, route: Route, arrival: Arrival) -> list[str]:
    specs = parameters_of(record, route.protocol, route.action)
    body = _typed(arrival, specs) if takes_a_form(route) else dict(arrival.body)
    asked = Request(
        protocol=route.protocol,
        action=route.action,
        model_id=record["model_id"],
        method=arrival.method,
        path=expand(route.template, record["model_id"]),
        query=arrival.query,
        headers={},
        body=body,
        uploads=tuple(arrival.files),
        poll_path=None,
        is_asynchronous=route.protocol == "task",
        is_streaming=False,
    )
    found = validate_request(record, asked)
    if route.template.endswith(COUNTING):
        found = [each for each in found if each != "max_tokens: required, missing"]
        found += [f"{name}: unknown parameter" for name in body if name not in COUNTED]
    return list(dict.fromkeys(found + shape_problems(record, route.protocol, body)))


def _typed(arrival: Arrival, specs: list[ParameterRecord]) -> dict[str, Any]:
    """Give the fields of a form the types that their parameters state; a file is its name."""
    kinds = {spec["name"]: spec["type"] for spec in specs}
    fields: dict[str, Any] = dict(arrival.files)
    for name, text in arrival.body.items():
        if name == UPLOAD:
            raise RefusedError(422, "invalid_request", f"{name}: must be a file")
        try:
            fields[name] = text if kinds.get(name) in {None, "string"} else json.loads(text)
        except ValueError:
            fields[name] = text
    return fields
