"""Stored records of models."""

from django.db import models

from catalog.models.variant import Variant


class Document(models.Model):
    """A model's `catalog.records.record.Record` as JSON text."""

    variant = models.OneToOneField(
        Variant, on_delete=models.CASCADE, primary_key=True, related_name="document"
    )
    # Computed with each change, not per request.
    body = models.TextField()
    revision = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"Record of {self.variant_id}"
