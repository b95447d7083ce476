"""Price against context window, as a scatter plot."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalog.comparison import Plot
from catalog.pricing.money import usd
from catalog.text.language import say
from pages.parts.axis import Scale, Tick, scale, written
from pages.parts.scatter_labels import BOTTOM, HEIGHT, LEFT, LINE, RIGHT, TOP, WIDTH, place_labels


@dataclass(frozen=True, slots=True)
class Known:
    """A model that states both."""

    number: int  # in the table
    name: str
    amount: Decimal
    context: int


@dataclass(frozen=True, slots=True)
class Spot:
    """One point and its models."""

    numbers: str
    title: str
    x: str
    y: str
    label_x: str
    label_y: str
    leader: str  # connects it to a number drawn apart


@dataclass(frozen=True, slots=True)
class Scatter:
    """The plot of the models numbered in `plotted`."""

    title: str
    alternative: str
    x_title: str
    y_title: str
    x_ticks: list[Tick]
    y_ticks: list[Tick]
    spots: list[Spot]
    plotted: frozenset[int]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


def scatter(plot: Plot) -> Scatter | None:
    """Plot the models that state both; None for fewer than two."""
    known = [
        Known(number, row.member.record["name"], row.amount, context)
        for number, row in enumerate(plot.rows, 1)
        if row.amount is not None and (context := row.member.record["context_window"])
    ]
    above = [row for row in known if row.amount > 0]
    if len(known) < 2 or not above:
        return None
    x = scale([row.amount for row in above], LEFT, WIDTH - RIGHT)
    y = scale([row.context for row in known], HEIGHT - BOTTOM, TOP)
    # A free model has no place on a logarithmic scale: the table alone lists it.
    shown = above if x.is_logarithmic else known
    spots = list(_spots(plot, shown, x, y))
    return Scatter(
        title=say("Price against context window"),
        alternative=f"{'; '.join(spot.title for spot in spots)}.",
        x_title=_said(plot.title, x),
        y_title=_said(say("Context window in tokens"), y),
        x_ticks=x.ticks(lambda value: usd(value, plot.currency)),
        y_ticks=y.ticks(_short),
        spots=spots,
        plotted=frozenset(row.number for row in shown),
    )


def _spots(plot: Plot, shown: Iterable[Known], x: Scale, y: Scale) -> Iterable[Spot]:
    groups: dict[tuple[Decimal, int], list[Known]] = {}
    for row in shown:
        groups.setdefault((row.amount, row.context), []).append(row)
    places = [(x.place(amount), y.place(context)) for amount, context in groups]
    keys = [_runs([row.number for row in models]) for models in groups.values()]
    labels = place_labels([(float(one), float(two)) for one, two in places], keys)
    for ((amount, context), models), key, here, (label, is_far) in zip(
        groups.items(), keys, places, labels, strict=True
    ):
        names = ", ".join(row.name for row in models)
        far = f"M{here[0]:.1f} {here[1]:.1f}L{label[0]:.1f} {label[1] - LINE / 3:.1f}"
        yield Spot(
            numbers=key,
            title=say(
                "{names}: {amount} {unit}, {context} tokens",
                names=names,
                amount=usd(amount, plot.currency),
                unit=plot.unit,
                context=f"{context:,}",
            ),
            x=written(here[0]),
            y=written(here[1]),
            label_x=f"{label[0]:.1f}",
            label_y=f"{label[1]:.1f}",
            leader=far if is_far else "",
        )


def _runs(numbers: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    # Three or more in a row are written as first and last.
    dash = "\N{EN DASH}"
    return ", ".join(f"{run[0]}{dash}{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


def _short(tokens: Decimal) -> str:
    for size, letter in ((1_000_000, "M"), (1_000, "K")):
        if tokens >= size:
            return f"{tokens / size:.2f}".rstrip("0").rstrip(".") + letter
    return f"{tokens:f}"


def _said(title: str, axis: Scale) -> str:
    return say("{title}, logarithmic", title=title) if axis.is_logarithmic else title
