"""Quotes: what a usage costs, exactly, at dated, conditional prices."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Clamped, Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow
from itertools import combinations
from typing import Any, Literal, Self

from catalog.pricing.billed_quantity import billed_quantity, per_call, read_calls
from catalog.pricing.conditions import unsettled_ties, winners
from catalog.pricing.money import plain
from catalog.pricing.price import KINDS, PriceRecord, PriceValue
from catalog.pricing.units import METERS, PROMPT_METERS, decimal_places, meter, unit_word
from catalog.text.language import mark, say
from catalog.text.refusal import shown

Reason = Literal["not_published", "not_on_record", "dynamic", "on_request", "ambiguous", "other_currency"]

QUANTITY_DIGITS = 15
QUANTITY_DECIMALS = 9

REASONS: Mapping[Reason, str] = {
    "not_published": mark("Not on record"),
    "not_on_record": mark("Not on record at that time"),
    "dynamic": mark("Dynamic"),
    "on_request": mark("On request"),
    "ambiguous": mark("Two prices hold at once"),
    "other_currency": mark("Priced in another currency"),
}
"""Why a meter has no amount -> label."""

# The widest exact result is a sum of billed quantities (22.9 digits) times amounts (6.9) over 10^9: 55.
# Should anything ever have to be rounded, it raises instead.
_EXACT = Context(prec=100, traps=[Inexact, InvalidOperation, DivisionByZero, Overflow, Clamped])


@dataclass(frozen=True, slots=True)
class Usage:
    """Quantities by meter, and what price conditions look at; `at` is aware.

    Parameters have their declared types: 5, not "5". A call of a media model counts its images or seconds, or
    1 of `requests`, and names its `action`. Quantities are those of all `calls`, which are alike.
    """

    quantities: Mapping[str, Decimal | int]
    at: datetime
    parameters: Mapping[str, Any] = field(default_factory=dict)
    service_tier: str | None = None
    region: str | None = None
    action: str | None = None
    calls: int = 1

    def __post_init__(self) -> None:
        if not self.quantities:
            raise ValueError("usage counts nothing: give a quantity of at least one meter")
        if self.at.tzinfo is None or self.at.utcoffset() is None:
            raise ValueError(f"usage at {self.at.isoformat()} has no time zone: give an aware instant")
        read_calls(self.calls)
        counted = {meter(name).name: _quantity(name, amount) for name, amount in self.quantities.items()}
        object.__setattr__(self, "quantities", {name: counted[name] for name in METERS if name in counted})

    @property
    def prompt_tokens(self) -> Decimal:
        """Sum the input, cache, audio and image input tokens of one call."""
        return self.call_tokens(PROMPT_METERS)

    def call_tokens(self, meters: Iterable[str]) -> Decimal:
        """Sum some meters of one call."""
        total = _total(self.quantities[name] for name in meters if name in self.quantities)
        return per_call(total, self.calls)


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A price with its number and dates."""

    id: int
    value: PriceValue
    effective_from: datetime
    effective_until: datetime | None = None
    # Where only the day of reading is known, it may have held before it begins.
    is_read: bool = False
    unit_is_inferred: bool = False

    @classmethod
    def from_record(cls, record: PriceRecord) -> Self:
        """Parse a row of a model's record."""
        until = record["effective_until"]
        return cls(
            id=record["id"],
            value=PriceValue.from_record(record),
            effective_from=datetime.fromisoformat(record["effective_from"]),
            effective_until=datetime.fromisoformat(until) if until else None,
            is_read=record.get("on_record_since") is not None,
            unit_is_inferred=bool(record.get("unit_is_inferred")),
        )

    def in_force(self, at: datetime) -> bool:
        """Whether it holds: start inclusive, end exclusive."""
        return self.effective_from <= at and (self.effective_until is None or at < self.effective_until)


@dataclass(frozen=True, slots=True)
class PricedLine:
    """`billed_quantity` x `unit_amount` / `per` = `amount`, exactly.

    Without a minimum or step, the billed quantity is the quantity.
    `unheeded` names the requested tier or region that the price ignores.
    """

    meter: str
    quantity: Decimal
    billed_quantity: Decimal
    unit: str
    per: int
    unit_amount: Decimal
    amount: Decimal
    state: str
    conditions: dict[str, Any]
    price_id: int
    unheeded: tuple[str, ...] = ()
    unit_is_inferred: bool = False


@dataclass(frozen=True, slots=True)
class Unpriced:
    """A used meter without an amount."""

    meter: str
    quantity: Decimal
    reason: Reason

    @property
    def words(self) -> str:
        """Return the reason's label."""
        return say(REASONS[self.reason])


@dataclass(frozen=True, slots=True)
class Quote:
    """The cost of a usage; `currency` is None without a line."""

    kind: str
    at: datetime
    currency: str | None
    lines: tuple[PricedLine, ...]
    unpriced: tuple[Unpriced, ...]
    calls: int = 1

    @property
    def subtotal(self) -> Decimal:
        """Sum the priced lines."""
        return _total(line.amount for line in self.lines)

    @property
    def total(self) -> Decimal | None:
        """Return the sum, None if a price is missing: unknown is never 0."""
        return self.subtotal if self.lines and not self.unpriced else None


