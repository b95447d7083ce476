"""What a write computes so that a request need not: each model's record, and its facet values."""

from django.db import models

from catalog.models.variant import Variant


class Document(models.Model):
    """One model's record (`catalog.record.Record`) as JSON text, rebuilt with every change."""

    variant = models.OneToOneField(
        Variant, on_delete=models.CASCADE, primary_key=True, related_name="document"
    )
    body = models.TextField()
    revision = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"Record of {self.variant_id}"


class FacetValue(models.Model):
    """One value of a model's list fields, as a row that both databases can filter and count."""

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="facet_values")
    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["variant", "facet", "value"], name="facet_value_once")]
        indexes = [models.Index(fields=["facet", "value", "variant"])]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}"
