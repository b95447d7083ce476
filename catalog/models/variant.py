"""Callable models, and their other IDs and addresses."""

from datetime import date, datetime
from typing import Self
from urllib.parse import quote

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, F, Q, Value, When

from catalog.models.provider import Family, Sourced
from catalog.text.derived_names import derived_name
from catalog.text.identifiers import short_name
from catalog.vocabulary import Lifecycle, Modality, TaskType, protocol_choices

STAGED = frozenset({"lifecycle", "deprecated_on", "retires_on"})
"""The columns that decide the stage."""
# A default of the database, too: release 0.1.0 writes rows without these columns.
EMPTY_LIST = Value([], models.JSONField())
CUTOFF = RegexValidator(r"^\d{4}-\d{2}(-\d{2})?$", "Write a month (2025-01) or a day (2025-01-31).")


def retired(at: datetime, path: str = "") -> Q:
    """Return a filter of retired models; `path` leads to the model."""
    # Of a model that is said to be retired a day may say that it was not yet.
    undated = Q(**{f"{path}lifecycle": Lifecycle.RETIRED, f"{path}retires_on__isnull": True})
    return Q(**{f"{path}retires_on__lte": at.date()}) | undated


def stage_by_dates(day: date, lifecycle: str, deprecated_on: date | None, retires_on: date | None) -> str:
    """Return "retired" or "deprecated" where a model is by a day that has come, else ""."""
    if retires_on <= day if retires_on else lifecycle == Lifecycle.RETIRED:
        return "retired"
    return "deprecated" if deprecated_on and deprecated_on <= day else ""


class VariantQuerySet(models.QuerySet["Variant"]):
    """Queries by time."""

    def with_lifecycle(self, at: datetime) -> Self:
        """Annotate `lifecycle_at`, the stage."""
        day = at.date()
        return self.annotate(
            # The dates decide over the stated stage, which may be out of date.
            lifecycle_at=Case(
                When(retired(at), then=Value("retired")),
                When(Q(retires_on__gt=day) | Q(deprecated_on__lte=day), then=Value("deprecated")),
                default=F("lifecycle"),
                output_field=models.CharField(max_length=10),
            )
        )

    def served(self, at: datetime) -> Self:
        """Leave out retired models."""
        return self.exclude(retired(at))


