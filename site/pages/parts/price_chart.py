"""Price history as step lines, laid out on the server."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from catalog.pricing.money import usd
from catalog.pricing.price import PriceRecord
from catalog.pricing.units import METERS, price_suffix
from catalog.records.phrases import marked
from catalog.text.dates_and_ratios import spoken
from catalog.text.language import say

WIDTH, HEIGHT = 720, 160
LEFT, RIGHT, TOP, BOTTOM = 8, 96, 12, 24


@dataclass(frozen=True, slots=True)
class PriceStep:
    """One price: its path, and where its amount is written."""

    path: str
    label: str
    x: str
    y: str
    is_announced: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A component's prices over time; `alternative` says the same in words."""

    title: str
    alternative: str
    steps: list[PriceStep]
    now: str
    width: int = WIDTH
    height: int = HEIGHT


def charts(rows: Iterable[PriceRecord], at: datetime) -> list[Chart]:
    """Chart each component whose price changed or will."""
    chains: dict[tuple[str, str, str, int, str], list[PriceRecord]] = {}
    for row in rows:
        if row["amount"] is not None:
            when = str(sorted(row["conditions"].items()))
            key = (row["kind"], row["meter"], when, row["per"], row["currency"])
            chains.setdefault(key, []).append(row)
    return [_chart(sorted(chain, key=_start), at) for chain in chains.values() if len(chain) > 1]


def _start(row: PriceRecord) -> datetime:
    return datetime.fromisoformat(row["effective_from"])


def _chart(chain: list[PriceRecord], at: datetime) -> Chart:
    first, last = _start(chain[0]), max(_start(chain[-1]), at)
    # Room for the last price, however recent: its line must have a length.
    end = last + max((last - first) / 10, timedelta(days=1))
    top = max(Decimal(row["amount"] or 0) for row in chain) or Decimal(1)
    steps = []
    for position, row in enumerate(chain):
        until = _start(chain[position + 1]) if position + 1 < len(chain) else end
        x, x2 = _x(_start(row), first, end), _x(until, first, end)
        y = _y(Decimal(row["amount"] or 0), top)
        rise = (
            f" V{_y(Decimal(chain[position + 1]['amount'] or 0), top)}" if position + 1 < len(chain) else ""
        )
        label = usd(row["amount"] or "0", row["currency"])
        steps.append(PriceStep(f"M{x} {y} H{x2}{rise}", label, x, y, is_announced=_start(row) > at))
    meter, per = chain[0]["meter"], chain[0]["per"]
    title = say(
        "Sell price of {meter}, {unit}" if chain[0]["kind"] == "sell" else "List price of {meter}, {unit}",
        meter=METERS[meter].label.lower(),
        unit=price_suffix(meter, per),
    )
    sentence = "; ".join(say("{amount} from {day}", amount=_amount(row), day=_day(row)) for row in chain)
    return Chart(title, f"{title}: {sentence}.", steps, _x(at, first, end))


def _x(instant: datetime, first: datetime, end: datetime) -> str:
    share = (instant - first) / (end - first)
    return f"{LEFT + share * (WIDTH - LEFT - RIGHT):.1f}"


def _y(amount: Decimal, top: Decimal) -> str:
    room = HEIGHT - TOP - BOTTOM
    return f"{HEIGHT - BOTTOM - amount / top * room:.1f}"


def _amount(row: PriceRecord) -> str:
    return marked(usd(row["amount"] or "0", row["currency"]), is_inferred=row["unit_is_inferred"])


def _day(row: PriceRecord) -> str:
    return spoken(_start(row).date().isoformat())
