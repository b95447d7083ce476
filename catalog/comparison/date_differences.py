"""Differences in dates and stages."""

from collections.abc import Iterable
from datetime import date

from catalog.comparison.difference import FieldDifference
from catalog.records.facts import Facts
from catalog.text.dates_and_ratios import spoken
from catalog.text.language import say, say_many
from catalog.vocabulary import Lifecycle


def release_difference(this: Facts, other: Facts) -> Iterable[FieldDifference]:
    """Compare days of release."""
    mine, theirs = this.record["released_on"], other.record["released_on"]
    if mine and theirs and mine != theirs:
        days = abs((date.fromisoformat(mine) - date.fromisoformat(theirs)).days)
        text = say(
            "Released {span} later, on {day}." if mine > theirs else "Released {span} earlier, on {day}.",
            span=say_many("{number} day", "{number} days", days),
            day=spoken(mine),
        )
        yield FieldDifference("released_on", say("Released"), spoken(mine), spoken(theirs), text)


def cutoff_difference(this: Facts, other: Facts) -> Iterable[FieldDifference]:
    """Compare knowledge cutoffs."""
    mine, theirs = this.record["knowledge_cutoff"], other.record["knowledge_cutoff"]
    # By month: some sources state no day.
    if mine and theirs and mine[:7] != theirs[:7]:
        text = say(
            "Later knowledge cutoff: {this} against {other}."
            if mine > theirs
            else "Earlier knowledge cutoff: {this} against {other}.",
            this=spoken(mine),
            other=spoken(theirs),
        )
        yield FieldDifference("knowledge_cutoff", say("Knowledge cutoff"), spoken(mine), spoken(theirs), text)


def lifecycle_difference(this: Facts, other: Facts) -> Iterable[FieldDifference]:
    """Compare stages."""
    if this.lifecycle and other.lifecycle and this.lifecycle != other.lifecycle:
        text = say(
            "This model is {this}; {name} is {other}.",
            this=_stage(this),
            name=other.record["name"],
            other=_stage(other),
        )
        yield FieldDifference("lifecycle", say("Lifecycle"), _stage(this), _stage(other), text)


def _stage(side: Facts) -> str:
    retires = side.record["retires_on"]
    if side.lifecycle == "deprecated" and retires:
        return say("deprecated and retires on {day}", day=spoken(retires))
    return Lifecycle(side.lifecycle).label.lower() if side.lifecycle else ""
