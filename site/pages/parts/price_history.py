"""All price rows of a model."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from catalog.pricing.price import PriceRecord
from catalog.pricing.units import unit_label
from catalog.records.phrases import billed_per_call, component, join
from catalog.records.price_rows import is_covered, is_never_used
from catalog.text.language import mark, say, say_many
from pages.instants import stamp
from pages.model_context import ModelContext
from pages.parts import health_history, price_chart
from pages.parts.footnotes import Footnote, Footnotes
from pages.parts.price_cells import PriceCell, condition_words, day_words, price_cell

IN_FORCE, ANNOUNCED, PAST = mark("In force"), mark("Announced"), mark("Past")
NOT_YET = mark("Not on record at that time")
# A fallback that no request reaches.
CLOSED, NEVER = mark("Closed"), mark("Never used")
# Of a model that no longer answers, nothing is in force.
LAST = mark("Last price")


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
    is_read: bool
    until: str
    until_iso: str
    stage: str
    standing: str  # the stage untranslated
    source: Footnote | None

    @property
    def is_used(self) -> bool:
        """Whether some request is charged by it."""
        return self.standing != NEVER


@dataclass(frozen=True, slots=True)
class PriceRecords:
    """All price rows, with charts and recent incidents."""

    rows: list[HistoryRow]
    said: str  # counts the rows
    charts: list[price_chart.Chart]
    is_open: bool
    footnotes: list[Footnote]
    has_never_used: bool
    name: str
    incidents: list[health_history.Incident]
    days: int


def price_history(context: ModelContext) -> PriceRecords:
    """Build the table of price rows, and recent incidents."""
    notes = Footnotes("history-source")
    at = context.at
    rows = sorted(context.record["prices"], key=lambda row: (row["effective_from"], -row["id"]), reverse=True)
    current = LAST if context.this.is_retired else IN_FORCE
    shown = [_history_row(row, at, notes, current) for row in rows]
    return PriceRecords(
        rows=shown,
        said=_tally(shown, current),
        charts=price_chart.charts(context.record["prices"], at),
        is_open=any(row.standing != current for row in shown),
        footnotes=notes.notes,
        has_never_used=any(row.standing == NEVER for row in shown),
        name=context.record["name"],
        incidents=health_history.incidents(context),
        days=health_history.WINDOW.days,
    )


def _tally(rows: Sequence[HistoryRow], current: str) -> str:
    counted = say_many("{number} price row", "{number} price rows", len(rows))
    others = [
        f"{number} {say(stage).lower()}"
        for stage in (PAST, CLOSED, NEVER, ANNOUNCED, NOT_YET)
        if (number := sum(row.standing == stage for row in rows))
    ]
    if others:
        return f"{counted}, {join(others)}"
    return counted if current == LAST else say("{rows}, all in force", rows=counted)


def _history_row(row: PriceRecord, at: datetime, notes: Footnotes, current: str) -> HistoryRow:
    start = datetime.fromisoformat(row["effective_from"])
    end = datetime.fromisoformat(row["effective_until"]) if row["effective_until"] else None
    later = NOT_YET if row["on_record_since"] else ANNOUNCED
    stage = later if start > at else PAST if end and end <= at else current
    if stage == current and is_covered(row, at):
        stage = CLOSED
    stage = NEVER if is_never_used(row) else stage
    return HistoryRow(
        component=component(row),
        kind=say("Sell price") if row["kind"] == "sell" else say("List price"),
        cell=price_cell(row),
        unit=unit_label(row["meter"], row["per"]),
        conditions=[*condition_words(row), *billed_per_call(row)],
        since=day_words(row["effective_from"]),
        since_iso=stamp(row["effective_from"]),
        is_read=bool(row["on_record_since"]),
        until=day_words(row["effective_until"]) if row["effective_until"] else "",
        until_iso=stamp(row["effective_until"]) if row["effective_until"] else "",
        stage=say(stage),
        standing=stage,
        source=notes.cite_row(row),
    )
