"""`manage.py restore`: a backup into an empty place."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from config import start_lock
from config.backups import targets
from config.backups.command import ending_early, telling_signals
from config.backups.progress import Stages
from config.backups.restore import KINDS, Restored, restore


class Command(BaseCommand):
    """Restore a backup into the database of DATABASE_URL."""

    help = "Restore a backup into an empty database of the same kind, and compare all rows."
    # They would ask a database that is not there yet.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="FROM", type=Path, help="a file that manage.py backup wrote")
        parser.add_argument("--json", action="store_true", help="print the result as one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        stages = Stages()
        with ending_early(stages, options["path"], "nothing was restored"), telling_signals(stages):
            made = self._restore(options["path"], stages)
        self.stdout.write(_report(made) if options["json"] else _sentence(made))

    def _restore(self, path: Path, stages: Stages) -> Restored:
        known, engine = targets.known_migrations(), targets.engine()
        # A start that began meanwhile would fill the place, too.
        with start_lock.alone(lambda: self.stderr.write("A start prepares this place: waiting ...")):
            return restore(path, engine, stages, known=known, media=targets.media())


def _sentence(made: Restored) -> str:
    manifest, contents = made.manifest, made.manifest.contents
    count = made.migrations_due
    due = f"{count} migration{'s are' if count != 1 else ' is'} due: run manage.py migrate, or make run."
    return (
        f"Restored the {KINDS[manifest.kind]} database of {manifest.made_at:%Y-%m-%dT%H:%M:%SZ} in "
        f"{made.seconds:.1f} s: revision {contents.revision}, {contents.rows:,} rows of "
        f"{len(contents.tables)} tables, all as they were. {due if count else 'No migration is due.'}"
    )


def _report(made: Restored) -> str:
    manifest, contents = made.manifest, made.manifest.contents
    return json.dumps(
        {
            "database": manifest.kind,
            "made_at": f"{manifest.made_at:%Y-%m-%dT%H:%M:%SZ}",
            "seconds": round(made.seconds, 3),
            "revision": contents.revision,
            "tables": len(contents.tables),
            "rows": contents.rows,
            "migrations_due": made.migrations_due,
        }
    )
