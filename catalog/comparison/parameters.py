"""Request parameters side by side."""

from collections.abc import Iterable, Sequence
from typing import Any

from catalog.comparison.table import NOT_LISTED, ComparedCell, ComparedRow, unknown
from catalog.records.facts import Facts
from catalog.records.phrases import action_label
from catalog.records.record import ParameterRecord
from catalog.snippets.call_parameters import takes_no_others
from catalog.text.language import say

BOUNDS = ("type", "required", "enum", "default", "minimum", "maximum", "min_length", "max_length")
KEPT = (*BOUNDS, "min_items", "max_items")


def parameter_rows(members: Sequence[Facts]) -> Iterable[ComparedRow]:
    """Return a row per action and parameter, as the models order them."""
    actions = dict.fromkeys(action for member in members for action in member.record["parameters"])
    for action in actions:
        specs = [_by_name(member, action) for member in members]
        for name in dict.fromkeys(name for rows in specs for name in rows):
            yield ComparedRow(
                group="parameters",
                key=f"parameter:{action}.{name}",
                label=name,
                cells=tuple(
                    _cell(rows.get(name), action, member) for rows, member in zip(specs, members, strict=True)
                ),
                condition=action_label(action) if len(actions) > 1 else "",
                is_code=True,
            )


def _by_name(member: Facts, action: str) -> dict[str, ParameterRecord]:
    return {row["name"]: row for row in member.record["parameters"].get(action, [])}


def _cell(row: ParameterRecord | None, action: str, member: Facts) -> ComparedCell:
    if row is not None:
        value: dict[str, Any] = {key: row[key] for key in KEPT if row[key] is not None}  # type: ignore[literal-required]
        note = say("required") if row["required"] else ""
        return ComparedCell(value, _said(row), note, same=_alike(row))
    # The model has the action but not the parameter.
    if action in member.record["parameters"]:
        if not takes_no_others(member.record, action):
            return unknown()
        return ComparedCell(value=False, text=say(NOT_LISTED), same=False)
    return unknown(say("No such action") if member.record["parameters"] else "")


def _said(row: ParameterRecord) -> str:
    if row["enum"]:
        return ", ".join(_plain(value) for value in row["enum"])
    low, high = row["minimum"], row["maximum"]
    if low is not None and high is not None:
        return say("{low} to {high}", low=low, high=high)
    if low is not None or high is not None:
        return say("at least {low}", low=low) if low is not None else say("at most {high}", high=high)
    if row["max_length"]:
        kind = row["type"] or say("text")
        return say("{kind}, at most {number} characters", kind=kind, number=f"{row['max_length']:,}")
    return row["type"] or say("Listed")


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _alike(row: ParameterRecord) -> tuple[Any, ...]:
    # The order of allowed values is no difference.
    values = frozenset(map(_plain, row["enum"])) if row["enum"] else None
    return values, *(str(row[key]) for key in KEPT if key not in ("enum", "default"))  # type: ignore[literal-required]
