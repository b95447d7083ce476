"""All price rows of a model."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from catalog.pricing.price import PriceRecord
from catalog.pricing.units import unit_label
from catalog.records.phrases import component, join
from catalog.text.language import mark, say, say_many
from pages.instants import stamp
from pages.model_context import ModelContext
from pages.parts import health_history, price_chart
from pages.parts.footnotes import Footnote, Footnotes
from pages.parts.price_cells import PriceCell, condition_words, day_words, price_cell

IN_FORCE, ANNOUNCED, PAST = mark("In force"), mark("Announced"), mark("Past")


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A price row of any time."""

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
    standing: str  # the stage untranslated
    source: Footnote | None


@dataclass(frozen=True, slots=True)
class PriceRecords:
    """All price rows, with charts and recent incidents."""

    rows: list[HistoryRow]
    said: str  # counts the rows
    charts: list[price_chart.Chart]
    is_open: bool
    footnotes: list[Footnote]
    name: str
    incidents: list[health_history.Incident]
    days: int


def price_history(context: ModelContext) -> PriceRecords:
    """Build the table of price rows, and recent incidents."""
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
        cell=price_cell(row),
        unit=unit_label(row["meter"], row["per"]),
        conditions=condition_words(row),
        since=day_words(row["effective_from"]),
        since_iso=stamp(row["effective_from"]),
        until=day_words(row["effective_until"]) if row["effective_until"] else "",
        until_iso=stamp(row["effective_until"]) if row["effective_until"] else "",
        stage=say(stage),
        standing=stage,
        source=notes.cite_row(row),
    )
