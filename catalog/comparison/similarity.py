"""Which siblings are nearest: not retired, of the same work, line and version."""

import re
from collections.abc import Iterable
from datetime import date

from catalog.records.facts import Facts
from catalog.records.record import Record

WORD = re.compile(r"[a-z]+")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
DATE = re.compile(r"\d{8}")


def nearest(this: Facts, family: Iterable[Facts]) -> list[Facts]:
    """Sort siblings by nearness."""
    siblings = [other for other in family if other.record["model_id"] != this.record["model_id"]]
    return sorted(siblings, key=lambda other: _distance(this, other))


def successor(this: Facts, family: Iterable[Facts]) -> Facts | None:
    """Return the nearest active or preview sibling for the same work, by the records alone."""
    # A replacement that a source names is record["replacement"].
    for other in nearest(this, family):
        if other.lifecycle in ("active", "preview") and does_the_same(this, other):
            return other
    return None


def does_the_same(this: Facts, other: Facts) -> bool:
    """Whether two models share a modality and, as far as recorded, a protocol and an action."""
    mine, theirs = this.record, other.record
    spoken_by_both = _protocols(mine) & _protocols(theirs)
    return (
        mine["modality"] == theirs["modality"]
        and (bool(spoken_by_both) or not mine["endpoints"] or not theirs["endpoints"])
        and (not mine["actions"] or bool(set(mine["actions"]) & set(theirs["actions"])))
    )


def _protocols(record: Record) -> set[str]:
    return {row["protocol"] for row in record["endpoints"]}


def _distance(this: Facts, other: Facts) -> tuple[float | str, ...]:
    mine, theirs = this.record, other.record
    my_words, their_words = _line(mine["model_id"]), _line(theirs["model_id"])
    my_version, their_version = _version(mine["model_id"]), _version(theirs["model_id"])
    # Without both dates, behind all siblings with them.
    days = 9999
    if mine["released_on"] and theirs["released_on"]:
        days = abs((date.fromisoformat(mine["released_on"]) - date.fromisoformat(theirs["released_on"])).days)
    # Compared in this order; the ID last, so that the result does not depend on the order of rows.
    return (
        other.is_retired,
        not does_the_same(this, other),
        len(my_words ^ their_words),
        abs(my_version - their_version),
        days,
        theirs["model_id"],
    )


def _line(model_id: str) -> set[str]:
    return set(WORD.findall(model_id.lower()))


def _version(model_id: str) -> float:
    # A date in an ID (20250929) is no version.
    numbers = NUMBER.findall(DATE.sub("", model_id.lower()))
    major = numbers[0] if numbers else "0"
    # "opus-4-5" is 4.5; three digits or more are a date or a size.
    minor = numbers[1] if len(numbers) > 1 and "." not in major and len(numbers[1]) < 3 else ""
    return float(f"{major}.{minor}" if minor and "." not in minor else major)
