"""The calculator: a plain form, presets, and a quote."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from urllib.parse import urlencode

from catalog.comparison.cost import one_of
from catalog.pricing.billed_quantity import UnevenCallsError
from catalog.pricing.conditions import describe
from catalog.pricing.money import plain, usd
from catalog.pricing.price import PriceRecord
from catalog.pricing.quote import Quote, Usage
from catalog.pricing.units import METERS, price_suffix
from catalog.records.phrases import main_call, unique
from catalog.records.quote_warnings import quote_use
from catalog.records.read_usage import CALLS, PARAMETER, AskedError, is_asked, read_usage
from catalog.records.record import Record
from catalog.text.language import mark, say
from pages.model_context import ModelContext
from pages.parts.calculator_form import ChoiceField, QuantityField, choices, fields

TIMES = "times"
MOST_TIMES = 10**12
PRESETS: tuple[tuple[str, str, dict[str, str]], ...] = (
    (mark("A chat turn"), mark("1,000 tokens in, 500 out"), {"input_tokens": "1000", "output_tokens": "500"}),
    (
        mark("A 100-page document"),
        mark("60,000 tokens in (600 a page), 1,000 out"),
        {"input_tokens": "60000", "output_tokens": "1000"},
    ),
    (
        mark("An agent session with caching"),
        mark("25 calls: 20,000 tokens in, 30,000 written to the cache, 900,000 read from it, 15,000 out"),
        {
            "input_tokens": "20000",
            "cache_write_5m_tokens": "30000",
            "cache_read_tokens": "900000",
            "output_tokens": "15000",
            "calls": "25",
        },
    ),
    (
        mark("1,000 batch requests"),
        mark("1,000,000 tokens in, 300,000 out, service tier batch"),
        {"input_tokens": "1000000", "output_tokens": "300000", "service_tier": "batch", "calls": "1000"},
    ),
)


@dataclass(frozen=True, slots=True)
class Preset:
    """A use to start from."""

    label: str
    said: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One kind of price of a line, or why there is none."""

    unit_price: str = ""
    amount: str = ""
    conditions: str = ""
    price_id: int | None = None
    missing: str = ""
    is_inferred: bool = False  # its unit


@dataclass(frozen=True, slots=True)
class CalculatorLine:
    """One meter of the quote."""

    component: str
    quantity: str
    unit: str
    sell: Side
    listed: Side


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of one kind of price; `note` says why it is unknown."""

    once: str = ""
    monthly: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Calculator:
    """The form and its quote; `errors` pair a field with what is wrong."""

    name: str
    model_id: str
    path: str
    record_path: str
    quote_url: str
    hidden: dict[str, str]
    fields: list[QuantityField]
    choices: list[ChoiceField]
    times: str
    presets: list[Preset]
    is_priced: bool
    errors: Sequence[tuple[str, str]] = ()
    warnings: Sequence[str] = ()
    lines: list[CalculatorLine] = field(default_factory=list)
    has_list: bool = False
    sell: Total | None = None
    listed: Total | None = None
    times_said: str = ""


def calculator(context: ModelContext, path: str = "", hidden: Mapping[str, str] | None = None) -> Calculator:
    """Build the form, and the quote of the query string's usage."""
    record, rows = context.record, context.this.prices
    # What is counted as this site charges for it, else as the provider does.
    charged = context.this.sell or context.this.listed
    usage = _usage(context, charged)
    page = path or record["path"]
    carried = {**(hidden or {}), **({"at": context.query["at"]} if context.query.get("at") else {})}
    form = Calculator(
        name=record["name"],
        model_id=record["model_id"],
        path=page,
        record_path=record["path"],
        quote_url=f"/api/v1/quote?{urlencode({'model': record['model_id']})}",
        hidden=carried,
        fields=fields(rows, usage),
        choices=choices(record, rows, usage),
        times=context.query.get(TIMES, ""),
        presets=presets(page, carried, charged, usage),
        is_priced=bool(rows),
    )
    return _quoted(form, context, usage) if rows else form


def _usage(context: ModelContext, rows: list[PriceRecord]) -> dict[str, str]:
    """Return the query string's usage, else a chat turn or one unit of what is charged."""
    usage = {key: text for key, text in context.query.items() if is_asked(key) and text.strip()}
    if any(key in METERS for key in usage):
        return usage
    priced = {row["meter"] for row in rows}
    turn = {meter: count for meter, count in PRESETS[0][2].items() if meter in priced}
    if turn:
        return turn | usage
    return {**_one_unit(context, rows), **usage} if rows else usage


def _one_unit(context: ModelContext, rows: list[PriceRecord]) -> dict[str, str]:
    """Return one unit of what is charged, by the first action and the default or first values."""
    first = min(rows, key=partial(_place, context.record))
    action = first["conditions"].get("action")
    usage = one_of(first)
    # A price beside it, as that of the provider, may look at more.
    for row in sorted(context.this.prices, key=partial(_place, context.record)):
        if row["meter"] == first["meter"] and row["conditions"].get("action") in {None, action}:
            further = one_of(row)
            usage = {name: further[name] for name in further if name.startswith(PARAMETER)} | usage
    return usage


