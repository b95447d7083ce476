"""Quotes: a usage and dated, conditional prices in, an exact cost line by line out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Clamped, Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow
from itertools import combinations
from typing import Any, Literal, Self

from catalog.pricing.conditions import unsettled_ties, winners
from catalog.pricing.money import plain
from catalog.pricing.price import KINDS, PriceRecord, PriceValue
from catalog.pricing.units import METERS, PROMPT_METERS, decimal_places, meter, unit_word
from catalog.text.language import mark, say
from catalog.text.refusal import shown

Reason = Literal["not_published", "dynamic", "on_request", "ambiguous", "other_currency"]

QUANTITY_DIGITS = 15
QUANTITY_DECIMALS = 9

REASONS: Mapping[Reason, str] = {
    "not_published": mark("Not published"),
    "dynamic": mark("Dynamic"),
    "on_request": mark("On request"),
    "ambiguous": mark("Two prices hold at once"),
    "other_currency": mark("Priced in another currency"),
}
"""Why a meter has no amount -> what people read."""

# The widest exact result is a sum of quantities (15.9 digits) times amounts (6.9) over 10^9: 48 digits.
# Should anything ever have to be rounded, it raises instead.
_EXACT = Context(prec=100, traps=[Inexact, InvalidOperation, DivisionByZero, Overflow, Clamped])


@dataclass(frozen=True, slots=True)
class Usage:
    """Quantities by meter, and the circumstances that price conditions look at.

    Meters are disjoint. Parameters have values of their declared types: the number 5, not the text "5". `at`
    is aware. A call of a media model counts 1 of `requests`, or its images or seconds, and names its
    `action`.
    """

    quantities: Mapping[str, Decimal | int]
    at: datetime
    parameters: Mapping[str, Any] = field(default_factory=dict)
    service_tier: str | None = None
    region: str | None = None
    action: str | None = None

    def __post_init__(self) -> None:
        if not self.quantities:
            raise ValueError("usage counts nothing: give a quantity of at least one meter")
        if self.at.tzinfo is None or self.at.utcoffset() is None:
            raise ValueError(f"usage at {self.at.isoformat()} has no time zone: give an aware instant")
        counted = {meter(name).name: _quantity(name, amount) for name, amount in self.quantities.items()}
        object.__setattr__(self, "quantities", {name: counted[name] for name in METERS if name in counted})

    @property
    def prompt_tokens(self) -> Decimal:
        """Add up the prompt: input, cache reads, both cache writes and audio input."""
        return _total(self.quantities[name] for name in PROMPT_METERS if name in self.quantities)


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A price with its number, and the instants from which and until which it holds."""

    id: int
    value: PriceValue
    effective_from: datetime
    effective_until: datetime | None = None

    @classmethod
    def from_record(cls, record: PriceRecord) -> Self:
        """Read a row from a model's stored record."""
        until = record["effective_until"]
        return cls(
            id=record["id"],
            value=PriceValue.from_record(record),
            effective_from=datetime.fromisoformat(record["effective_from"]),
            effective_until=datetime.fromisoformat(until) if until else None,
        )

    def in_force(self, at: datetime) -> bool:
        """Whether the row is current at an instant: start inclusive, end exclusive."""
        return self.effective_from <= at and (self.effective_until is None or at < self.effective_until)


@dataclass(frozen=True, slots=True)
class PricedLine:
    """One meter of a quote: `quantity` at `unit_amount` per `per` makes `amount`, exactly.

    `unheeded` names what was asked for (service tier, region) and is no condition of the price that won: the
    line then stands at the price that holds whatever the tier or region.
    """

    meter: str
    quantity: Decimal
    unit: str
    per: int
    unit_amount: Decimal
    amount: Decimal
    state: str
    conditions: dict[str, Any]
    price_id: int
    unheeded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unpriced:
    """A meter that was used and has no amount, and why."""

    meter: str
    quantity: Decimal
    reason: Reason

    @property
    def words(self) -> str:
        """Return the reason in words."""
        return say(REASONS[self.reason])


