"""Charts of models: prices as bars, and against context windows."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalog.comparison import Plotted, plots
from catalog.comparison.table import DOES_NOT_APPLY, NOT_STATED
from catalog.records.facts import Facts
from catalog.records.fields import BY_NAME
from catalog.text.language import say
from pages.parts.scatter import Scatter, scatter

FULL = 100


@dataclass(frozen=True, slots=True)
class PlotBar:
    """One amount; `width` is its share of the largest in per cent."""

    text: str
    width: str = ""


@dataclass(frozen=True, slots=True)
class PlotLine:
    """One model of the table."""

    number: int
    name: str
    path: str
    bars: list[PlotBar]
    context: str  # its window in tokens, or why there is none
    has_context: bool
    is_plotted: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """The plot, if any, and a table of the same data."""

    heads: list[str]
    lines: list[PlotLine]
    scatter: Scatter | None
    has_context: bool

    @property
    def beside(self) -> list[str]:
        """Return the models that the plot leaves out."""
        return [line.name for line in self.lines if self.scatter and not line.is_plotted]


def picture(members: Sequence[Facts]) -> Picture | None:
    """Chart the prices that models publish alike; None without any."""
    drawn_plots = plots(members)
    if not drawn_plots:
        return None
    inputs = next((plot for plot in drawn_plots if plot.meter == "input_tokens"), None)
    drawn = scatter(inputs) if inputs else None
    tops = [
        max((row.amount for row in plot.rows if row.amount is not None), default=None) for plot in drawn_plots
    ]
    lines = [
        PlotLine(
            number=number,
            name=member.record["name"],
            path=member.record["path"],
            bars=[_bar(plot.rows[number - 1], top) for plot, top in zip(drawn_plots, tops, strict=True)],
            context=_context(member),
            has_context=bool(member.record["context_window"]),
            is_plotted=drawn is not None and number in drawn.plotted,
        )
        for number, member in enumerate(members, 1)
    ]
    return Picture(
        [plot.title for plot in drawn_plots], lines, drawn, any(line.has_context for line in lines)
    )


def _context(member: Facts) -> str:
    tokens = member.record["context_window"]
    applies = BY_NAME["context_window"].applies_to(member.record)
    return f"{tokens:,}" if tokens else say(NOT_STATED if applies else DOES_NOT_APPLY)


def _bar(row: Plotted, top: Decimal | None) -> PlotBar:
    if row.amount is None or not top:
        return PlotBar(row.text)
    return PlotBar(row.text, f"{row.amount / top * FULL:.2f}")
