"""Scales of charts, and their ticks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

FEWEST_TICKS, MOST_TICKS = 3, 6
WIDE = 10  # ratio of largest to smallest from which a scale is logarithmic


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled value of an axis."""

    at: str
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps values to positions from `start` to `end`."""

    low: Decimal
    high: Decimal
    start: Decimal
    end: Decimal
    is_logarithmic: bool

    def place(self, value: Decimal | int) -> Decimal:
        """Return a value's position; on a logarithmic scale it is above 0."""
        number = Decimal(value)
        if self.is_logarithmic:
            share = (number.log10() - self.low.log10()) / (self.high.log10() - self.low.log10())
        else:
            share = (number - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self, write: Callable[[Decimal], str]) -> list[Tick]:
        """Return round values within the scale, few enough to read."""
        values = [value for value in self._round() if self.low <= value <= self.high]
        return [Tick(written(self.place(value)), write(value)) for value in values]

    def _round(self) -> list[Decimal]:
        if not self.is_logarithmic:
            step = next(size for size in _steps(self.high) if (self.high - self.low) / size < MOST_TICKS)
            return [step * number for number in range(MOST_TICKS + 1)]
        chosen: list[Decimal] = []
        # The coarsest steps that make enough ticks.
        for digits in ((1,), (1, 3), (1, 2, 5)):
            exponents = range(self.low.adjusted(), self.high.adjusted() + 1)
            chosen = [Decimal(digit).scaleb(power) for power in exponents for digit in digits]
            if sum(self.low <= value <= self.high for value in chosen) >= FEWEST_TICKS:
                break
        return chosen


def scale(values: Sequence[Decimal | int], start: int, end: int) -> Scale:
    """Return a scale for values: logarithmic where far apart, else from 0."""
    low, high = Decimal(min(values)), Decimal(max(values))
    if low > 0 and high / low >= WIDE:
        room = Decimal("1.35")  # no point lies on the frame
        return Scale(low / room, high * room, Decimal(start), Decimal(end), is_logarithmic=True)
    top = high * Decimal("1.12") or Decimal(1)
    return Scale(Decimal(0), top, Decimal(start), Decimal(end), is_logarithmic=False)


def written(place: Decimal) -> str:
    """Return a position for SVG."""
    return f"{place:.1f}"


def _steps(high: Decimal) -> list[Decimal]:
    power = high.adjusted() - 1
    return [Decimal(digit).scaleb(power + rise) for rise in range(3) for digit in (1, 2, 5)]