def _place(record: Record, row: PriceRecord) -> tuple[bool, int]:
    """Return where a price is among a model's: of the action shown first and the default values first."""
    conditions = row["conditions"]
    action = str(conditions.get("action", ""))
    call = main_call(record)
    defaults = {
        spec["name"]: spec["default"]
        for spec in record["parameters"].get(action, ())
        if spec["default"] is not None
    }
    others = sum(name in defaults and defaults[name] != value for name, value in conditions.items())
    return call is not None and action != call["action"], others


def _only_action(rows: list[PriceRecord]) -> dict[str, str]:
    # Where there is only one action, nobody has to choose it.
    actions = {str(row["conditions"].get("action", "")) for row in rows}
    return {"action": actions.pop()} if len(actions) == 1 and "" not in actions else {}


def _quoted(form: Calculator, context: ModelContext, texts: dict[str, str]) -> Calculator:
    try:
        usage = read_usage(context.record, _only_action(context.this.prices) | texts, context.at)
    except AskedError as error:
        return replace(form, errors=error.errors)
    try:
        warned = [quote_use(context.record, usage, kind) for kind in ("sell", "list")]
    except UnevenCallsError as error:
        return replace(form, errors=[(CALLS, str(error))])
    sell, listed = (row.quote for row in warned)
    times, errors = read_times(form.times)
    return replace(
        form,
        errors=errors,
        warnings=unique(row.message for result in warned for row in result.warnings),
        lines=[_line(meter, usage, sell, listed) for meter in usage.quantities],
        has_list=bool(listed.lines),
        sell=_total(sell, times),
        listed=_total(listed, times),
        times_said=f"{times:,}" if times else "",
    )


def read_times(text: str) -> tuple[int | None, list[tuple[str, str]]]:
    """Return the requests per month, and what is wrong."""
    text = text.strip()
    if not text:
        return None, []
    # By length first: `int` refuses very long numbers with an error of its own.
    if text.isascii() and text.isdecimal() and len(text) < 14 and 1 <= int(text) <= MOST_TIMES:
        return int(text), []
    wrong = say("{text} is not a whole number from 1 to {most}", text=repr(text[:40]), most=f"{MOST_TIMES:,}")
    return None, [(say("Times a month"), wrong)]


def _line(meter: str, usage: Usage, sell: Quote, listed: Quote) -> CalculatorLine:
    quantity = Decimal(usage.quantities[meter])
    return CalculatorLine(
        component=METERS[meter].label,
        quantity=f"{quantity:,f}" if quantity == quantity.to_integral_value() else plain(quantity),
        unit=METERS[meter].noun if quantity == 1 else METERS[meter].plural,
        sell=_side(meter, sell),
        listed=_side(meter, listed),
    )


def _side(meter: str, result: Quote) -> Side:
    line = next((row for row in result.lines if row.meter == meter), None)
    if line is None:
        words = next((row.words for row in result.unpriced if row.meter == meter), say("Not on record"))
        return Side(missing=words)
    currency = result.currency or "USD"
    unit = price_suffix(meter, line.per)
    is_other = line.billed_quantity != line.quantity
    billed = [say("Billed as {quantity}", quantity=plain(line.billed_quantity))] if is_other else []
    return Side(
        unit_price=f"{usd(line.unit_amount, currency)} {unit}",
        amount=usd(line.amount, currency),
        conditions=", ".join([*describe(line.conditions), *billed]),
        price_id=line.price_id,
        is_inferred=line.unit_is_inferred,
    )


def _total(result: Quote, times: int | None) -> Total:
    currency = result.currency or "USD"
    if result.total is None:
        missing = say("Not known: a price is missing.")
        known = say("What has a price comes to {amount}.", amount=usd(result.subtotal, currency))
        return Total(note=f"{missing} {known}" if result.lines else missing)
    monthly = usd(result.total * times, currency) if times else ""
    return Total(once=usd(result.total, currency), monthly=monthly)


def presets(
    page: str,
    carried: Mapping[str, str],
    rows: list[PriceRecord],
    usage: Mapping[str, str],
    anchor: str = "calculator",
) -> list[Preset]:
    """List the uses whose meters all have a price, and whose service tier has one."""
    meters = {row["meter"] for row in rows}
    tiers = {str(row["conditions"].get("service_tier", "")) for row in rows}
    return [
        Preset(say(label), say(hint), f"{page}?{urlencode({**carried, **use})}#{anchor}", dict(usage) == use)
        for label, hint, use in PRESETS
        if {key for key in use if key in METERS} <= meters and use.get("service_tier", "") in {"", *tiers}
    ]
