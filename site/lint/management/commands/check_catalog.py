"""`manage.py check_catalog`: lint the catalog and its pages."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.management.command_line import bar, instant
from catalog.models import Variant
from lint.run import ask, check


class Command(BaseCommand):
    """Print every problem and question; fail if there is a problem."""

    help = "Check every record, every rendered page and every internal link."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--at", type=instant, help="as of an instant (2026-12-01T00:00:00Z) or a date; without it, now"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        # Pages name their style sheets: before the first start of the site, none is collected.
        if not (settings.STATIC_ROOT / "staticfiles.json").is_file():
            call_command("collectstatic", interactive=False, verbosity=0)
        with bar("Checking pages") as progress:
            problems = check(options["at"], progress)
        for problem in problems:
            self.stdout.write(str(problem))
        # A person may answer them with "yes, so it is": they fail nothing.
        for question in ask(options["at"]):
            self.stdout.write(str(question))
        checked = f"{Variant.objects.count()} models"
        if problems:
            msg = f"{len(problems)} problems in {checked}"
            raise CommandError(msg)
        self.stdout.write(f"0 problems in {checked}")
