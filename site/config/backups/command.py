"""Early ends of `backup` and `restore`: by a signal or an error."""

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
    """Run a command's work; `unfinished` tells what a signal prevented."""
    with stages.ending_on_signals():
        try:
            yield
        except StoppedError:
            received = stages.received or signal.SIGTERM
            sys.stderr.write(f"{received.name} received: {unfinished}.\n")
            sys.exit(128 + received)  # as a shell reports it
        except Exception as error:
            if line := errors.line(error, place):
                raise CommandError(line) from error
            raise


@contextmanager
def telling_signals(stages: Stages) -> Iterator[None]:
    """Raise StoppedError for an error that a signal caused."""
    try:
        yield
    except Exception:
        # SQLite reports an interrupted statement as any other error.
        stages.refuse_when_stopped()
        raise
