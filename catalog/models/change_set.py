"""Price changes that are reviewed together and take effect as one."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from catalog.models.price import Price, PriceColumns
from catalog.models.revision import Revision
from catalog.models.variant import Variant
from catalog.pricing.price import PriceValue
from catalog.vocabulary import ChangeSetState


class ChangeSet(models.Model):
    """Price edits: a draft, then approved for an instant."""

    state = models.CharField(max_length=10, choices=ChangeSetState, default=ChangeSetState.DRAFT)
    reason = models.CharField(max_length=500, help_text="Kept in the history; visitors do not see it.")
    source_label = models.CharField("source", max_length=300, help_text="What says so. Visitors see it.")
    source_url = models.URLField("source address", max_length=500, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    applies_at = models.DateTimeField(null=True, blank=True)
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, null=True, blank=True, related_name="change_sets"
    )
    undoes = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="undone_by"
    )

    class Meta:
        ordering = ["-pk"]
        permissions = [("approve_changeset", "Can approve change sets")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(applies_at__isnull=False, revision__isnull=False),
                name="change_set_approved_for_an_instant",
            )
        ]

    def __str__(self) -> str:
        return f"Change set {self.pk}"

    def stage(self, at: datetime) -> str:
        """Return draft, scheduled, applied or cancelled."""
        if self.state == ChangeSetState.APPROVED and self.applies_at is not None:
            # Derived, not stored: approving stores the dated prices, and no job has to apply them.
            return "scheduled" if self.applies_at > at else "applied"
        return str(self.state)


class PriceEdit(PriceColumns):
    """One price change; `based_on` is null for a new price."""

    change_set = models.ForeignKey(ChangeSet, on_delete=models.CASCADE, related_name="edits")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+", verbose_name="model")
    based_on = models.ForeignKey(Price, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    effective_until = models.DateTimeField(
        null=True, blank=True, help_text="The end of a promotion; then the price before it begins again."
    )
    ends = models.BooleanField(default=False, help_text="The price ends and nothing takes its place.")
    created = models.ForeignKey(Price, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["change_set", "variant", "kind", "meter", "conditions_key"],
                name="price_edit_once_per_set",
            )
        ]

    def __str__(self) -> str:
        return f"{self.variant}: {self.kind} {self.meter}"

    @property
    def becomes(self) -> PriceValue | None:
        """Return the new price, None if the price ends."""
        return None if self.ends else self.value
