"""The history of the catalog: one revision per publish, one event per fact that changed."""

from django.conf import settings
from django.db import models

from catalog.vocabulary import ChangeKind, Origin


class Revision(models.Model):
    """One publish. Its number is bumped in the transaction of the write."""

    number = models.PositiveIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    origin = models.CharField(max_length=5, choices=Origin)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Revision {self.number}"


class ChangeEvent(models.Model):
    """One fact that a revision changed, with the value before and after.

    Both are JSON values: a price is an object with its amount as a decimal string, fields are an object of
    what they were or are, a list is all of its rows; null is nothing. Release 0.1.0 kept prices as sentences.
    """

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=ChangeKind, help_text="The group of its kind.")
    # Release 0.1.0 knows four kinds, and writes rows without this column.
    exact_kind = models.CharField(max_length=10, choices=ChangeKind, null=True, editable=False)  # noqa: DJ001
    variant = models.ForeignKey(
        "catalog.Variant", on_delete=models.SET_NULL, null=True, blank=True, related_name="change_events"
    )
    subject = models.CharField(max_length=200, help_text="The model ID, or the family or provider.")
    summary = models.CharField(max_length=500)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["-revision_id", "-pk"]
        indexes = [models.Index(fields=["kind"]), models.Index(fields=["subject"])]

    def __str__(self) -> str:
        return self.summary

    @property
    def change_kind(self) -> ChangeKind:
        """The kind of the change."""
        return ChangeKind(self.exact_kind or self.kind)
