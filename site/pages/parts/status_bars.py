"""Status of families over the last days, as bars."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from catalog.history.status import FamilyDays
from catalog.records.lifecycle import SEVERITY_ORDER
from catalog.text.language import say, say_many
from catalog.vocabulary import Severity

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class StatusSpan:
    """Consecutive days of one status."""

    start: int
    length: int
    tone: str
    word: str


@dataclass(frozen=True, slots=True)
class StatusBar:
    """One family's last days."""

    slug: str
    name: str
    spans: tuple[StatusSpan, ...]
    said: str
    worst: str

    @property
    def is_troubled(self) -> bool:
        """Whether an event was declared on these days."""
        return _rank(self.worst) > 0


def bars(families: Sequence[FamilyDays]) -> list[StatusBar]:
    """Return a bar for each family, the worst first."""
    drawn = [
        StatusBar(one.slug, one.name, spans(one.days), _said(one.days), _worst(one.days)) for one in families
    ]
    return sorted(drawn, key=lambda bar: -_rank(bar.worst))


def spans(days: Sequence[str]) -> tuple[StatusSpan, ...]:
    """Join consecutive days of one status."""
    rows, start = [], 0
    for severity, same in groupby(days):
        length = len(list(same))
        word = str(Severity(severity).label) if severity else say("Not on record")
        rows.append(StatusSpan(start, length, severity or UNKNOWN, word))
        start += length
    return tuple(rows)


def _worst(days: Sequence[str]) -> str:
    return max(days, key=_rank)


def _rank(severity: str) -> int:
    return SEVERITY_ORDER[severity] if severity else -1  # nothing is known: below all else


def _said(days: Sequence[str]) -> str:
    tally = Counter(days)
    recorded = len(days) - tally.pop("", 0)
    tally.pop(Severity.OPERATIONAL, None)
    if not recorded:
        return say("Nothing on record")
    if not tally:
        return say_many(
            "No trouble declared, {number} day on record",
            "No trouble declared, {number} days on record",
            recorded,
        )
    parts = [
        say_many(
            "{severity} on {number} day",
            "{severity} on {number} days",
            tally[each],
            severity=str(Severity(each).label).lower(),
        )
        for each in sorted(tally, key=_rank, reverse=True)
    ]
    text = ", ".join(parts)
    return say("{days} of {recorded} on record", days=f"{text[0].upper()}{text[1:]}", recorded=recorded)
