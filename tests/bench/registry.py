"""What `make bench` measures: one function per benchmark, one line each to be listed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measurement beside what it is compared with, of the same run; `wanted` is the highest ratio."""

    what: str
    measured: float
    beside: float
    unit: str
    wanted: float | None = None

    @property
    def ratio(self) -> float:
        """Say how many times the other it is."""
        return self.measured / self.beside if self.beside else float("nan")


class CannotRunError(Exception):
    """A benchmark cannot run here; the message says what would help."""


BENCHMARKS: dict[str, Callable[[], Iterator[Row]]] = {}


def benchmark(run: Callable[[], Iterator[Row]]) -> Callable[[], Iterator[Row]]:
    """List a benchmark under its name; what it says of itself is shown above its rows."""
    BENCHMARKS[run.__name__] = run
    return run
