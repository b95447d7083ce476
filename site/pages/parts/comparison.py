"""The comparison table in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from catalog.comparison import ComparedCell, ComparedRow, ComparisonTable
from catalog.comparison.cost import monthly
from catalog.comparison.table import NOT_LISTED
from catalog.pricing.units import METERS
from catalog.text.language import mark, say, say_many

# Prices without a counterpart come last, in a group.
ALONE = ("alone", mark("Prices of one model alone"))
BEST = {"lower": mark("Lowest"), "higher": mark("Largest"), "later": mark("Latest")}


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell; `best` says why it is best."""

    words: list[str]
    note: str
    best: str
    is_known: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row."""

    label: str
    unit: str
    condition: str
    cells: list[ShownCell]
    is_code: bool
    differs: bool


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """Rows under one heading, `width` columns wide."""

    key: str
    label: str
    rows: list[ShownRow]
    width: int


@dataclass(frozen=True, slots=True)
class Table:
    """The groups, and the notes below them."""

    groups: list[ShownGroup]
    tally: str
    unstated: list[str]


def table(comparison: ComparisonTable, *, only_differences: bool = False, times: int | None = None) -> Table:
    """Return the table, or just the rows that differ."""
    shown_rows: dict[tuple[str, str], list[ShownRow]] = {
        (group.key, group.label): [] for group in comparison.groups
    }
    for group in comparison.groups:
        for row in group.rows:
            if row.differs or not only_differences:
                heading = ALONE if _is_alone(row) else (group.key, group.label)
                shown_rows.setdefault(heading, []).append(_row(row, times))
    width = len(comparison.members) + 1
    shown = [
        ShownGroup(key, say(label) if key == ALONE[0] else label, rows, width)
        for (key, label), rows in shown_rows.items()
    ]
    differing = sum(row.differs for row in comparison.rows)
    every = say_many("{number} row", "{number} rows", len(comparison.rows))
    return Table(
        [group for group in shown if group.rows],
        say_many("{number} of {rows} differs", "{number} of {rows} differ", differing, rows=every),
        list(dict.fromkeys(comparison.unstated)),
    )


def use_said(usage_texts: Mapping[str, str]) -> str:
    """Return a usage in words: "1000 tokens of input, batch"."""
    counted = [
        f"{_grouped(quantity)} {_counted(key, quantity)}"
        for key, quantity in usage_texts.items()
        if key in METERS
    ]
    others = [
        f"{key.removeprefix('param.').replace('_', ' ')} {value.replace('_', ' ')}"
        for key, value in usage_texts.items()
        if key not in METERS
    ]
    return ", ".join([*counted, *others])


def _counted(key: str, quantity: str) -> str:
    meter, label = METERS[key], METERS[key].label.lower()
    noun = meter.noun if quantity.strip() == "1" else meter.plural
    return noun if label == meter.plural else f"{label} {noun}"


def _grouped(quantity: str) -> str:
    text = quantity.strip()
    return f"{int(text):,}" if text.isascii() and text.isdecimal() else text


def shared(comparison: ComparisonTable) -> list[tuple[str, str]]:
    """List label and value of rows that all models state alike."""
    return [
        (f"{row.label}, {row.condition.lower()}" if row.condition else row.label, row.cells[0].text)
        for row in comparison.rows
        if row.group not in ("cost", "price", "list_price", "parameters", "endpoints")
        and not row.differs
        and all(cell.is_known for cell in row.cells)
    ]


def _is_alone(row: ComparedRow) -> bool:
    # With a condition that no other model prices, there is nothing to compare.
    is_price = row.group in ("price", "list_price") and not row.key.endswith(":{}")
    return is_price and sum(cell.is_known for cell in row.cells) < 2


def _row(row: ComparedRow, times: int | None) -> ShownRow:
    return ShownRow(
        label=row.label,
        unit=row.unit,
        condition=row.condition,
        cells=[_cell(row, cell, times if row.group == "cost" else None) for cell in row.cells],
        is_code=row.is_code,
        differs=row.differs,
    )


def _cell(row: ComparedRow, cell: ComparedCell, times: int | None) -> ShownCell:
    often = monthly(cell, times) if times else ""
    notes = [cell.note, say("{times} times: {cost}", times=f"{times:,}", cost=often) if often else ""]
    word = BEST.get(row.better or "", "")
    if row.key == "duration_seconds":
        # A duration is not "largest".
        word = mark("Longest")
    return ShownCell(
        words=cell.text.split("\n"),
        note=". ".join(note for note in notes if note),
        best=say(word) if cell.is_best else "",
        is_known=cell.is_known and cell.text != say(NOT_LISTED),
    )
