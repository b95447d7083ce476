"""The facet index: which models have which value, and when."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from catalog.models.variant import Variant


class FacetClock(models.Model):
    """The instant of all bits and tallies, in one row."""

    # Writers lock this row.
    as_of = models.DateTimeField()
    writes = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"As of {self.as_of:%Y-%m-%d %H:%M:%S}"


class FacetBits(models.Model):
    """The models of a segment with a value, one bit each."""

    segment = models.PositiveBigIntegerField()
    # Empty: the bits of all models that exist.
    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=100)
    bits = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["segment", "facet", "value"], name="facet_bits_once"),
        ]
        indexes = [models.Index(fields=["facet", "value"])]

    def __str__(self) -> str:
        return f"{self.facet}={self.value} in {self.segment}"


class FacetTally(models.Model):
    """How many models have a value."""

    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=100)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facet", "value"], name="facet_tally_once")]
        indexes = [models.Index(fields=["facet", "-count", "value"])]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}: {self.count}"


class FacetSpanQuerySet(models.QuerySet["FacetSpan"]):
    """Queries by time."""

    def at(self, at: datetime) -> Self:
        """Return the spans that hold."""
        return self.filter(Q(since__isnull=True) | Q(since__lte=at), Q(until__isnull=True) | Q(until__gt=at))


class FacetSpan(models.Model):
    """When a model has a value: `since` inclusive, `until` exclusive."""

    variant = models.ForeignKey(Variant, models.CASCADE, related_name="facet_spans")
    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=100)
    # USD per million, to sort and filter by; never shown, so a float will do.
    amount = models.FloatField(null=True)
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)

    objects = FacetSpanQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["since"]),
            models.Index(fields=["until"]),
            models.Index(
                fields=["facet", "amount", "variant", "since", "until"],
                condition=Q(amount__isnull=False),
                name="facet_span_by_amount",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.facet}={self.value} of {self.variant_id}"


class ListKey(models.Model):
    """A model's sort keys in lists."""

    variant = models.OneToOneField(Variant, models.CASCADE, primary_key=True, related_name="list_key")
    # Bytes sort alike on every database; texts do not.
    name_key = models.BinaryField()
    released_on = models.DateField(null=True)
    context_window = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["name_key", "variant"]),
            models.Index(fields=["released_on", "variant"]),
            models.Index(fields=["context_window", "variant"]),
        ]

    def __str__(self) -> str:
        return f"Order of {self.variant_id}"
