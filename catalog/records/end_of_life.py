"""Which platform's dates hold for a model as a whole.

A model ends on each platform on its own day, and sources contradict one another. All their statements are
kept and shown; one platform governs: the site's own where it states something, else the vendor's API.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from catalog.text.language import mark

OWN, VENDOR = "own", "vendor"
PLATFORMS: dict[str, str] = {
    OWN: mark("This site"),
    VENDOR: mark("Vendor's API"),
    "bedrock": mark("Amazon Bedrock"),
    "vertex": mark("Google Vertex AI"),
    "azure": mark("Microsoft Azure"),
}
OTHER = "other: "
"""Begins the name of another company's platform, which never governs."""
FIRMNESS: dict[str, str] = {
    "committed": mark("Committed"),
    "earliest": mark("Not before"),
    "observed": mark("Observed"),
}
EARLIEST = "earliest"
TRUST: dict[str, str] = {
    "vendor": mark("The vendor's own page"),
    "sdk": mark("The vendor's SDK"),
    "aggregator": mark("Third party"),
}
GOVERNED = frozenset({"lifecycle", "deprecated_on", "retires_on", "retires_not_before"})
"""The fields that statements decide."""
DAYS = ("deprecated_on", "retires_on")
_TRUSTED = tuple(TRUST)
_DAY = re.compile(r"\d{4}(?:-\d{2}){0,2}")

Statement = Mapping[str, Any]
"""One row: what a source says of a platform, days as `2026-11-30`."""


@dataclass(frozen=True, slots=True)
class Ending:
    """What governs: days, stage, and IDs that replace the model, in the catalog or not."""

    lifecycle: str | None = None
    deprecated_on: date | None = None
    retires_on: date | None = None
    retires_not_before: date | None = None
    replacements: tuple[str, ...] = ()

    def columns(self) -> dict[str, Any]:
        """Return column values of a model; its replacement is found by ID."""
        return {
            "lifecycle": self.lifecycle or "",
            "deprecated_on": self.deprecated_on,
            "retires_on": self.retires_on,
            "retires_not_before": self.retires_not_before,
        }


def check_platform(text: str) -> str:
    """Return a platform's word; ValueError lists the known ones."""
    if text in PLATFORMS or (text.startswith(OTHER) and text.removeprefix(OTHER).strip()):
        return text
    raise ValueError(f"unknown platform {text!r}: use one of {', '.join(PLATFORMS)}, or '{OTHER}NAME'")


def governing(rows: Iterable[Statement]) -> list[Statement]:
    """List the statements of the platform that governs, the most trusted first."""
    statements = list(rows)
    own = [row for row in statements if row["platform"] == OWN]
    return sorted(own or [row for row in statements if row["platform"] == VENDOR], key=_rank)


def ending(rows: Iterable[Statement]) -> Ending:
    """Resolve statements, each field by the first that states it.

    A day "not before" never retires a model.
    """
    ranked = governing(rows)
    retires = _day((row for row in ranked if row.get("firmness") != EARLIEST), "retires_on")
    deprecated = _day(ranked, "deprecated_on")
    return Ending(
        lifecycle=_lifecycle(ranked),
        # Of two sources one may name a notice after the end that another names.
        deprecated_on=deprecated if not (retires and deprecated and deprecated > retires) else None,
        retires_on=retires,
        # A day that is committed to takes the place of the earliest possible one.
        retires_not_before=None
        if retires
        else _day([row for row in ranked if row.get("firmness") == EARLIEST], "retires_on"),
        replacements=next((tuple(row["replacements"]) for row in ranked if row.get("replacements")), ()),
    )


def replacements(record: Mapping[str, Any]) -> tuple[str, ...]:
    """List the IDs that are named to use instead, in the catalog or not."""
    column, stated = record["replacement"], ending(record.get("end_of_life") or ()).replacements
    return in_order(column, stated)


def in_order(column: str | None, stated: tuple[str, ...]) -> tuple[str, ...]:
    """List what an admin has set before what sources state."""
    return (column, *stated) if column and column not in stated else stated


def governed(columns: Mapping[str, Any], before: Iterable[Statement] = ()) -> dict[str, Any]:
    """Return columns of a model with what its statements, if any, come to.

    What they do not state stays as it is given, but for days of platforms that do not govern and of what
    the statements `before` had stated.
    """
    rows = list(columns.get("end_of_life") or ())
    held, holds = ending(before).columns(), ending(rows).columns()
    cleared = {
        name: value for name, value in holds.items() if held[name] or _is_elsewhere(rows, name, columns)
    }
    return {**columns, **{name: value for name, value in holds.items() if value or name in cleared}}


def _is_elsewhere(rows: Sequence[Statement], name: str, columns: Mapping[str, Any]) -> bool:
    days = {day for row in rows if (day := _day([row], name))} if name in DAYS else set()
    return bool(days) and columns.get(name) in {None, *days}


def contradictions(rows: Sequence[Statement], name: str) -> list[Statement]:
    """List statements of the governing platform that differ from the one that holds."""
    stated = [row for row in governing(rows) if row.get(name)]
    if name == "retires_on":
        stated = [row for row in stated if row.get("firmness") != EARLIEST]
    # Of several replacements none comes first.
    values = [frozenset(row[name]) if isinstance(row[name], list) else row[name] for row in stated]
    return [row for row, value in zip(stated, values, strict=True) if value != values[0]]


def _lifecycle(ranked: Sequence[Statement]) -> str | None:
    for row in ranked:
        stage = row.get("lifecycle")
        # "Retired" needs a source that saw it, or a day.
        if stage and (stage != "retired" or row.get("firmness") in {"committed", "observed"}):
            return str(stage)
    return None


def _day(rows: Iterable[Statement], name: str) -> date | None:
    return next((date.fromisoformat(row[name]) for row in rows if row.get(name)), None)


def _rank(row: Statement) -> tuple[int, list[int], str]:
    trust = row.get("trust")
    # As stated: "2026-09 or later", "undated". Later days first; a month is as late as it begins.
    read_on = _DAY.search(str(row.get("read_on") or ""))
    parts = [-int(part) for part in read_on[0].split("-")] if read_on else []
    latest = [*parts, 0, 0, 0][:3]
    return _TRUSTED.index(trust) if trust in _TRUSTED else len(_TRUSTED), latest, str(row.get("source_label"))
