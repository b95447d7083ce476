"""Stages of a long job: each has a progress bar on a terminal, and SIGTERM or Ctrl-C ends the job tidily."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from catalog.management.command_line import bar

ENDING = (signal.SIGTERM, signal.SIGINT)
MEGABYTE = 2**20
Step = Callable[[int, int], None]


class StoppedError(BaseException):
    """A signal asks for the end. Not an `Exception`: nothing goes on after it."""


class Stages:
    """Shows the stages of a job and notices when it is to end."""

    def __init__(self) -> None:
        self.received: signal.Signals | None = None

    @contextmanager
    def stage(self, label: str, unit: int = 1) -> Iterator[Step]:
        """Show how far a stage is; `unit` is the size of one step of the bar."""
        self.refuse_when_stopped()
        with bar(label) as show:

            def step(done: int, total: int) -> None:
                self.refuse_when_stopped()
                show(done // unit, -(-total // unit))

            yield step

    def is_stopped(self) -> bool:
        """Whether a signal has come."""
        return self.received is not None

    def refuse_when_stopped(self) -> None:
        """Raise where a signal has come: SQLite drops what is raised while it calls a function."""
        if self.received is not None:
            raise StoppedError

    @contextmanager
    def ending_on_signals(self) -> Iterator[None]:
        """End the job on SIGTERM and SIGINT while the block runs."""
        before: dict[signal.Signals, Any] = {number: signal.signal(number, self._stop) for number in ENDING}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self, number: int, _frame: FrameType | None) -> None:
        # Once only: a second signal must not interrupt the tidying up.
        if self.received is None:
            self.received = signal.Signals(number)
            raise StoppedError
