"""Which models of a family stand nearest to one: those still served, of the same work, line and version."""

import re
from collections.abc import Iterable
from datetime import date

from catalog.records.facts import Facts
from catalog.records.record import Record

WORD = re.compile(r"[a-z]+")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
DATE = re.compile(r"\d{8}")


def nearest(this: Facts, family: Iterable[Facts]) -> list[Facts]:
    """Order siblings by nearness: those still served, then by work, words of the ID, version and date."""
    siblings = [other for other in family if other.record["model_id"] != this.record["model_id"]]
    return sorted(siblings, key=lambda other: _distance(this, other))


def successor(this: Facts, family: Iterable[Facts]) -> Facts | None:
    """Name the nearest sibling that is neither retired nor on its way out and does the same work.

    This is computed from the records; a replacement that a source names is `record["replacement"]`.
    """
    for other in nearest(this, family):
        if other.lifecycle in ("active", "preview") and does_the_same(this, other):
            return other
    return None


def does_the_same(this: Facts, other: Facts) -> bool:
    """Say whether two models make the same kind of thing, in a protocol and an action that both have."""
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
    """Say how far two siblings are apart; ratios of counts and days, no money."""
    mine, theirs = this.record, other.record
    my_words, their_words = _line(mine["model_id"]), _line(theirs["model_id"])
    my_version, their_version = _version(mine["model_id"]), _version(theirs["model_id"])
    days = 9999
    if mine["released_on"] and theirs["released_on"]:
        days = abs((date.fromisoformat(mine["released_on"]) - date.fromisoformat(theirs["released_on"])).days)
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
    numbers = NUMBER.findall(DATE.sub("", model_id.lower()))
    major = numbers[0] if numbers else "0"
    minor = numbers[1] if len(numbers) > 1 and "." not in major and len(numbers[1]) < 3 else ""
    return float(f"{major}.{minor}" if minor and "." not in minor else major)
