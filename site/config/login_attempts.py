"""Wrong passwords by name and address, counted by django-axes."""

from typing import Any

from axes.backends import AxesStandaloneBackend
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

MOST_ROWS = 10_000  # the newest: visitors can invent any number of names


class LockedOut(AxesStandaloneBackend):
    """Refuse a locked account."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        """Raise PermissionDenied where the name is locked for this address."""
        # A log-in without a request, such as a test's, is not counted.
        if request is not None:
            super().authenticate(request, **credentials)
        return None


class BoundedAttempts(AxesDatabaseHandler):
    """Counts in the database, in at most MOST_ROWS rows."""

    def user_login_failed(
        self, sender: str, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        """Count a wrong password."""
        if request is None:
            return
        super().user_login_failed(sender, credentials, request, **kwargs)
        # Tokens and addresses that were asked for are nobody's to keep.
        AccessAttempt.objects.exclude(get_data="", post_data="").update(get_data="", post_data="")
        past = AccessAttempt.objects.order_by("-pk").values_list("pk", flat=True)[MOST_ROWS : MOST_ROWS + 1]
        for newest_to_go in past:
            AccessAttempt.objects.filter(pk__lte=newest_to_go).delete()
