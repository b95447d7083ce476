"""Arguments and progress bars that commands share."""

import sys
from argparse import ArgumentTypeError
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from catalog.text.instants import read_instant


def instant(text: str) -> datetime:
    """Return the instant of an `--at`; argparse prints the refusal beside the name of the option."""
    try:
        return read_instant(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error


@contextmanager
def bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Show a progress bar while the block runs, on a terminal only, so that logs stay readable.

    It is called with what is done and how much there is.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task(label, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