class Variant(Sourced):
    """One callable model."""

    # People see "model"; the class leaves that name to Django.
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="variants")
    model_id = models.CharField("model ID", max_length=200, unique=True, help_text="What a request sends.")
    slug = models.CharField(max_length=200, help_text="What the address shows.")
    name = models.CharField(max_length=200, blank=True, help_text="Blank: one of family and action is shown.")
    modality = models.CharField(max_length=10, choices=Modality, blank=True)
    input_modalities = models.JSONField(default=list, blank=True)
    output_modalities = models.JSONField(default=list, blank=True)
    task_type = models.CharField(max_length=12, choices=TaskType, blank=True)
    lifecycle = models.CharField(
        max_length=10,
        choices=Lifecycle,
        blank=True,
        help_text="The stated stage. A retirement date that is set decides over it.",
    )
    released_on = models.DateField(null=True, blank=True)
    deprecated_on = models.DateField(null=True, blank=True)
    retires_on = models.DateField(
        null=True, blank=True, help_text="The first day on which it no longer answers."
    )
    retires_not_before = models.DateField(
        null=True, blank=True, help_text="The earliest possible day; it retires nothing."
    )
    end_of_life = models.JSONField(default=list, db_default=EMPTY_LIST, blank=True)
    replacement = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    snapshot_on = models.DateField(null=True, blank=True, help_text="Day of a dated snapshot.")
    commercial_use = models.BooleanField(null=True, blank=True)
    open_weights = models.BooleanField(null=True, blank=True)
    license = models.JSONField(null=True, blank=True, help_text='{"name": "MIT", "url": "https://…"}')
    links = models.JSONField(
        default=list,
        db_default=EMPTY_LIST,
        blank=True,
        help_text='[{"kind": "pricing", "url": "https://…"}]',
    )
    context_window = models.PositiveIntegerField(null=True, blank=True, help_text="Tokens.")
    max_input_tokens = models.PositiveIntegerField(null=True, blank=True, help_text="Tokens.")
    max_output_tokens = models.PositiveIntegerField(null=True, blank=True, help_text="Tokens.")
    vector_size = models.PositiveIntegerField(
        null=True, blank=True, help_text="Numbers in a vector of an embedding model."
    )
    knowledge_cutoff = models.CharField(max_length=10, blank=True, validators=[CUTOFF])
    capabilities = models.JSONField(default=list, blank=True)
    lacks = models.JSONField(
        default=list,
        db_default=EMPTY_LIST,
        blank=True,
        help_text="What a source says it cannot do.",
    )
    actions = models.JSONField(default=list, blank=True)
    price_factors = models.JSONField(default=list, db_default=EMPTY_LIST, blank=True)
    price_claim = models.CharField(max_length=300, blank=True)
    price_claim_source = models.URLField(max_length=500, blank=True)
    overview = models.TextField(blank=True, help_text="Markdown. Blank: only what the record says is shown.")
    position = models.PositiveIntegerField(default=0, help_text="Order within the family's file.")
    # The stage last announced, "" for none by its dates; null where nobody has looked yet.
    announced_stage = models.CharField(max_length=10, null=True, blank=True, editable=False)  # noqa: DJ001

    objects = VariantQuerySet.as_manager()

    class Meta:
        verbose_name = "model"
        verbose_name_plural = "models"
        ordering = ["model_id"]
        constraints = [
            models.UniqueConstraint(fields=["family", "slug"], name="variant_slug_once_per_family"),
            models.CheckConstraint(condition=~Q(model_id=""), name="variant_model_id_given"),
            models.CheckConstraint(condition=~Q(slug=""), name="variant_slug_given"),
            models.CheckConstraint(
                condition=Q(replacement__isnull=True) | ~Q(replacement=F("id")),
                name="variant_not_its_own_replacement",
            ),
            models.CheckConstraint(
                condition=Q(retires_on__isnull=True)
                | Q(deprecated_on__isnull=True)
                | Q(retires_on__gte=F("deprecated_on")),
                name="variant_retires_after_deprecation",
            ),
        ]
        indexes = [models.Index(fields=["released_on"]), models.Index(fields=["context_window"])]

    def __str__(self) -> str:
        return self.model_id

    @property
    def display_name(self) -> str:
        """Return the name, else one made of family and action."""
        if name := short_name(self.name):
            return name
        family = self.family
        return derived_name(self.model_id, family.slug, family.display_name, self.actions)

    def stage_by_dates(self, day: date) -> str:
        """Return "retired" or "deprecated" where it is by a day that has come, else ""."""
        return stage_by_dates(day, self.lifecycle, self.deprecated_on, self.retires_on)

    @property
    def path(self) -> str:
        """Return the page's address."""
        return model_path(self.family.slug, self.slug)


class Alias(models.Model):
    """Another ID of a model."""

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="aliases")
    alias_id = models.CharField("alias", max_length=200, unique=True)

    class Meta:
        verbose_name_plural = "aliases"
        ordering = ["alias_id"]

    def __str__(self) -> str:
        return self.alias_id


class FormerSlug(models.Model):
    """A former address: answers 301, or 410 without a model."""

    variant = models.ForeignKey(
        Variant, on_delete=models.CASCADE, null=True, blank=True, related_name="former_slugs"
    )
    family_slug = models.CharField(max_length=100)
    slug = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["family_slug", "slug"], name="former_slug_once")]

    def __str__(self) -> str:
        return f"{self.family_slug}/{self.slug}"


class Endpoint(models.Model):
    """Where a model is called."""

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="endpoints")
    method = models.CharField(max_length=6, choices=[("GET", "GET"), ("POST", "POST")])
    path = models.CharField(max_length=300)
    protocol = models.CharField(max_length=30, choices=protocol_choices)
    action = models.CharField(max_length=100, blank=True)
    task_type = models.CharField(max_length=12, choices=TaskType, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["variant", "method", "path"], name="endpoint_once_per_variant")
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def model_path(family_slug: str, slug: str) -> str:
    """Return the address of a page."""
    return quote(f"/models/{family_slug}/{slug}", safe="/:@~")  # RFC 3986 allows these in a path


def natural_slug(model_id: str, family_slug: str) -> str:
    """Return the default slug: `opus-4-8` for `claude-opus-4-8` in `claude`."""
    rest = model_id.removeprefix(f"{family_slug}-")
    return rest or model_id  # never an empty slug
