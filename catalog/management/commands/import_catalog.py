"""`manage.py import_catalog`: load our files or another catalog."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from catalog.exchange.importing import MODES, ImportScope
from catalog.exchange.registry import OWN, READABLE
from catalog.management import importing, loading
from catalog.management.quick_command import QuickCommand

# Exports call our format `toml`; `catalog` is its older name here.
OWN_NAMES = (OWN, "catalog")


class Command(QuickCommand):
    """Load files in one transaction."""

    help = "Load catalog files, or import another catalog: one transaction, or nothing at all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            nargs="+",
            type=Path,
            help="files of one's own, folders or ZIP archives of them; or one of another catalog",
        )
        parser.add_argument(
            "--from",
            dest="format",
            default=OWN,
            choices=[*OWN_NAMES, *READABLE],
            help="whose format the file has; one's own, if not said",
        )
        parser.add_argument(
            "--as",
            dest="mode",
            default=MODES[0],
            choices=MODES,
            help="create and update models, or attach what the file says to models on record",
        )
        parser.add_argument("--provider", help="import this provider's models alone, under their bare IDs")
        parser.add_argument(
            "--as-of",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="the day that a copy of another catalog is of; that of its file, if not said",
        )
        loading.add_options(parser)

    def handle(self, *_args: Any, **options: Any) -> None:
        names = ", ".join(path.name for path in options["file"])
        if options["format"] in OWN_NAMES:
            if options["provider"] or options["as_of"] or options["mode"] != MODES[0]:
                raise CommandError(
                    "--as, --as-of and --provider go with --from: say which catalog the file is of"
                )
            loading.load(options["file"], self.stdout, options, f"Import of {names}")
            return
        if len(options["file"]) > 1:
            raise CommandError("another catalog is one file or folder: import them one after another")
        if options["mode"] == "evidence" and (options["force"] or options["provider"]):
            raise CommandError("--force and --provider go with --as models: evidence overwrites nothing")
        scope = ImportScope(options["format"], options["mode"], options["provider"], options["force"])
        importing.run(scope, options["file"][0], self.stdout, options)
