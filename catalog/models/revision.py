"""The audit: one revision per publish, one event per changed fact."""

from typing import Self

from django.conf import settings
from django.db import models

from catalog.vocabulary import PROMISE_KIND, ChangeKind, Origin


class Revision(models.Model):
    """One publish."""

    # Bumped in the transaction of the write.
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


class ChangeEventQuerySet(models.QuerySet["ChangeEvent"]):
    """Queries by kind."""

    def public(self) -> Self:
        """Leave out what the operator promises: it is in the audit, and no change of the catalog."""
        return self.exclude(exact_kind=PROMISE_KIND)


class ChangeEvent(models.Model):
    """One changed fact; `before` and `after` are JSON, null is nothing.

    A price is an object, fields are an object, a list is all its rows.
    """

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=ChangeKind, help_text="The group of its kind.")
    # Release 0.1.0 knows four kinds, and writes rows without this column.
    exact_kind = models.CharField(  # noqa: DJ001
        max_length=10, choices=[*ChangeKind.choices, (PROMISE_KIND, "Promise")], null=True, editable=False
    )
    variant = models.ForeignKey(
        "catalog.Variant", on_delete=models.SET_NULL, null=True, blank=True, related_name="change_events"
    )
    subject = models.CharField(max_length=200, help_text="The model ID, or the family or provider.")
    summary = models.CharField(max_length=500)
    # Rows of release 0.1.0 have prices as sentences.
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)

    objects = ChangeEventQuerySet.as_manager()

    class Meta:
        ordering = ["-revision_id", "-pk"]
        indexes = [models.Index(fields=["kind"]), models.Index(fields=["subject"])]

    def __str__(self) -> str:
        return self.summary

    @property
    def change_kind(self) -> ChangeKind:
        """Return the exact kind, the group of a promise."""
        exact = None if self.exact_kind == PROMISE_KIND else self.exact_kind
        return ChangeKind(exact or self.kind)
