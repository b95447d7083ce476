"""Stages of a long job, ended tidily by SIGTERM or Ctrl-C."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from catalog.management.command_line import bar

ENDING = (signal.SIGTERM, signal.SIGINT)
MEGABYTE = 2**20
Step = Callable[[int, int], None]


# Not an `Exception`: no handler of errors may go on after it.
class StoppedError(BaseException):
    """A signal asked for the end."""


class Stages:
    """Shows a job's stages; raises once a signal came."""

    def __init__(self) -> None:
        self.received: signal.Signals | None = None

    @contextmanager
    def stage(self, label: str, unit: int = 1) -> Iterator[Step]:
        """Show progress; `unit` is the size of one step."""
        self.refuse_when_stopped()
        with bar(label) as show:

            def step(done: int, total: int) -> None:
                self.refuse_when_stopped()
                show(done // unit, -(-total // unit))

            yield step

    def is_stopped(self) -> bool:
        """Whether a signal came."""
        return self.received is not None

    def refuse_when_stopped(self) -> None:
        """Raise where a signal came."""
        # SQLite drops what is raised within its callbacks, so the first exception may be lost.
        if self.received is not None:
            raise StoppedError

    @contextmanager
    def ending_on_signals(self) -> Iterator[None]:
        """End the job on SIGTERM and SIGINT."""
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
