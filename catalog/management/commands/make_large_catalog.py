"""`manage.py make_large_catalog`: fill an empty database, to measure with."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from catalog.exchange import synthetic
from catalog.management.command_line import bar
from catalog.management.quick_command import QuickCommand

MOST = 1_000_000


class Command(QuickCommand):
    """Make synthetic models."""

    help = "Fill an empty database with made-up models, to measure on. Not for a site that anyone visits."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--models", type=int, required=True, help=f"How many, up to {MOST:,}.")
        parser.add_argument("--seed", type=int, default=1, help="Another seed gives other names.")
        parser.add_argument("--force", action="store_true", help="Add to the models that are there.")

    def handle(self, *_args: Any, **options: Any) -> None:
        count: int = options["models"]
        if not 1 <= count <= MOST:
            raise CommandError(f"--models is {count}: give a number from 1 to {MOST:,}.")
        try:
            with bar("Making models up") as progress:
                made = synthetic.make(count, seed=options["seed"], force=options["force"], progress=progress)
        except synthetic.OccupiedError as error:
            raise CommandError(f"{error} --force adds them all the same.") from error
        self.stdout.write(f"Made {made} models up.")
