"""Writes the catalog as files that `import_catalog` reads back unchanged."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.formats.dump import dump
from catalog.formats.render import render
from catalog.management.progress import bar


class Command(BaseCommand):
    """Write one TOML file for each provider."""

    help = "Write the catalog as TOML files, one for each provider."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, help="where to write; made if it is not there")

    def handle(self, *_args: Any, **options: Any) -> None:
        directory: Path = options["directory"]
        files = render(dump())
        try:
            directory.mkdir(parents=True, exist_ok=True)
            with bar("Writing") as progress:
                for done, (provider, text) in enumerate(files.items(), start=1):
                    (directory / f"{provider}.toml").write_text(text, encoding="utf-8")
                    progress(done, len(files))
        except OSError as error:
            message = f"{directory} cannot be written: {error.strerror}"
            raise CommandError(message) from error
        self.stdout.write(f"Wrote {len(files)} files to {directory}.")
