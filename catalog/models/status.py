"""Incidents and maintenance that the operator declares."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from catalog.models.variant import Variant
from catalog.vocabulary import Severity


class StatusEventQuerySet(models.QuerySet["StatusEvent"]):
    """Queries by time."""

    def at(self, at: datetime) -> Self:
        """Return open events: start inclusive, end exclusive."""
        return self.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=at), started_at__lte=at)


class StatusEvent(models.Model):
    """An incident or maintenance."""

    variant = models.ForeignKey(
        Variant, on_delete=models.PROTECT, related_name="status_events", verbose_name="model"
    )
    # No open event means operational: that is never declared.
    severity = models.CharField(
        max_length=12, choices=[choice for choice in Severity.choices if choice[0] != Severity.OPERATIONAL]
    )
    message = models.CharField(max_length=500)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = StatusEventQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="status_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["ended_at"])]

    def __str__(self) -> str:
        return f"{self.severity} since {self.started_at:%Y-%m-%d %H:%M}"
