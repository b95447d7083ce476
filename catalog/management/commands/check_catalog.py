"""`manage.py check_catalog`: lint the catalog and every page that shows it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.dateparse import parse_datetime

from catalog.checks import check
from catalog.management.progress import bar
from catalog.models import Variant


class Command(BaseCommand):
    """Print every problem with its place; fail if there is one."""

    help = "Check every record, every rendered page and every internal link."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--at", help="Check the catalog as of an instant, for example 2026-12-01T00:00:00Z."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        at = parse_datetime(options["at"]) if options["at"] else None
        if options["at"] and (at is None or at.tzinfo is None):
            msg = f"--at {options['at']!r} is not an instant: write it as 2026-12-01T00:00:00Z"
            raise CommandError(msg)
        with bar("Checking pages") as progress:
            problems = check(at, progress)
        for problem in problems:
            self.stdout.write(str(problem))
        checked = f"{Variant.objects.count()} models"
        if problems:
            msg = f"{len(problems)} problems in {checked}"
            raise CommandError(msg)
        self.stdout.write(f"0 problems in {checked}")
