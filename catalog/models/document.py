"""Each model's record, computed when it is saved, not per request."""

from django.db import models

from catalog.models.variant import Variant


class Document(models.Model):
    """One model's record (`catalog.records.record.Record`) as JSON text, rebuilt with every change."""

    variant = models.OneToOneField(
        Variant, on_delete=models.CASCADE, primary_key=True, related_name="document"
    )
    body = models.TextField()
    revision = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"Record of {self.variant_id}"
