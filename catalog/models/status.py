"""The health of models as the operator declares it."""

from django.db import models
from django.db.models import F, Q

from catalog.models.variant import Variant
from catalog.vocabulary import Severity


class StatusEvent(models.Model):
    """A span of trouble or maintenance. No open event means operational."""

    variant = models.ForeignKey(
        Variant, on_delete=models.PROTECT, related_name="status_events", verbose_name="model"
    )
    severity = models.CharField(
        max_length=12, choices=[choice for choice in Severity.choices if choice[0] != Severity.OPERATIONAL]
    )
    message = models.CharField(max_length=500)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

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
