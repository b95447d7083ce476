"""Adds, succeeds, confirms and cancels price rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from catalog.models import Price, Variant, triggers
from catalog.pricing.price import PriceValue
from catalog.pricing.quote import tied_rows
from catalog.publishing.build_records import dated_price
from catalog.publishing.event_values import subject
from catalog.publishing.publish import Edition
from catalog.records.phrases import price_text
from catalog.text.dates_and_ratios import percent_words
from catalog.text.instants import rfc3339
from catalog.vocabulary import ChangeKind, Origin


class RefusedError(Exception):
    """A price change that cannot be made."""


class RefusedLinesError(RefusedError):
    """Several price changes that cannot be made."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = list(lines)


@dataclass(frozen=True, slots=True)
class Successor:
    """What a price becomes at an instant."""

    value: PriceValue
    effective_from: datetime
    source_url: str
    source_label: str
    reason: str
    checked_on: date | None = None
    note: str = ""
    effective_until: datetime | None = None
    on_record_since: datetime | None = None
    # None is not stated: as of the price before.
    unit_is_inferred: bool | None = None
    factor: Decimal | None = None
    omits: str = ""


def succeed(edition: Edition, old: Price, new: Successor) -> Price:
    """Close a price and add its successor."""
    price = _successor(edition, old, new)
    # First close, then insert: the database refuses overlaps at once, not at the end.
    edition.change(old, {"effective_until": new.effective_from})
    return _insert(edition, price, before=old)


def succeed_many(edition: Edition, pairs: Sequence[tuple[Price, Successor]]) -> None:
    """As `succeed`, in batches."""
    prices = [_successor(edition, old, new) for old, new in pairs]
    for old, new in pairs:
        old.effective_until = new.effective_from
    _write_many(edition, prices, [old for old, _new in pairs])


def add_many(edition: Edition, prices: Sequence[Price]) -> None:
    """Add prices that a file states."""
    for price in prices:
        price.origin, price.revision_id = edition.origin, edition.begin()
    _write_many(edition, prices, [])


def _write_many(edition: Edition, prices: Sequence[Price], closed: Sequence[Price]) -> None:
    try:
        # Closed before the successors are inserted: overlaps are refused at each statement.
        edition.store_many(closed, ["effective_until"])
        edition.add_many(prices)
    except IntegrityError as error:
        raise _refused(error) from error
    befores: Sequence[Price | None] = closed or [None] * len(prices)
    for price, before in zip(prices, befores, strict=True):
        _record(edition, price, before)


def _successor(edition: Edition, old: Price, new: Successor) -> Price:
    """Build the successor's row; raise RefusedError."""
    if old.effective_until is not None and old.effective_until <= edition.at:
        raise RefusedError(
            f"This price ended on {old.effective_until:%Y-%m-%d %H:%M} UTC. "
            "Go back to the model and change the price that is in force."
        )
    if old.effective_until is not None:
        raise RefusedError(
            f"This price already ends on {old.effective_until:%Y-%m-%d %H:%M} UTC. "
            "Cancel what is announced first."
        )
    if new.effective_from <= old.effective_from:
        raise RefusedError(
            f"The new price must begin after {old.effective_from:%Y-%m-%d %H:%M} UTC, when this one began."
        )
    stays = ("kind", "meter", "per", "currency", "conditions")
    if any(getattr(new.value, name) != getattr(old.value, name) for name in stays):
        raise RefusedError("The new price must keep kind, meter, unit, currency, and conditions.")
    if new.value == old.value:
        raise RefusedError("The new price is the same as the one in force.")
    return begin(edition, old.variant, new, old)


def begin(edition: Edition, variant: Variant, new: Successor, before: Price | None = None) -> Price:
    """Build the row of a price that begins, in the unit of the one before it if there is one."""
    is_confirmed = before is not None and before.unit_confirmed_at is not None
    is_inferred = new.unit_is_inferred
    if is_inferred is None:
        is_inferred = before is not None and before.unit_is_inferred
    return Price(
        variant=variant,
        **new.value.columns(),
        effective_from=new.effective_from,
        effective_until=new.effective_until,
        source_url=new.source_url,
        source_label=new.source_label,
        checked_on=new.checked_on or edition.at.date(),
        note=new.note,
        on_record_since=new.on_record_since,
        # A new amount makes no doubtful unit certain, nor a certain one doubtful.
        unit_is_inferred=is_inferred and not is_confirmed,
        unit_confirmed_at=before.unit_confirmed_at if before else None,
        factor=new.factor,
        omits=new.omits,
        reason=new.reason,
        origin=edition.origin,
        revision_id=edition.begin(),
    )


def add(edition: Edition, price: Price) -> Price:
    """Add a price where none is in force."""
    price.origin, price.revision_id = edition.origin, edition.begin()
    added = _insert(edition, price, before=None)
    if edition.origin == Origin.ADMIN:
        # What a provider publishes may leave a tie, and a file states it so; a person can settle it.
        _refuse_tie(added)
    return added


def end_many(edition: Edition, ended: Sequence[tuple[Price, datetime]]) -> None:
    """End prices that nothing succeeds."""
    for price, until in ended:
        price.effective_until = until
        summary = f"{subject(price)} of {price_text(price.value)} ends, from {until:%Y-%m-%d %H:%M} UTC on"
        edition.record(ChangeKind.PRICE, price.variant, summary, before=dated_price(price))
    edition.store_many([price for price, _until in ended], ["effective_until"])


