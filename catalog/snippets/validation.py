"""Checks a request against what is recorded of its model, and says precisely what does not fit."""

from collections.abc import Mapping, Sequence
from typing import Any

from catalog.record import ParameterRecord, Record, RuleRecord
from catalog.snippets.constraints import holds, misfits
from catalog.snippets.dialects import parameters_of, rules_of
from catalog.snippets.request import Request, expand


def validate(record: Record, action: str, body: Mapping[str, Any]) -> list[str]:
    """List what is wrong with a body for a recorded action; empty when it fits."""
    return _body_problems(record, record["parameters"].get(action, []), record["rules"].get(action, []), body)


def validate_request(record: Record, request: Request) -> list[str]:
    """List what is wrong with a whole request: its endpoint, its model, its polling address and its body."""
    found = []
    paths = {
        (endpoint["method"], expand(endpoint["path"], record["model_id"]))
        for endpoint in record["endpoints"]
        if endpoint["protocol"] == request.protocol or endpoint["method"] == "GET"
    }
    if (request.method, request.path) not in paths:
        found.append(f"{request.method} {request.path}: not an endpoint of {record['model_id']}")
    if request.poll_path and ("GET", request.poll_path) not in paths:
        found.append(f"GET {request.poll_path}: not an endpoint of {record['model_id']}")
    if request.model_id not in _ids(record):
        found.append(f"model: {request.model_id!r} is not {record['model_id']!r}")
    parameters = parameters_of(record, request.protocol, request.action)
    rules = rules_of(record, request.protocol, request.action)
    return found + _body_problems(record, parameters, rules, request.body)


def _ids(record: Record) -> set[str]:
    return {record["model_id"], *record["aliases"]}


def _body_problems(
    record: Record,
    parameters: Sequence[ParameterRecord],
    rules: Sequence[RuleRecord],
    body: Mapping[str, Any],
) -> list[str]:
    specs = {spec["name"]: spec for spec in parameters}
    found = [f"{name}: unknown parameter" for name in body if name not in specs]
    found += [
        f"{name}: required, missing" for name, spec in specs.items() if spec["required"] and name not in body
    ]
    if "model" in body and body["model"] not in _ids(record):
        found.append(f"model: {body['model']!r} is not {record['model_id']!r}")
    for name in body.keys() & specs.keys():
        found += misfits(specs[name], body[name])
    limit = record["max_output_tokens"]
    if limit and isinstance(body.get("max_tokens"), int) and body["max_tokens"] > limit:
        found.append(f"max_tokens: {body['max_tokens']} is above the model's {limit}")
    for rule in rules:
        if holds(rule, body, specs, record["model_id"]):
            found += [
                f"{name}: required when {rule['when']!r}" for name in rule["required"] if name not in body
            ]
            found += [
                f"{name}: forbidden when {rule['when']!r}" for name in rule["forbidden"] if name in body
            ]
    return found
