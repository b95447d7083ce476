"""A price: one immutable value, in files, rows and records alike."""

from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any, Self, TypedDict

from catalog.pricing.conditions import Conditions, parse
from catalog.pricing.money import check_currency, parse_amount, plain
from catalog.pricing.units import check_per, meter, unit_word

KINDS = ("sell", "list")
PRICED = ("known", "free")
UNPRICED = ("dynamic", "on_request")
ALWAYS = Conditions()


class PriceValueRecord(TypedDict):
    """A price as JSON; `amount`, `minimum` and `step` are plain decimal strings."""

    kind: str
    state: str
    meter: str
    per: int
    unit: str
    amount: str | None
    currency: str
    conditions: dict[str, Any]
    minimum: str | None
    step: str | None
    is_promotion: bool


class DatedPriceRecord(PriceValueRecord):
    """A price as in changes; instants are RFC 3339 UTC."""

    effective_from: str
    effective_until: str | None


class PriceRecord(DatedPriceRecord):
    """A stored price row."""

    id: int
    on_record_since: str | None
    unit_is_inferred: bool
    is_held_back: bool
    covered_from: str | None
    covered_until: str | None
    source_url: str | None
    source_label: str
    checked_on: str | None
    note: str
    omits: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceValue:
    """What is charged for `per` of a meter; `kind` says by whom.

    A call is billed for at least `minimum` of the meter, in whole steps of `step`. A promotion ends.
    """

    kind: str
    state: str = "known"
    meter: str
    per: int
    amount: Decimal | None
    currency: str = "USD"
    conditions: Conditions = ALWAYS
    minimum: Decimal | None = None
    step: Decimal | None = None
    is_promotion: bool = False

    def __post_init__(self) -> None:
        meter(self.meter)
        check_per(self.per)
        check_currency(self.currency)
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of price {self.kind!r}: use one of {', '.join(KINDS)}")
        if self.state not in PRICED + UNPRICED:
            raise ValueError(
                f"unknown state of price {self.state!r}: use one of {', '.join(PRICED + UNPRICED)}"
            )
        if (self.amount is None) is (self.state in PRICED):
            raise ValueError(f"state {self.state} and amount {self.amount} do not go together")
        if self.amount is not None:
            object.__setattr__(self, "amount", parse_amount(self.amount))
        if self.state == "free" and self.amount:
            raise ValueError(f"a free price has the amount 0, not {self.amount}")
        for name in ("minimum", "step"):
            object.__setattr__(self, name, parse_quantity(name, getattr(self, name)))

    @property
    def key(self) -> tuple[str, str, str]:
        """What successive prices share."""
        return self.kind, self.meter, self.conditions.canonical

    def becoming(self, state: str, amount: Decimal | None) -> Self:
        """Return the price at another state and amount, no longer a promotion."""
        if (state, amount) == (self.state, self.amount):
            return self
        return replace(self, state=state, amount=amount, is_promotion=False)

    @classmethod
    def from_record(cls, record: PriceValueRecord) -> Self:
        """Parse JSON."""
        amount = record["amount"]
        if amount is None and record["state"] == "free":
            amount = "0"
        return cls(
            kind=record["kind"],
            state=record["state"],
            meter=record["meter"],
            per=record["per"],
            amount=None if amount is None else parse_amount(amount),
            currency=record["currency"],
            conditions=parse(record["conditions"]),
            # Changes stored before these fields were added lack them.
            minimum=parse_quantity("minimum", record.get("minimum")),
            step=parse_quantity("step", record.get("step")),
            is_promotion=record.get("is_promotion", False),
        )

    def record(self) -> PriceValueRecord:
        """Return JSON."""
        return price_as_json(self, self.conditions.wire)

    @classmethod
    def from_row(cls, row: object) -> Self:
        """Read a row's columns of the same names."""
        values = {field.name: getattr(row, field.name) for field in fields(cls)}
        return cls(**{**values, "conditions": parse(values["conditions"])})

    def columns(self) -> dict[str, Any]:
        """Return column values; databases compare by `conditions_key`."""
        # By name, so a new field needs only a column called the same.
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {**values, "conditions": self.conditions.wire, "conditions_key": self.conditions.canonical}


def parse_quantity(name: str, value: str | int | Decimal | None) -> Decimal | None:
    """Parse a `minimum` or `step`: above zero, with the digits of an amount."""
    if value is None:
        return None
    try:
        quantity = parse_amount(value)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error
    if not quantity:
        raise ValueError(f"{name} is 0: give a quantity above 0, or leave it out")
    return quantity


def price_as_json(price: Any, conditions: dict[str, Any]) -> PriceValueRecord:
    """Return JSON of a price, or of a row's unparsed columns."""
    return {
        "kind": price.kind,
        "state": price.state,
        "meter": price.meter,
        "per": price.per,
        "unit": unit_word(price.meter, price.per),
        "amount": None if price.amount is None else plain(price.amount),
        "currency": price.currency,
        "conditions": conditions,
        "minimum": None if price.minimum is None else plain(price.minimum),
        "step": None if price.step is None else plain(price.step),
        "is_promotion": price.is_promotion,
    }
