"""What the operator promises."""

from django.db import models

from catalog.models.provider import Sourced
from catalog.vocabulary import PromiseName


class Promise(Sourced):
    """One promise of whoever runs this site; pages say only what is stated here."""

    name = models.CharField(max_length=40, unique=True, choices=PromiseName)
    value = models.CharField(
        max_length=300,
        blank=True,
        help_text="Of days: a number. Of an address: a path below the API's base URL, like /api_keys. "
        "Else empty.",
    )
    # Kept when withdrawn, so that loading a file does not promise it again.
    is_stated = models.BooleanField(
        "promised", default=True, help_text="Without it, no page, file or answer says so."
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return str(self.get_name_display())

    @property
    def slug(self) -> str:
        """Return its name in the audit and in files."""
        return self.name
