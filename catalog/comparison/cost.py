"""What one usage costs with each model."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from catalog.comparison.prices import like, whole
from catalog.comparison.table import NOT_PUBLISHED, Better, ComparedCell, ComparedRow, unknown
from catalog.pricing.billed_quantity import UnevenCallsError
from catalog.pricing.conditions import CLOCK
from catalog.pricing.money import plain, usd
from catalog.pricing.price import PriceRecord
from catalog.pricing.quote import Quote, Usage
from catalog.pricing.units import METERS
from catalog.records.facts import Facts
from catalog.records.quote_warnings import quote_use
from catalog.records.read_usage import CIRCUMSTANCES, PARAMETER, AskedError, read_usage
from catalog.text.language import mark, say

KINDS = {"sell": mark("Cost"), "list": mark("Cost by list price")}
CHAT_TURN = {"input_tokens": "1000", "output_tokens": "500"}


class UsageError(ValueError):
    """A usage that no model takes; `errors` pairs keys with reasons."""

    def __init__(self, errors: Sequence[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{key}: {reason}" for key, reason in errors))
        self.errors = errors


def rows(members: Sequence[Facts], usage_texts: Mapping[str, str]) -> Iterable[ComparedRow]:
    """Return a row for sell prices, and one for list prices if any cost is known."""
    usages = [_read(member, usage_texts) for member in members]
    for kind, label in KINDS.items():
        cells = tuple(_cell(member, usage, kind) for member, usage in zip(members, usages, strict=True))
        if kind == "sell" or any(cell.is_known for cell in cells):
            currencies = {cell.same[0] for cell in cells if cell.same}
            # Amounts in two currencies have no order.
            better: Better | None = "lower" if len(currencies) == 1 else None
            yield ComparedRow("cost", f"cost:{kind}", say(label), cells, better)


def first_use(members: Sequence[Facts]) -> dict[str, str]:
    """Return an example: a chat turn, or one unit of what most models price; may be empty."""
    prices = [price for member in members for price in member.prices]
    if any(METERS[price["meter"]].group == "tokens" for price in prices):
        priced = {price["meter"] for price in prices}
        return {meter: count for meter, count in CHAT_TURN.items() if meter in priced}
    counted: dict[Any, list[PriceRecord]] = {}
    for price in [price for member in members for price in whole(member.prices)]:
        counted.setdefault(like(price), []).append(price)
    shared = [alike[0] for alike in counted.values() if len(alike) > 1]
    most = max(shared, key=lambda price: len(counted[like(price)]), default=None)
    return one_of(most) if most else {}


def one_of(price: PriceRecord) -> dict[str, str]:
    """Return one unit of a price, under its conditions."""
    usage = {price["meter"]: "1"}
    for key, value in price["conditions"].items():
        name = key if key in CIRCUMSTANCES else f"{PARAMETER}{key}"
        if not isinstance(value, list | dict):
            usage[name] = str(value).lower() if isinstance(value, bool) else str(value)
        # Of a range, the lower end holds. The instant is not part of a usage.
        elif key not in CLOCK:
            usage[name] = str(value[0])
    return usage


def _read(member: Facts, usage_texts: Mapping[str, str]) -> Usage | str:
    try:
        return read_usage(member.record, usage_texts, member.at)
    except AskedError as error:
        # A parameter may fit other models: only other errors refuse the whole usage.
        if any(not key.startswith(PARAMETER) for key, _ in error.errors):
            raise UsageError(error.errors) from error
        names = ", ".join(key.removeprefix(PARAMETER) for key, _ in error.errors)
        return say("Does not take this {names}", names=names)


def _cell(member: Facts, usage: Usage | str, kind: str) -> ComparedCell:
    if isinstance(usage, str):
        return unknown(usage)
    try:
        warned = quote_use(member.record, usage, kind)
    except UnevenCallsError:
        return unknown(say("The calls do not share this use evenly"))
    total_quote = warned.quote
    if not total_quote.lines and {row.reason for row in total_quote.unpriced} == {"not_published"}:
        return unknown(say(NOT_PUBLISHED))
    if total_quote.total is None:
        return unknown(say("Not known"), _missing(total_quote))
    currency = total_quote.currency or "USD"
    notes = [row.message.removesuffix(".") for row in warned.warnings]
    if any(line.unit_is_inferred for line in total_quote.lines):
        notes.append(say("unit inferred"))
    return ComparedCell(
        plain(total_quote.total),
        usd(total_quote.total, currency),
        "; ".join(notes),
        same=(currency, total_quote.total),
        # A use that the model cannot take, or that its price does not look at, is no answer to the question.
        rank=None if warned.warnings else total_quote.total,
    )


def _missing(total_quote: Quote) -> str:
    parts = [f"{METERS[row.meter].label}: {row.words.lower()}" for row in total_quote.unpriced]
    return "; ".join(parts)


def monthly(cell: ComparedCell, times: int) -> str:
    """Return the cost of so many requests, "" if unknown."""
    if cell.value is None or cell.same is None:
        return ""
    return usd(Decimal(cell.value) * times, cell.same[0])
