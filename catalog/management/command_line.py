"""Arguments and progress bars for commands."""

import sys
from argparse import ArgumentTypeError
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from catalog.text.instants import read_instant


def instant(text: str) -> datetime:
    """Parse `--at`."""
    try:
        return read_instant(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error  # argparse prints it beside the option


@contextmanager
def bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Show a progress bar, to be called with done and total."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    # On a terminal only, so that logs stay readable; on stderr, so that output can be piped.
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task(label, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