@dataclass(frozen=True, slots=True)
class Quote:
    """The cost of a usage by one kind of price; `currency` is None where no line has a price."""

    kind: str
    at: datetime
    currency: str | None
    lines: tuple[PricedLine, ...]
    unpriced: tuple[Unpriced, ...]

    @property
    def subtotal(self) -> Decimal:
        """Add up the lines."""
        return _total(line.amount for line in self.lines)

    @property
    def total(self) -> Decimal | None:
        """Return the sum if every quantity has a price, else None: unknown never counts as 0."""
        return self.subtotal if self.lines and not self.unpriced else None


def matching(rows: Iterable[PriceRow], name: str, usage: Usage, kind: str = "sell") -> list[PriceRow]:
    """Return the winning rows of a meter for a usage: none, one, or several where prices tie."""
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
    """Return the price of a meter for a usage: current, all conditions hold, most conditions win.

    None where no row holds, and where several hold and none wins.
    """
    winners = matching(rows, meter(name).name, usage, kind)
    return winners[0] if len(winners) == 1 else None


def quote(rows: Sequence[PriceRow], usage: Usage, kind: str = "sell") -> Quote:
    """Price a usage line by line, exactly.

    Only rows of one kind are used: sell and list prices are never mixed. 10,000 `input_tokens` at 1.5 per
    1,000,000 are 0.015. A meter without an amount is listed as unpriced; none of it was used, none is missed.
    """
    if kind not in KINDS:
        raise ValueError(f"unknown kind of price {kind!r}: use one of {', '.join(KINDS)}")
    lines: list[PricedLine] = []
    unpriced: list[Unpriced] = []
    currency: str | None = None
    for name, quantity in usage.quantities.items():
        winners = matching(rows, name, usage, kind)
        reason = _why_unpriced(winners, currency)
        if reason is None:
            currency = winners[0].value.currency
            lines.append(_line(winners[0], Decimal(quantity), usage))
        elif quantity:
            unpriced.append(Unpriced(name, Decimal(quantity), reason))
    return Quote(kind, usage.at, currency, tuple(lines), tuple(unpriced))


def tied_rows(rows: Sequence[PriceRow]) -> list[tuple[PriceRow, PriceRow]]:
    """Return the pairs of rows of one kind and meter that tie at some instant.

    Nothing changes between two boundaries, so each boundary is checked. Two current rows of equal conditions
    are an overlap, which the database refuses, and not reported here.
    """
    pairs_by_id: dict[tuple[int, int], tuple[PriceRow, PriceRow]] = {}
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
    """Multiply a quantity by an amount per so many; the result is exact, as `per` is a power of ten."""
    product = _EXACT.multiply(quantity, amount)
    return Decimal(plain(_EXACT.scaleb(product, -decimal_places(per))))


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


def _line(row: PriceRow, quantity: Decimal, usage: Usage) -> PricedLine:
    price = row.value
    unit_amount = price.amount or Decimal(0)
    named = {item.key for item in price.conditions.items}
    chosen = {"service_tier": usage.service_tier, "region": usage.region}
    return PricedLine(
        meter=price.meter,
        quantity=quantity,
        unit=unit_word(price.meter, price.per),
        per=price.per,
        unit_amount=unit_amount,
        amount=cost(quantity, unit_amount, price.per),
        state=price.state,
        conditions=price.conditions.wire,
        price_id=row.id,
        unheeded=tuple(key for key, value in chosen.items() if value is not None and key not in named),
    )


def _total(amounts: Iterable[Decimal | int]) -> Decimal:
    total = Decimal(0)
    for amount in amounts:
        total = _EXACT.add(total, amount)
    return Decimal(plain(total))


def _quantity(name: str, value: object) -> Decimal:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        number = Decimal(value)
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
