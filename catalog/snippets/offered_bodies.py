"""The bodies of a call's options, kept to the rules of its model."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from catalog.records.record import ParameterRecord, Record, RuleRecord
from catalog.snippets.call_parameters import parameters_of, recorded_parameters, rules_of
from catalog.snippets.constraints import broken_by
from catalog.snippets.options import forms_of


def offered_bodies(
    record: Record, protocol: str, action: str | None, basic: Mapping[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """List the body of each option, in the first form that the model's rules allow."""
    call = (record, protocol, action)
    names, rules = {spec["name"] for spec in recorded_parameters(*call)}, rules_of(*call)
    specs = {spec["name"]: spec for spec in parameters_of(*call)}
    for option, forms in forms_of(record, protocol).items():
        bodies = (obeying(form.said(basic, names), rules, specs, record["model_id"]) for form in forms)
        body = next((body for body in bodies if body is not None), None)
        if body is not None:
            yield option, body


def obeying(
    body: Mapping[str, Any],
    rules: Sequence[RuleRecord],
    specs: Mapping[str, ParameterRecord],
    model_id: str,
) -> dict[str, Any] | None:
    """Return a body that no rule refuses, with values that rules ask for; None where there is none."""
    given = dict(body)
    for rule in rules:
        if any(broken_by(rule, given, specs, model_id)):
            given |= _exempt(rule)
    is_refused = any(any(broken_by(rule, given, specs, model_id)) for rule in rules)
    return None if is_refused else given


def _exempt(rule: RuleRecord) -> dict[str, Any]:
    """Return the values with which a rule does not hold."""
    return {
        name: condition["not"]
        for name, condition in rule["when"].items()
        if isinstance(condition, dict) and "not" in condition and "." not in name
    }
