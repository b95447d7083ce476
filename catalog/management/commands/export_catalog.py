"""`manage.py export_catalog`: write the catalog in our format or another."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import CommandError
from django.utils import timezone

from catalog.exchange.exports.base import ExportScope
from catalog.exchange.exports.catalog_files import files
from catalog.exchange.exports.writing import WRITERS, WrittenReport, export
from catalog.management.command_line import bar, instant
from catalog.management.quick_command import QuickCommand
from catalog.models import Provider

OWN = "toml"
MOST_SHOWN = 40


class Command(QuickCommand):
    """Write a TOML file per provider, or one file."""

    help = (
        "Write the catalog as TOML files, one for each provider, or as one file in another catalog's shape."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "path", type=Path, help="the folder of our own files; the file of any other format, - for output"
        )
        parser.add_argument("--to", dest="format", default=OWN, choices=list(WRITERS), help="the format")
        parser.add_argument("--kind", choices=["sell", "list"], help="which price; sell where one is held")
        parser.add_argument(
            "--at", type=instant, help="as of an instant (2026-11-01T00:00:00Z) or a date; without it, now"
        )
        parser.add_argument("--retired", action="store_true", help="with models that no longer answer")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["path"]
        try:
            if options["format"] == OWN:
                self._files(path)
            else:
                self._file(path, options)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}") from error

    def _files(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        total, done = Provider.objects.count(), 0
        with bar("Writing") as progress:
            for done, (provider, text) in enumerate(files(), start=1):
                (directory / f"{provider}.toml").write_text(text, encoding="utf-8")
                progress(done, total)
        self.stdout.write(f"Wrote {done} files to {directory}.")

    def _file(self, path: Path, options: dict[str, Any]) -> None:
        scope = ExportScope(options["at"] or timezone.now(), options["kind"], options["retired"])
        # The report must not mix with the file.
        if str(path) == "-":
            report = self._write(options["format"], scope, sys.stdout.buffer)
            self._say(report, self.stderr, options)
            return
        with path.open("wb") as out:
            report = self._write(options["format"], scope, out)
        self._say(report, self.stdout, options)

    def _write(self, name: str, scope: ExportScope, out: BinaryIO) -> WrittenReport:
        with bar("Writing") as progress:
            return export(name, scope, out, progress)

    def _say(self, report: WrittenReport, to: Any, options: dict[str, Any]) -> None:
        wire = report.wire()
        if options["json"]:
            to.write(json.dumps(wire, ensure_ascii=False, indent=2))
            return
        to.write(f"Wrote {report.written:,} of {report.served:,} models.")
        if wire["never"]:
            to.write(f"This shape never holds: {'; '.join(wire['never'])}.")
        for row in wire["left_out"][:MOST_SHOWN]:
            to.write(f"  {row['model_id']} is left out: {row['reason']}")
        if len(wire["left_out"]) > MOST_SHOWN:
            to.write(f"  … and {len(wire['left_out']) - MOST_SHOWN:,} more: --json lists all")
        for row in wire["lost"]:
            to.write(f"  {row['what']} of {row['count']:,} models: {row['reason']}")
