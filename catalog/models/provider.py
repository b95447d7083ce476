"""Providers, and their families of models."""

from django.db import models

from catalog.text.identifiers import short_name
from catalog.vocabulary import Modality


class Sourced(models.Model):
    """A row with its source."""

    source_url = models.URLField(max_length=500, blank=True)
    source_label = models.CharField(max_length=300, blank=True)
    checked_on = models.DateField(null=True, blank=True, help_text="The day the source was read.")
    admin_fields = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text="Fields that an admin has set: loading a catalog file leaves them alone.",
    )

    class Meta:
        abstract = True


class NamedRow(models.Model):
    """A row with a name."""

    class Meta:
        abstract = True

    @property
    def display_name(self) -> str:
        """Return the name on one line."""
        # Names stored earlier may be longer than is allowed now.
        return short_name(getattr(self, "name", ""))


class Provider(NamedRow, Sourced):
    """The organisation whose models these are."""

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ["name", "slug"]

    def __str__(self) -> str:
        return self.name


class Family(NamedRow, Sourced):
    """A line of models."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="families")
    slug = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    modality = models.CharField(max_length=10, choices=Modality, blank=True)
    price_claim = models.CharField(
        max_length=300,
        blank=True,
        help_text="What its seller claims of its prices, in words. Never an amount.",
    )
    price_claim_source = models.URLField(max_length=500, blank=True)
    overview = models.TextField(blank=True, help_text="Markdown.")
    best_for = models.JSONField(
        default=list,
        # A default of the database, too: release 0.1.0 writes rows without this column.
        db_default=models.Value([], models.JSONField()),
        blank=True,
        help_text='[{"title": "Agents", "body": "Markdown.", "rests_on": "tool_call"}]',
    )

    class Meta:
        ordering = ["name", "slug"]
        verbose_name_plural = "families"

    def __str__(self) -> str:
        return self.name
