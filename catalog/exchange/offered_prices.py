"""The prices of one row of another catalog: exact, and marked where the row prices more than is kept."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Context, Decimal
from functools import lru_cache
from typing import Any

from catalog.exchange.document import PriceEntry
from catalog.exchange.file_table import FileTable
from catalog.exchange.reader_base import ReadCatalog
from catalog.models.price import LONGEST_OMITS
from catalog.pricing import money
from catalog.pricing.conditions import Conditions, parse
from catalog.pricing.price import ALWAYS, PriceValue
from catalog.pricing.units import METERS, decimal_places
from catalog.text.refusal import shown
from catalog.vocabulary import PriceKind, PriceState

PLACES = Decimal("1E-9")


def number(table: FileTable, key: str, value: Any) -> Decimal:
    """Read a JSON number, zero or more."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise table.refuse(key, f"{shown(value)} is not a number")
    amount = Decimal(value) if not isinstance(value, Decimal) else value
    if not amount.is_finite() or amount.is_signed():
        raise table.refuse(key, f"{shown(value)} is not an amount: zero or more")
    return amount


def digits(table: FileTable, key: str, value: Any) -> Decimal:
    """Read a decimal text such as "0.0000002"."""
    if not isinstance(value, str) or not re.fullmatch(
        r"[0-9]{1,12}(\.[0-9]{1,40})?([eE]-?[0-9]{1,2})?", value
    ):
        raise table.refuse(key, f'{shown(value)} is not a decimal text: write it as in "0.0000002"')
    return Decimal(value)


@dataclass(slots=True)
class OfferedPrices:
    """The prices of a row being read."""

    table: FileTable
    origin: ReadCatalog
    source_url: str
    currency: str = "USD"
    found: dict[tuple[str, str], PriceEntry] = field(default_factory=dict)
    # By meter, what the row prices beside it and has no place here; "" is any meter.
    _omitted: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def omit(self, name: str, meters: Iterable[str] = ()) -> None:
        """Note what has no place here and may change a total: of some meters, by default of the whole row."""
        for meter in meters or ("",):
            self._omitted[meter].append(name)

    def entries(self) -> list[PriceEntry]:
        """Return the prices, each with what is omitted beside it."""
        priced = {entry.value.meter for entry in self.found.values()}
        of_row = [name for meter, names in self._omitted.items() if meter not in priced for name in names]
        return [
            replace(entry, omits=_listed([*self._omitted.get(entry.value.meter, ()), *of_row]))
            for entry in self.found.values()
        ]

    def add(
        self,
        key: str,
        meter: str,
        each: Decimal | None,
        when: dict[str, Any] | None = None,
        *,
        per: int = 0,
        begins: datetime | None = None,
        ends: datetime | None = None,
    ) -> None:
        """Add a price for one, or for `per`; None means dynamic."""
        lot = per or METERS[meter].per
        held = self._held(key, when) if when else ALWAYS
        amount, note = None, ""
        if each is not None:
            amount, note = self._amount(key, each, 0 if per else decimal_places(lot))
        state = PriceState.DYNAMIC if amount is None else PriceState.KNOWN if amount else PriceState.FREE
        entry = PriceEntry(
            value=PriceValue(
                kind=PriceKind.LIST.value,
                meter=meter,
                per=lot,
                state=state.value,
                amount=amount,
                currency=self.currency,
                conditions=held,
            ),
            effective_from=begins or self.origin.at,
            effective_until=ends,
            place=self.table.place(),
            source_url=self.source_url,
            source_label=self.origin.label,
            checked_on=self.origin.day,
            note=note,
            # Another catalog says what holds, not since when, unless it gives the day.
            on_record_since=None if begins else self.origin.at,
        )
        # Of one meter and set of conditions the last one holds.
        self.found[meter, held.canonical + (begins.isoformat() if begins else "")] = entry

    def _held(self, key: str, when: dict[str, Any]) -> Conditions:
        try:
            return _conditions(json.dumps(when, sort_keys=True))
        except (TypeError, ValueError) as error:
            raise self.table.refuse(key, str(error)) from error

    def _amount(self, key: str, each: Decimal, places: int) -> tuple[Decimal, str]:
        if each and not -40 < each.adjusted() < 12:
            raise self.table.refuse(key, f"{shown(each)} is out of range")
        exact = money.plain(each.scaleb(places, _WIDE))
        if len(exact.partition(".")[2]) <= money.MAX_DECIMALS:
            return self._parsed(key, exact), ""
        # The one place where an amount is rounded, which its note says.
        rounded = Decimal(exact).quantize(PLACES, context=_WIDE)
        if not rounded:
            raise self.table.refuse(key, f"{shown(each)} is too small to be kept: nine decimals")
        return self._parsed(key, money.plain(rounded)), f"Rounded to nine decimals from {exact}"

    def _parsed(self, key: str, text: str) -> Decimal:
        try:
            return money.parse_amount(text)
        except ValueError as error:
            raise self.table.refuse(key, str(error)) from error


_WIDE = Context(prec=80)


@lru_cache(maxsize=4_096)
def _conditions(text: str) -> Conditions:
    return parse(json.loads(text))


def _listed(names: Iterable[str]) -> str:
    """Join names, as many as are kept."""
    known = list(dict.fromkeys(names))
    for count in range(len(known), 0, -1):
        more = f", and {len(known) - count} more" if count < len(known) else ""
        if len(text := ", ".join(known[:count]) + more) <= LONGEST_OMITS:
            return text
    return f"{len(known)} more" if known else ""