def matching(rows: Iterable[PriceRow], name: str, usage: Usage, kind: str = "sell") -> list[PriceRow]:
    """Return the winning rows: none, one, or several that tie."""
    rows = list(rows)
    if name == "reasoning_tokens" and not any(
        (row.value.kind, row.value.meter) == (kind, name) and row.in_force(usage.at) for row in rows
    ):
        # Not priced apart, they are output.
        name = "output_tokens"
    held = [
        row
        for row in rows
        if (row.value.kind, row.value.meter) == (kind, name)
        and row.in_force(usage.at)
        and row.value.conditions.holds(usage)
    ]
    best = winners([row.value.conditions for row in held])
    return [row for row in held if row.value.conditions in best]


def price_for(rows: Iterable[PriceRow], name: str, usage: Usage, kind: str = "sell") -> PriceRow | None:
    """Return the single winning row, if any."""
    winners = matching(rows, meter(name).name, usage, kind)
    return winners[0] if len(winners) == 1 else None


def quote(rows: Sequence[PriceRow], usage: Usage, kind: str = "sell") -> Quote:
    """Price a usage by one kind; sell and list never mix.

    10,000 `input_tokens` at 1.5 per 1,000,000 cost 0.015. UnevenCallsError where a price has a minimum or
    step and the calls do not share the quantity evenly.
    """
    if kind not in KINDS:
        raise ValueError(f"unknown kind of price {kind!r}: use one of {', '.join(KINDS)}")
    lines: list[PricedLine] = []
    unpriced: list[Unpriced] = []
    currency: str | None = None
    for name, quantity in usage.quantities.items():
        winners = matching(rows, name, usage, kind)
        reason = _why_unpriced(winners, currency)
        if reason == "not_published" and _is_read_later(rows, name, usage, kind):
            reason = "not_on_record"
        if reason is None:
            currency = winners[0].value.currency
            lines.append(_line(winners[0], name, Decimal(quantity), usage))
        # Of a meter with quantity 0, a missing price is not missed.
        elif quantity:
            unpriced.append(Unpriced(name, Decimal(quantity), reason))
    return Quote(kind, usage.at, currency, tuple(lines), tuple(unpriced), usage.calls)


def tied_rows(rows: Sequence[PriceRow]) -> list[tuple[PriceRow, PriceRow]]:
    """Return row pairs that tie at some instant."""
    pairs_by_id: dict[tuple[int, int], tuple[PriceRow, PriceRow]] = {}
    # Nothing changes between two boundaries: checking each is enough.
    starts = {row.effective_from for row in rows}
    ends = {row.effective_until for row in rows if row.effective_until is not None}
    for at in sorted(starts | ends):
        for kind, name in sorted({(row.value.kind, row.value.meter) for row in rows}):
            same = [row for row in rows if (row.value.kind, row.value.meter) == (kind, name)]
            held = [row for row in same if row.in_force(at)]
            tied = unsettled_ties(row.value.conditions for row in held)
            for one, other in combinations(held, 2):
                if (one.value.conditions, other.value.conditions) in tied:
                    pairs_by_id[one.id, other.id] = (one, other)
    return list(pairs_by_id.values())


def cost(quantity: Decimal, amount: Decimal, per: int) -> Decimal:
    """Return `quantity` x `amount` / `per`, exactly."""
    product = _EXACT.multiply(quantity, amount)
    # Moves the point instead of dividing: `per` is a power of ten.
    return Decimal(plain(_EXACT.scaleb(product, -decimal_places(per))))


def _is_read_later(rows: Sequence[PriceRow], name: str, usage: Usage, kind: str) -> bool:
    return any(
        row.is_read and row.effective_from > usage.at
        for row in rows
        if (row.value.kind, row.value.meter) == (kind, name)
    )


def _why_unpriced(winners: Sequence[PriceRow], currency: str | None) -> Reason | None:
    if not winners:
        return "not_published"
    if len(winners) > 1:
        return "ambiguous"
    price = winners[0].value
    if price.state == "dynamic":
        return "dynamic"
    if price.state == "on_request":
        return "on_request"
    return None if currency in {None, price.currency} else "other_currency"


def _line(row: PriceRow, name: str, quantity: Decimal, usage: Usage) -> PricedLine:
    price = row.value
    unit_amount = price.amount or Decimal(0)
    billed = billed_quantity(price, quantity, usage.calls)
    named = {item.key for item in price.conditions.items}
    chosen = {"service_tier": usage.service_tier, "region": usage.region}
    return PricedLine(
        meter=name,
        quantity=quantity,
        billed_quantity=billed,
        unit=unit_word(name, price.per),
        per=price.per,
        unit_amount=unit_amount,
        amount=cost(billed, unit_amount, price.per),
        state=price.state,
        conditions=price.conditions.wire,
        price_id=row.id,
        unheeded=tuple(key for key, value in chosen.items() if value is not None and key not in named),
        unit_is_inferred=row.unit_is_inferred,
    )


def _total(amounts: Iterable[Decimal | int]) -> Decimal:
    total = Decimal(0)
    for amount in amounts:
        total = _EXACT.add(total, amount)
    return Decimal(plain(total))


def _quantity(name: str, value: object) -> Decimal:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        number = Decimal(value)
        # Zero has an exponent too: Decimal("0e-30") would fail the bounds below.
        if number.is_zero():
            return Decimal(0)
        if number.is_finite() and number > 0 and -QUANTITY_DECIMALS <= number.adjusted() < QUANTITY_DIGITS:
            written = plain(number)
            if len(written.partition(".")[2]) <= QUANTITY_DECIMALS:
                return Decimal(written)
    raise ValueError(
        f"{name}: {shown(value)} is not a quantity: use an integer or a Decimal, zero or more, "
        f"below 10^{QUANTITY_DIGITS} and with at most {QUANTITY_DECIMALS} decimals"
    )
