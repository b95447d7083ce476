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
    """One fact that a revision changed, with the value before and after."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=ChangeKind)
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
