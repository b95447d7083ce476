"""`manage.py backup`: database and uploads in a dated file, once or repeatedly."""

import json
import logging
import re
import signal
import time
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.backups import errors, targets
from config.backups.command import ending_early, telling_signals
from config.backups.progress import Stages, StoppedError
from config.backups.write import Written, back_up

log = logging.getLogger("config.backup")
SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
LONGEST = 366 * 86_400


class Command(BaseCommand):
    """Write and check a backup."""

    help = "Write the whole database and all uploads into a dated file, while the site runs."
    # A database that needs mending is backed up as well.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="TO", type=Path, help="the folder; it is made if it is missing")
        parser.add_argument("--keep", type=_count, metavar="N", help="then keep the newest N backups in it")
        parser.add_argument("--every", type=_interval, metavar="6h", help="go on until stopped: 30m, 6h, 1d")
        parser.add_argument("--json", action="store_true", help="print one JSON object a backup, on one line")

    def handle(self, *_args: Any, **options: Any) -> None:
        stages = Stages()
        with ending_early(stages, options["folder"], "no backup was written"):
            if options["every"]:
                self._again_and_again(stages, options)
            else:
                self._tell(self._make(stages, options), options)

    def _make(self, stages: Stages, options: dict[str, Any]) -> Written:
        with telling_signals(stages):
            return back_up(
                options["folder"], targets.engine(), stages, media=targets.media(), keep=options["keep"]
            )

    def _tell(self, made: Written, options: dict[str, Any]) -> None:
        self.stdout.write(_report(made) if options["json"] else _sentence(made))
        self.stdout.flush()

    def _again_and_again(self, stages: Stages, options: dict[str, Any]) -> None:
        began = time.monotonic()
        self.has_failed = False
        try:
            while True:
                self._try(stages, options)
                # At fixed instants: a slow backup does not shift the next ones.
                passed = time.monotonic() - began
                time.sleep(options["every"] - passed % options["every"])
        except StoppedError:
            received = stages.received or signal.SIGTERM
            log.warning("%s received: no more backups are made.", received.name)
            if self.has_failed:
                raise CommandError("The last backup failed.") from None

    def _try(self, stages: Stages, options: dict[str, Any]) -> None:
        try:
            made = self._make(stages, options)
            self.has_failed = False
            self._tell(made, options)
        except Exception as error:
            self.has_failed = True
            line = errors.line(error, options["folder"])
            # Whatever fails: the next backup may succeed.
            log.error("The backup failed: %s", line or error, exc_info=line is None)  # noqa: TRY400


def _sentence(made: Written) -> str:
    contents = made.manifest.contents
    size = f"{made.size / 2**20:,.1f} MB" if made.size >= 2**20 else f"{-(-made.size // 2**10)} KB"
    removed = f" Removed {', '.join(path.name for path in made.removed)}." if made.removed else ""
    return (
        f"Wrote and checked {made.path}: {size} in {made.seconds:.1f} s, revision {contents.revision}, "
        f"{contents.rows:,} rows of {len(contents.tables)} tables.{removed}"
    )


def _report(made: Written) -> str:
    manifest = made.manifest
    return json.dumps(
        {
            "path": str(made.path),
            "size": made.size,
            "seconds": round(made.seconds, 3),
            "made_at": f"{manifest.made_at:%Y-%m-%dT%H:%M:%SZ}",
            "database": manifest.kind,
            "revision": manifest.contents.revision,
            "tables": len(manifest.contents.tables),
            "rows": manifest.contents.rows,
            "removed": [str(path) for path in made.removed],
        }
    )


def _count(words: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,5}", words, re.ASCII):
        raise ArgumentTypeError(f"{words!r} is not a number of backups: give 1 or more")
    return int(words)


def _interval(words: str) -> int:
    parts = re.fullmatch(r"([1-9]\d{0,5})([smhd])", words, re.ASCII)
    seconds = int(parts[1]) * SECONDS[parts[2]] if parts else 0
    if not 0 < seconds <= LONGEST:
        raise ArgumentTypeError(f"{words!r} is not an interval up to 366 days: give one like 30m, 6h or 1d")
    return seconds
