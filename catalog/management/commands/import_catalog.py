"""Loads catalog files of one's own."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from catalog.management import loading


class Command(BaseCommand):
    """Load TOML or JSON files in the catalog's own format."""

    help = "Load catalog files: one transaction, or nothing at all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="+", type=Path, help="a .toml or .json file, one provider each")
        loading.add_options(parser)

    def handle(self, *_args: Any, **options: Any) -> None:
        names = ", ".join(path.name for path in options["file"])
        loading.load(options["file"], self.stdout, options, f"Import of {names}")
