"""Facet values that change with time, as spans."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from catalog.pricing.price import PriceRecord
from catalog.records.lifecycle import lifecycle_on, status_at
from catalog.records.price_rows import quoted_spans
from catalog.records.record import Record
from catalog.search.facet import UNKNOWN
from catalog.search.facets import amount_step

ALWAYS = datetime.min.replace(tzinfo=UTC)
PRICE_METERS = {"input_price": "input_tokens", "output_price": "output_tokens"}
State = tuple[str, float | None]


@dataclass(frozen=True, slots=True)
class Span:
    """A value for as long as it holds; null is open."""

    facet: str
    value: str
    amount: float | None
    since: datetime | None
    until: datetime | None

    def holds(self, at: datetime) -> bool:
        """Whether it holds at an instant."""
        return holds(self.since, self.until, at)


def holds(since: datetime | None, until: datetime | None, at: datetime) -> bool:
    """Whether a span holds: start inclusive, end exclusive."""
    return (since is None or since <= at) and (until is None or at < until)


def spans(record: Record) -> list[Span]:
    """Return all values of a record that change with time."""
    span_rows = [*_spans("lifecycle", _days(record), lambda at: (_lifecycle(record, at), None))]
    events = record["status_events"]
    instants = [text for event in events for text in (event["started_at"], event["ended_at"]) if text]
    span_rows += _spans("status", [*_read(instants), *_days(record)], lambda at: (_status(record, at), None))
    rows = [_Row(price, *span) for price in record["prices"] for span in quoted_spans(price)]
    for facet, meter in PRICE_METERS.items():
        base = [row for row in rows if row.price["meter"] == meter and not row.price["conditions"]]
        # The sell price first, also where it has no amount: "Dynamic" is what is shown then.
        base.sort(key=lambda row: row.price["kind"] != "sell")
        span_rows += _spans(facet, _cuts(base), lambda at, base=base: _price(base, at))  # type: ignore[misc]
    sell = [row for row in rows if row.price["kind"] == "sell"]
    span_rows += _spans("priced", _cuts(sell), lambda at: ("true" if _first(sell, at) else "", None))
    return [span for span in span_rows if span.value]


class _Row:
    # Instants are parsed once: each state below compares them again.
    __slots__ = ("price", "since", "until")

    def __init__(self, price: PriceRecord, since: datetime, until: datetime | None) -> None:
        self.price, self.since, self.until = price, since, until


def _spans(facet: str, cuts: Iterable[datetime], state: Callable[[datetime], State]) -> Iterator[Span]:
    """Yield a span for each stretch of equal state."""
    since: datetime | None = None
    current = state(ALWAYS)
    for cut in sorted(set(cuts)):
        following = state(cut)
        if following != current:
            yield Span(facet, *current, since, cut)
            since, current = cut, following
    yield Span(facet, *current, since, None)


def _price(rows: list[_Row], at: datetime) -> State:
    row = _first(rows, at)
    if row is None or row.price["amount"] is None or row.price["currency"] != "USD":
        return UNKNOWN, None
    each = Decimal(row.price["amount"]) * 1_000_000 / row.price["per"]
    return amount_step(each), float(each)


def _first(rows: list[_Row], at: datetime) -> _Row | None:
    return next((row for row in rows if holds(row.since, row.until, at)), None)


def _cuts(rows: list[_Row]) -> list[datetime]:
    return [instant for row in rows for instant in (row.since, row.until) if instant]


def _lifecycle(record: Record, at: datetime) -> str:
    return lifecycle_on(record, at.date()) or UNKNOWN


def _status(record: Record, at: datetime) -> str:
    is_retired = lifecycle_on(record, at.date()) == "retired"
    # A retired model has no status.
    return "" if is_retired else status_at(record["status_events"], at).severity


def _days(record: Record) -> list[datetime]:
    days = (record["deprecated_on"], record["retires_on"])
    return _read(f"{day}T00:00:00+00:00" for day in days if day)


def _read(texts: Iterable[str]) -> list[datetime]:
    return [datetime.fromisoformat(text) for text in texts]
