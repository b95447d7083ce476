"""Reads prices of our own catalog files."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from catalog.exchange.document import PriceEntry, begins_when_read
from catalog.exchange.file_table import FileTable
from catalog.models.price import LONGEST_OMITS
from catalog.pricing import conditions, money
from catalog.pricing.price import PriceValue, parse_quantity
from catalog.pricing.units import METERS, check_per
from catalog.text.refusal import shown
from catalog.vocabulary import PriceKind, PriceState


def read_price(table: FileTable) -> PriceEntry:
    """Read one price."""
    state = table.choice("state", PriceState.values) or PriceState.KNOWN.value
    meter = table.choice("meter", METERS, required=True) or ""
    per = table.whole("per", least=1)
    per = METERS[meter].per if per is None else checked(table, "per", per, check_per)
    held = table.json("conditions") or {}
    when = checked(table, "conditions", held, conditions.parse)
    currency = table.text("currency") or "USD"
    checked(table, "currency", currency, money.check_currency)
    source = read_source(table)
    value = PriceValue(
        kind=table.choice("kind", PriceKind.values, required=True) or "",
        meter=meter,
        per=per,
        state=state,
        amount=_amount(table, state),
        currency=currency,
        conditions=when,
        minimum=_quantity(table, "minimum"),
        step=_quantity(table, "step"),
        is_promotion=table.flag("promotion") or False,
    )
    entry = PriceEntry(
        value=value,
        effective_from=table.instant("effective_from", required=True),  # type: ignore[arg-type]
        effective_until=table.instant("effective_until"),
        place=table.place(),
        source_url=source["source_url"] or "",
        source_label=source["source_label"] or "",
        checked_on=source["checked_on"],
        note=table.text("note") or "",
        unit_is_inferred=table.flag("unit_is_inferred"),
        omits=table.text("omits", longest=LONGEST_OMITS) or "",
    )
    entry = replace(entry, on_record_since=_since(table, entry))
    if entry.effective_until and entry.effective_until <= entry.effective_from:
        raise table.refuse("effective_until", "is not after effective_from")
    if value.is_promotion and entry.effective_until is None:
        raise table.refuse("promotion", "a promotion ends: give its effective_until")
    table.finish()
    return entry


def _since(table: FileTable, entry: PriceEntry) -> datetime | None:
    given = table.values.get("on_record_since")
    if isinstance(given, bool):
        table.take("on_record_since")
        return entry.effective_from if given else None
    since = table.instant("on_record_since")
    if since is None and begins_when_read(entry.effective_from, entry.checked_on):
        return entry.effective_from
    if since is not None and since != entry.effective_from:
        raise table.refuse("on_record_since", "is not effective_from: the price was read as of then")
    return since


def _quantity(table: FileTable, key: str) -> Decimal | None:
    given = table.take(key)
    quantity: Decimal | None = checked(table, key, given, partial(parse_quantity, key))
    return quantity


def _amount(table: FileTable, state: str) -> Decimal | None:
    given = table.take("amount")
    if state in {PriceState.DYNAMIC, PriceState.ON_REQUEST}:
        if given is not None:
            raise table.refuse("amount", f"a price that is {state} has no amount")
        return None
    # A free price may leave out its 0; any other without an amount is a mistake.
    if given is None and state == PriceState.FREE:
        return Decimal(0)
    if given is None:
        raise table.refuse(None, "'amount' is missing: leave the whole price out where it is not known")
    amount: Decimal = checked(table, "amount", given, money.parse_amount)
    if (amount == 0) != (state == PriceState.FREE):
        right = 'state = "free" goes with amount = "0" and with no other'
        raise table.refuse("amount", f"{shown(given)} does not fit the state {state}: {right}")
    return amount


def read_source(table: FileTable) -> dict[str, Any]:
    """Read where something was read."""
    source = table.table("source")
    if source is None:
        return {"source_url": None, "source_label": None, "checked_on": None}
    fields = {
        "source_url": source.url("url"),
        "source_label": source.text("label", required=True),
        "checked_on": source.day("checked_on"),
    }
    source.finish()
    return fields


def checked(table: FileTable, key: str, value: Any, judge: Any) -> Any:
    """Return what a check makes of a value, refused in its words."""
    try:
        return judge(value)
    except ValueError as error:
        raise table.refuse(key, str(error)) from error
