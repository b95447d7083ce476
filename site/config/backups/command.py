"""How `backup` and `restore` end early: by a signal, with its exit code, or by an error, in one line."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import CommandError

from config.backups import errors
from config.backups.progress import Stages, StoppedError


@contextmanager
def ending_early(stages: Stages, place: Path, unfinished: str) -> Iterator[None]:
    """Run the work of a command; `unfinished` says what a signal has kept it from."""
    with stages.ending_on_signals():
        try:
            yield
        except StoppedError:
            received = stages.received or signal.SIGTERM
            sys.stderr.write(f"{received.name} received: {unfinished}.\n")
            sys.exit(128 + received)
        except Exception as error:
            if line := errors.line(error, place):
                raise CommandError(line) from error
            raise


@contextmanager
def telling_signals(stages: Stages) -> Iterator[None]:
    """Distinguish signals from errors: SQLite reports a signal as an error of its own."""
    try:
        yield
    except Exception:
        stages.refuse_when_stopped()
        raise
