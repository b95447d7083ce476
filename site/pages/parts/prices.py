"""The prices of a model as tables: current, announced, and the full history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from catalog.presentation.wording import billing
from catalog.pricing.conditions import canonical, describe, reading_order
from catalog.pricing.price import PriceRecord
from catalog.pricing.units import METERS, unit_label
from catalog.records.phrases import action_label, amount, component, join, unique
from catalog.text.language import mark, say, say_many
from catalog.text.values import spoken
from pages.instants import stamp
from pages.model_context import ModelContext
from pages.parts import health_history, price_chart
from pages.parts.sources import Footnote, Footnotes


@dataclass(frozen=True, slots=True)
class PriceCell:
    """One amount in a table; `value` is the exact decimal, empty where there is none."""

    text: str
    value: str = ""
    known: bool = True
    price_id: int | None = None


IN_FORCE, ANNOUNCED, PAST = mark("In force"), mark("Announced"), mark("Past")


@dataclass(slots=True)
class PricedComponent:
    """One priced component: this site's price with the provider's beside it."""

    component: str
    unit: str
    sell: PriceCell
    listed: PriceCell
    conditions: list[str]
    since: str
    since_iso: str
    notes: list[Footnote] = field(default_factory=list)
    sources: list[Footnote] = field(default_factory=list)
    action: str = ""
    until: str = ""
    until_iso: str = ""
    is_announced: bool = False


@dataclass(frozen=True, slots=True)
class PriceGroup:
    """Lines under one heading: an action of a media model, or none."""

    heading: str
    lines: list[PricedComponent]


@dataclass(frozen=True, slots=True)
class Pricing:
    """The section of current and announced prices; `unpriced` names actions without a price."""

    basis: str
    failure: str
    groups: list[PriceGroup]
    announced: list[PricedComponent]
    unpriced: str
    has_list: bool
    columns: int
    footnotes: list[Footnote]
    remarks: list[Footnote]
    claim: str
    claim_source: str | None
    name: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One price row of any time; `standing` is its stage untranslated."""

    component: str
    kind: str
    cell: PriceCell
    unit: str
    conditions: list[str]
    since: str
    since_iso: str
    until: str
    until_iso: str
    stage: str
    standing: str
    source: Footnote | None


@dataclass(frozen=True, slots=True)
class PriceRecords:
    """All price rows, newest first, with their charts and recent incidents; `said` counts the rows."""

    rows: list[HistoryRow]
    said: str
    charts: list[price_chart.Chart]
    is_open: bool
    footnotes: list[Footnote]
    name: str
    incidents: list[health_history.Incident]
    days: int


def pricing(context: ModelContext) -> Pricing:
    """Build the tables of current and announced prices."""
    this, record = context.this, context.record
    notes, remarks = Footnotes("price-source"), Footnotes("price-note")
    now = _lines(this.prices, notes, remarks, announced=False)
    later = _lines(this.announced, notes, remarks, announced=True)
    has_list = any(price["kind"] == "list" for price in [*this.prices, *this.announced])
    return Pricing(
        basis=billing.basis(this),
        failure="" if this.is_retired else billing.failure(this),
        groups=_grouped(now),
        announced=[line for _, line in later],
        unpriced=_unpriced_actions(context),
        has_list=has_list,
        columns=7 if has_list else 6,
        footnotes=notes.notes,
        remarks=remarks.notes,
        claim=record["price_claim"],
        claim_source=record["price_claim_source"],
        name=record["name"],
    )


def _unpriced_actions(context: ModelContext) -> str:
    """Return the actions without a current price, in words; empty where no or every action has one."""
    priced = {str(row["conditions"].get("action", "")) for row in context.this.prices}
    if not priced or "" in priced:
        return ""
    return join(action_label(name).lower() for name in context.record["actions"] if name not in priced)


def price_history(context: ModelContext) -> PriceRecords:
    """Build the table of all price rows and the list of recent incidents."""
    notes = Footnotes("history-source")
    at = context.at
    rows = sorted(context.record["prices"], key=lambda row: (row["effective_from"], -row["id"]), reverse=True)
    shown = [_history_row(row, at, notes) for row in rows]
    return PriceRecords(
        rows=shown,
        said=_tally(shown),
        charts=price_chart.charts(context.record["prices"], at),
        is_open=any(row.standing != IN_FORCE for row in shown),
        footnotes=notes.notes,
        name=context.record["name"],
        incidents=health_history.incidents(context),
        days=health_history.WINDOW.days,
    )


def _tally(rows: Sequence[HistoryRow]) -> str:
    counted = say_many("{number} price row", "{number} price rows", len(rows))
    others = [
        f"{number} {say(stage).lower()}"
        for stage in (PAST, ANNOUNCED)
        if (number := sum(row.standing == stage for row in rows))
    ]
    return f"{counted}, {join(others)}" if others else say("{rows}, all in force", rows=counted)


