"""Checks requests against their model's record."""

from collections.abc import Mapping, Sequence
from typing import Any

from catalog.records.record import ParameterRecord, Record, RuleRecord
from catalog.snippets.call import Request
from catalog.snippets.call_parameters import closed_parts, open_fields, parameters_of, rules_of, uncounted
from catalog.snippets.constraints import broken_by
from catalog.snippets.misfits import misfits
from catalog.snippets.protocols import LENGTHS
from catalog.snippets.request import expand


def validate(record: Record, action: str, body: Mapping[str, Any]) -> list[str]:
    """List what is wrong with a body for a recorded action."""
    specs, rules = record["parameters"].get(action, []), record["rules"].get(action, [])
    problems = _body_problems(record, specs, body) + _rule_problems(record, specs, rules, body)
    return problems + _limit_problems(record, body)


def validate_request(record: Record, request: Request) -> list[str]:
    """List what is wrong with a whole request."""
    problems = []
    paths = {
        (endpoint["method"], expand(endpoint["path"], record["model_id"]))
        for endpoint in record["endpoints"]
        if endpoint["protocol"] == request.protocol or endpoint["method"] == "GET"
    }
    if (request.method, request.path) not in paths:
        problems.append(f"{request.method} {request.path}: not an endpoint of {record['model_id']}")
    if request.poll_path and ("GET", request.poll_path) not in paths:
        problems.append(f"GET {request.poll_path}: not an endpoint of {record['model_id']}")
    if request.model_id not in _ids(record):
        problems.append(f"model: {request.model_id!r} is not {record['model_id']!r}")
    call = (record, request.protocol, request.action)
    # Nothing but the type is known of these.
    others = {spec["name"]: spec for spec in open_fields(*call) if spec["name"] in request.body}
    for name, spec in others.items():
        problems += misfits(spec, request.body[name]) if request.body[name] is not None else []
    problems += [
        f"{closed.field}: {closed.part} is not something this model can do"
        for closed in closed_parts(record, request.protocol)
        if closed.is_in(request.body)
    ]
    problems += _limit_problems(record, request.body)
    body = {name: value for name, value in request.body.items() if name not in others}
    left_out = uncounted(request.protocol, request.path)
    specs = [spec for spec in parameters_of(*call) if spec["name"] not in left_out]
    problems += _body_problems(record, specs, body)
    # A rule may be about fields that only the protocol names.
    return problems + _rule_problems(record, specs, rules_of(*call), request.body)


def _ids(record: Record) -> set[str]:
    return {record["model_id"], *record["aliases"]}


def _limit_problems(record: Record, body: Mapping[str, Any]) -> list[str]:
    limit = record["max_output_tokens"]
    limits = {name: body[name] for name in LENGTHS if isinstance(body.get(name), int)}
    return [
        f"{name}: {value} is above the model's {limit}"
        for name, value in limits.items()
        if limit and value > limit
    ]


def _body_problems(
    record: Record,
    parameters: Sequence[ParameterRecord],
    body: Mapping[str, Any],
) -> list[str]:
    specs = {spec["name"]: spec for spec in parameters}
    problems = [f"{name}: unknown parameter" for name in body if name not in specs]
    problems += [
        f"{name}: required, missing" for name, spec in specs.items() if spec["required"] and name not in body
    ]
    if "model" in body and body["model"] not in _ids(record):
        problems.append(f"model: {body['model']!r} is not {record['model_id']!r}")
    for name in body.keys() & specs.keys():
        problems += misfits(specs[name], body[name])
    return problems


def _rule_problems(
    record: Record,
    parameters: Sequence[ParameterRecord],
    rules: Sequence[RuleRecord],
    body: Mapping[str, Any],
) -> list[str]:
    specs = {spec["name"]: spec for spec in parameters}
    return [problem for rule in rules for problem in broken_by(rule, body, specs, record["model_id"])]
