"""`manage.py load_catalog`: load the bundled catalog."""

from argparse import ArgumentParser
from typing import Any

from catalog.exchange.load import bundled_files
from catalog.management import loading
from catalog.management.quick_command import QuickCommand
from catalog.models import Variant


class Command(QuickCommand):
    """Load `catalog/data/*.toml`."""

    help = "Load the bundled catalog (catalog/data/*.toml)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where there are models already"
        )
        loading.add_options(parser)

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["if_empty"] and (count := Variant.objects.count()):
            self.stdout.write(f"The catalog holds {count} models: the bundled one is not loaded.")
            return
        loading.load(bundled_files(), self.stdout, options, "Bundled catalog", is_whole=True)