def _history_row(row: PriceRecord, at: datetime, notes: Footnotes) -> HistoryRow:
    start = datetime.fromisoformat(row["effective_from"])
    end = datetime.fromisoformat(row["effective_until"]) if row["effective_until"] else None
    stage = ANNOUNCED if start > at else PAST if end and end <= at else IN_FORCE
    return HistoryRow(
        component=component(row),
        kind=say("Sell price") if row["kind"] == "sell" else say("List price"),
        cell=_cell(row),
        unit=unit_label(row["meter"], row["per"]),
        conditions=_conditions(row),
        since=_day(row["effective_from"]),
        since_iso=stamp(row["effective_from"]),
        until=_day(row["effective_until"]) if row["effective_until"] else "",
        until_iso=stamp(row["effective_until"]) if row["effective_until"] else "",
        stage=say(stage),
        standing=stage,
        source=notes.cite_row(row),
    )


def _lines(
    prices: Iterable[PriceRecord], notes: Footnotes, remarks: Footnotes, *, announced: bool
) -> list[tuple[str, PricedComponent]]:
    """Pair sell with list rows of the same component, unit, conditions and start."""
    pairs: dict[tuple[str, ...], dict[str, PriceRecord]] = {}
    ordered = sorted(prices, key=lambda price: reading_order(price["meter"], price["conditions"]))
    for price in ordered:
        key = (
            price["meter"],
            str(price["per"]),
            canonical(price["conditions"]),
            price["currency"],
            price["effective_from"] if announced else "",
        )
        pairs.setdefault(key, {})[price["kind"]] = price
    return [_line(pair, ordered, notes, remarks, announced=announced) for pair in pairs.values()]


def _line(
    pair: dict[str, PriceRecord],
    all_rows: Sequence[PriceRecord],
    notes: Footnotes,
    remarks: Footnotes,
    *,
    announced: bool,
) -> tuple[str, PricedComponent]:
    rows = [pair[kind] for kind in ("sell", "list") if kind in pair]
    first = rows[0]
    cited = [note for row in rows if (note := notes.cite_row(row))]
    line = PricedComponent(
        component=METERS[first["meter"]].label,
        unit=unit_label(first["meter"], first["per"]),
        sell=_cell(pair.get("sell")),
        listed=_cell(pair.get("list")),
        conditions=_conditions(first) or _otherwise(first, all_rows),
        since=_day(first["effective_from"]),
        since_iso=stamp(first["effective_from"]),
        notes=[
            note for text in unique(row["note"] for row in rows) if (note := remarks.cite(None, text, None))
        ],
        sources=list({note.number: note for note in cited}.values()),
        action=action_label(str(first["conditions"].get("action", ""))),
        until=_day(first["effective_until"]) if first["effective_until"] else "",
        until_iso=stamp(first["effective_until"]) if first["effective_until"] else "",
        is_announced=announced,
    )
    return str(first["conditions"].get("action", "")), line


def _otherwise(row: PriceRecord, all_rows: Sequence[PriceRecord]) -> list[str]:
    """Return "in all other cases" for an unconditional row whose component also has conditional ones."""
    others = [
        other
        for other in all_rows
        if (other["kind"], other["meter"]) == (row["kind"], row["meter"])
        and other["conditions"].get("action") == row["conditions"].get("action")
        and _other_conditions(other)
    ]
    return [say("In all other cases")] if others else []


def _grouped(lines: Sequence[tuple[str, PricedComponent]]) -> list[PriceGroup]:
    """Group lines by action; where each action has one line, the line carries the action's name instead."""
    groups: dict[str, list[PricedComponent]] = {}
    for action, line in lines:
        groups.setdefault(action, []).append(line)
    if all(len(rows) == 1 for action, rows in groups.items() if action):
        for line in (rows[0] for action, rows in groups.items() if action):
            line.component = line.action
        return [PriceGroup("", [line for rows in groups.values() for line in rows])] if groups else []
    return [PriceGroup(action_label(action), rows) for action, rows in groups.items()]


def _cell(row: PriceRecord | None) -> PriceCell:
    if row is None:
        return PriceCell(say("Not published"), known=False)
    return PriceCell(amount(row), row["amount"] or "", price_id=row["id"])


def _conditions(row: PriceRecord) -> list[str]:
    return describe(_other_conditions(row)) if _other_conditions(row) else []


def _other_conditions(row: PriceRecord) -> dict[str, Any]:
    return {key: value for key, value in row["conditions"].items() if key != "action"}


def _day(instant: str) -> str:
    return spoken(datetime.fromisoformat(instant).astimezone(UTC).date().isoformat())
