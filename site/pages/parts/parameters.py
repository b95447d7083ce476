"""Parameters of requests by action, and their rules in words."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from catalog.records.phrases import action_label, code, codes, join
from catalog.records.record import ParameterRecord, RuleRecord
from catalog.snippets.json_schema import call_query, calls_of
from catalog.snippets.protocols import PROTOCOL_FIELDS
from catalog.text.language import say
from catalog.vocabulary import Protocol
from pages.model_context import ModelContext
from pages.parts.parameter_bounds import bounds_words, type_words

MANY_VALUES = 40


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """One parameter; what is not stated is empty."""

    name: str
    type: str
    required: bool
    allowed: list[str]
    default: str
    bounds: list[str]
    meaning: str


@dataclass(frozen=True, slots=True)
class ActionTable:
    """One action's parameters; `schema` is the address of its JSON Schema."""

    action: str
    label: str
    rows: list[ParameterRow]
    others: list[ParameterRow]
    rules: list[str]
    has_bounds: bool
    has_default: bool
    has_meaning: bool
    is_open: bool
    schema: str


@dataclass(frozen=True, slots=True)
class Parameters:
    """The section of parameters."""

    tables: list[ActionTable]
    name: str
    many: bool
    schema: str


def parameter_tables(context: ModelContext) -> Parameters:
    """Build a table for each call with known parameters."""
    record = context.record
    tables: list[ActionTable] = []
    # The same calls as in the JSON Schema, so that page and schema agree.
    for call in calls_of(record):
        shown = [_row(row) for row in call.parameters]
        rules = [text for rule in call.rules if (text := rule_text(rule, record["model_id"]))]
        tables.append(
            ActionTable(
                action=call.name,
                label=Protocol(call.protocol).label
                if call.protocol in PROTOCOL_FIELDS
                else action_label(call.name),
                rows=shown,
                others=[_row(spec) for spec in call.others],
                rules=list(dict.fromkeys(rules)),
                has_bounds=any(row.bounds for row in shown),
                has_default=any(row.default for row in shown),
                has_meaning=any(row.meaning for row in shown),
                is_open=len(tables) == 0,
                schema=f"{record['path']}/schema.json?{call_query(call)}",
            )
        )
    return Parameters(
        tables=tables,
        name=record["name"],
        many=len(tables) > 1,
        schema=f"{record['path']}/schema.json" if tables else "",
    )


def rule_text(rule: RuleRecord, model_id: str) -> str:
    """Return a rule in words: "When `vocal_mode` is `exact_lyrics`: requires `lyrics` and `title`".

    Empty for a rule about another model, or without effect.
    """
    when = dict(rule["when"])
    if "model" in when and model_id not in _values(when.pop("model")):
        return ""
    if only := _only_value(when, rule):
        return only
    asks = []
    if rule["required"]:
        asks.append(say("requires {names}", names=codes(rule["required"])))
    if rule["forbidden"]:
        asks.append(say("does not take {names}", names=codes(rule["forbidden"], "or")))
    if not asks:
        return ""
    effect = "; ".join(asks)
    if not when:
        return f"{effect[0].upper()}{effect[1:]}."
    conditions = join(_condition(name, value) for name, value in when.items())
    return say("When {conditions}: {said}.", conditions=conditions, said=effect)


def _only_value(when: Mapping[str, Any], rule: RuleRecord) -> str:
    # Forbidden unless it has a value: this is the only one it may have.
    if rule["required"] or [*when] != rule["forbidden"]:
        return ""
    name, condition = next(iter(when.items()), ("", None))
    if not isinstance(condition, Mapping) or "not" not in condition:
        return ""
    return say("Takes {name} only as {value}.", name=code(name), value=code(_literal(condition["not"])))


def _values(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _condition(name: str, value: Any) -> str:
    if isinstance(value, Mapping) and isinstance(value.get("present"), bool):
        return say("{name} is given" if value["present"] else "{name} is not given", name=code(name))
    if isinstance(value, Mapping) and "not" in value:
        return say("{name} is not {values}", name=code(name), values=code(_literal(value["not"])))
    values = codes((_literal(one) for one in _values(value)), "or")
    return say("{name} is {values}", name=code(name), values=values)


def _row(row: ParameterRecord) -> ParameterRow:
    allowed = [_literal(value) for value in row["enum"] or []]
    if len(allowed) > MANY_VALUES:
        allowed = [*allowed[:MANY_VALUES], say("and {number} more", number=len(allowed) - MANY_VALUES)]
    return ParameterRow(
        name=row["name"],
        type=type_words(row),
        required=row["required"],
        allowed=allowed,
        default="" if row["default"] is None else _literal(row["default"]),
        bounds=bounds_words(row),
        meaning=row["description"],
    )


def _literal(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
