"""Other catalogs' values, beside the record, never in its place."""

from datetime import UTC, datetime, time

from django.conf import settings
from django.db import models

from catalog.models.revision import Revision
from catalog.models.variant import Variant


class SourceClaim(models.Model):
    """One value in another catalog; `listed_as` is its name for the model.

    `field` is a path: `context_window`, `capabilities.tool_call`, `prices.list.input_tokens{"…":…}`.
    """

    variant = models.ForeignKey(
        Variant, on_delete=models.CASCADE, related_name="claims", verbose_name="model"
    )
    source = models.CharField(max_length=40)
    listed_as = models.CharField(max_length=300)
    field = models.CharField(max_length=300)
    value = models.JSONField()
    as_of = models.DateField()
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "source claim"
        ordering = ["variant_id", "field", "source", "listed_as"]
        constraints = [
            models.UniqueConstraint(
                fields=["variant", "source", "listed_as", "field"], name="source_claim_once"
            )
        ]
        indexes = [models.Index(fields=["source", "variant"]), models.Index(fields=["field"])]

    def __str__(self) -> str:
        return f"{self.source}: {self.field}"


class ImportFile(models.Model):
    """An uploaded file of another catalog."""

    format = models.CharField(max_length=40)
    mode = models.CharField(max_length=10, choices=[("models", "Models"), ("evidence", "Evidence")])
    provider = models.CharField(max_length=100, blank=True)
    file_name = models.CharField("file", max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(editable=False)  # what is imported is what was previewed
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    as_of = models.DateField(
        null=True, blank=True, help_text="The day that the copy is of, where it is not that of the upload."
    )
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, null=True, blank=True, related_name="imports"
    )
    counts = models.JSONField(default=dict, blank=True)
    left_out = models.JSONField(default=dict, blank=True)
    """`rows` that were refused or unmatched, and the number of `more`."""

    class Meta:
        verbose_name = "import"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Import {self.pk}"

    @property
    def read_at(self) -> datetime:
        """Return the instant as of which the file is read."""
        return datetime.combine(self.as_of, time(), tzinfo=UTC) if self.as_of else self.created_at
