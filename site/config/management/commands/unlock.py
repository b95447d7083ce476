"""`manage.py unlock USER`: forget a user's wrong passwords."""

from typing import Any

from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.core.management.base import CommandError, CommandParser
from django.db.models import Sum

from catalog.management.quick_command import QuickCommand


class Command(QuickCommand):
    """Clear a user's lock, for all addresses."""

    help = "Clear the lock that wrong passwords have put on a user, for all addresses."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user", help="the name with which the user logs in")

    def handle(self, *_args: Any, user: str, **_options: Any) -> None:
        users = get_user_model()._default_manager  # noqa: SLF001 - Django's documented way
        if not users.filter(**{get_user_model().USERNAME_FIELD: user}).exists():
            raise CommandError(f"There is no user {user!r}: give the name that is typed at the log-in.")
        attempts = AccessAttempt.objects.filter(username=user)
        by_address = attempts.values_list("ip_address").order_by("ip_address")
        locks = list(by_address.annotate(Sum("failures_since_start")))
        attempts.delete()
        for address, failures in locks:
            count = f"{failures} wrong password{'s' if failures != 1 else ''}"
            self.stdout.write(f"Forgot {count} of {user} from {address}.")
        self.stdout.write(f"{user} can log in." if locks else f"{user} was not locked: nothing to clear.")