def confirm(edition: Edition, read: Sequence[tuple[Price, date | None]]) -> None:
    """Set the day on which prices were read again."""
    for price, day in read:
        price.checked_on = day
        edition.touch(price.variant)
    edition.store_many([price for price, _day in read], ["checked_on"])


def doubt(edition: Edition, read: Sequence[tuple[Price, dict[str, Any]]]) -> None:
    """Set what a file says beside the amounts of prices on record: beginning, unit, what is omitted."""
    for price, doubts in read:
        changed = {name: value for name, value in doubts.items() if getattr(price, name) != value}
        before = {name: getattr(price, name) for name in changed}
        for name, value in changed.items():
            setattr(price, name, value)
        edition.record(
            ChangeKind.CATALOG,
            price.variant,
            f"{subject(price)}: its beginning, unit, or completeness restated",
            before=_plain(before),
            after=_plain(changed),
        )
    edition.store_many([price for price, _doubts in read], ["on_record_since", "unit_is_inferred", "omits"])


def confirm_unit(edition: Edition, price: Price) -> None:
    """Confirm the inferred unit of a price, which is no longer held back."""
    if not price.is_doubtful:
        raise RefusedError("The unit of this price is not inferred, or is confirmed already.")
    was_held_back = price.is_held_back
    edition.change(price, {"unit_confirmed_at": edition.at})
    edition.record(
        ChangeKind.CATALOG,
        price.variant,
        f"{subject(price)}: unit confirmed, {price_text(price.value)}",
        before={"unit_is_inferred": True, "is_held_back": was_held_back},
        after={"unit_is_inferred": False, "is_held_back": False},
    )


def _plain(doubts: dict[str, Any]) -> dict[str, Any]:
    return {name: rfc3339(value) if isinstance(value, datetime) else value for name, value in doubts.items()}


def set_end(edition: Edition, price: Price, at: datetime | None) -> None:
    """Set when a price ends; raise RefusedError where another follows it."""
    try:
        # A savepoint: on PostgreSQL a failed statement would spoil the whole transaction.
        with transaction.atomic():
            edition.change(price, {"effective_until": at})
    except IntegrityError as error:
        raise _refused(error, subject(price)) from error


def cancel(edition: Edition, announced: Price) -> None:
    """Cancel an announced price; the one before continues."""
    if Price.objects.select_for_update().filter(pk=announced.pk).first() is None:
        raise RefusedError("This announced price is cancelled already.")
    if announced.effective_from <= edition.at:
        raise RefusedError("This price has begun. Add its successor instead.")
    before = Price.objects.filter(
        variant=announced.variant,
        kind=announced.kind,
        meter=announced.meter,
        conditions_key=announced.conditions_key,
        effective_until=announced.effective_from,
    ).first()
    summary = f"{subject(announced)}: announced price of {price_text(announced.value)} cancelled"
    edition.record(ChangeKind.PRICE, announced.variant, summary, before=dated_price(announced))
    until = announced.effective_until
    edition.remove([announced])
    # A promotion ends when it was to end, whatever was to follow.
    if before is not None and not before.is_promotion:
        set_end(edition, before, until)


def step(old: PriceValue, new: PriceValue) -> str:
    """Return a change in words: "25% more", "" without two amounts."""
    if not old.amount or new.amount is None:
        return ""
    return percent_words(old.amount, new.amount)


def _insert(edition: Edition, price: Price, before: Price | None) -> Price:
    try:
        edition.add(price)
    except IntegrityError as error:
        raise _refused(error) from error
    _record(edition, price, before)
    return price


def _refused(error: IntegrityError, what: str = "") -> RefusedError:
    is_overlap = any(sign in str(error) for sign in (triggers.OVERLAP, triggers.POSTGRES_CONSTRAINT))
    said_by_database = triggers.OVERLAP if is_overlap else str(error).splitlines()[0]
    return RefusedError(f"{what or 'The database refuses this price'}: {said_by_database}.")


def _record(edition: Edition, price: Price, before: Price | None) -> None:
    amount = price_text(price.value)
    is_corrected = before is not None and _is_backwards(price.effective_from, edition.at)
    changes = "corrected" if is_corrected else "changes"
    verb = f"{changes} from {price_text(before.value)} to {amount}" if before else f"is {amount}"
    when = f"{price.effective_from:%Y-%m-%d %H:%M} UTC"
    edition.record(
        # What was answered for an earlier day is answered otherwise from now on.
        ChangeKind.CORRECTION if is_corrected else ChangeKind.PRICE,
        price.variant,
        f"{subject(price)} {verb}, from {when} on",
        before=dated_price(before) if before else None,
        after=dated_price(price),
    )


def _is_backwards(start: datetime, at: datetime) -> bool:
    """Whether a price begins before its publish; a day is given as its midnight, and today is no past day."""
    today = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return start < at and start != today


def _refuse_tie(price: Price) -> None:
    rows = Price.objects.filter(variant=price.variant, kind=price.kind, meter=price.meter)
    for pair in tied_rows([row.row for row in rows]):
        if price.pk in (pair[0].id, pair[1].id):
            other = pair[0] if pair[1].id == price.pk else pair[1]
            where = ", ".join(other.value.conditions.describe())
            raise RefusedError(
                f"A request can meet these conditions and those of another price ({where}), and neither "
                "wins. First add the price where both hold, or narrow the conditions."
            )
