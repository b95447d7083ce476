"""Prices: dated rows that are closed, never edited."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from catalog.models.revision import Revision
from catalog.models.variant import Variant
from catalog.pricing.price import PriceValue
from catalog.pricing.quote import PriceRow
from catalog.vocabulary import Origin, PriceKind, PriceState

LONGEST_OMITS = 300


class PriceColumns(models.Model):
    """The columns of a price."""

    kind = models.CharField(max_length=4, choices=PriceKind)
    state = models.CharField(max_length=10, choices=PriceState, default=PriceState.KNOWN)
    meter = models.CharField(max_length=30)
    per = models.PositiveIntegerField(help_text="How many of the meter the amount is for.")
    amount = models.DecimalField(max_digits=15, decimal_places=9, null=True, blank=True)
    currency = models.CharField(max_length=3, default="USD")
    conditions = models.JSONField(default=dict, blank=True)
    # The canonical text, which constraints and indexes compare by.
    conditions_key = models.TextField(default="{}", editable=False)
    minimum = models.DecimalField(
        max_digits=15,
        decimal_places=9,
        null=True,
        blank=True,
        help_text="The least of the meter that each call is billed for.",
    )
    step = models.DecimalField(
        max_digits=15,
        decimal_places=9,
        null=True,
        blank=True,
        help_text="Each call is billed in whole steps of this many.",
    )
    # A default of the database, too: release 0.1.0 writes rows without it.
    is_promotion = models.BooleanField(default=False, db_default=False)

    class Meta:
        abstract = True

    @property
    def value(self) -> PriceValue:
        """Return the price; ValueError if the columns hold none."""
        return PriceValue.from_row(self)


class PriceQuerySet(models.QuerySet["Price"]):
    """Queries by time."""

    def at(self, at: datetime) -> Self:
        """Return rows in force: start inclusive, end exclusive."""
        return self.filter(
            Q(effective_until__isnull=True) | Q(effective_until__gt=at), effective_from__lte=at
        )

    def quotable(self, at: datetime) -> Self:
        """Leave out what is held back, and fallbacks that no request reaches at an instant."""
        is_reached = Q(covered_from__isnull=True) | Q(covered_from__gt=at) | Q(covered_until__lte=at)
        return self.filter(is_reached, is_held_back=False)

    def after(self, at: datetime) -> Self:
        """Return announced rows."""
        return self.filter(effective_from__gt=at)


class Price(PriceColumns):
    """One priced meter of a model; `catalog.models.triggers` guards it."""

    variant = models.ForeignKey(
        Variant, on_delete=models.PROTECT, related_name="prices", verbose_name="model"
    )
    effective_from = models.DateTimeField()
    effective_until = models.DateTimeField(null=True, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    source_label = models.CharField(max_length=300, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    origin = models.CharField(max_length=5, choices=Origin, default=Origin.FILE)
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="prices", null=True, editable=False
    )

    factor = models.DecimalField(
        max_digits=15,
        decimal_places=9,
        null=True,
        blank=True,
        editable=False,
        help_text="What a rule of the model multiplied its base price by.",
    )

    # Beside the frozen columns: what is learned of a price later. Release 0.1.0 writes rows without them.
    on_record_since = models.DateTimeField(
        null=True, blank=True, help_text="The instant it was first read, where it may have held before."
    )
    unit_is_inferred = models.BooleanField(default=False, db_default=False)
    unit_confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    omits = models.CharField(
        max_length=LONGEST_OMITS,
        blank=True,
        default="",
        db_default="",
        help_text="What its source also prices, and this catalog has no place for.",
    )
    # Of the unit, the parameters and the other prices: set where records are built.
    is_held_back = models.BooleanField(default=False, db_default=False, editable=False)
    covered_from = models.DateTimeField(null=True, blank=True, editable=False)
    covered_until = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PriceQuerySet.as_manager()

    class Meta:
        ordering = ["variant_id", "kind", "meter", "conditions_key", "-effective_from"]
        constraints = [
            models.CheckConstraint(
                # A comparison with NULL is neither true nor false, and passes: so NULL is named.
                condition=Q(state="known", amount__isnull=False, amount__gt=0)
                | Q(state="free", amount__isnull=False, amount=0)
                | Q(state__in=["dynamic", "on_request"], amount__isnull=True),
                name="price_amount_fits_state",
            ),
            models.CheckConstraint(condition=Q(per__gt=0), name="price_per_positive"),
            models.CheckConstraint(
                condition=Q(minimum__isnull=True) | Q(minimum__gt=0), name="price_minimum_positive"
            ),
            models.CheckConstraint(
                condition=Q(step__isnull=True) | Q(step__gt=0), name="price_step_positive"
            ),
            models.CheckConstraint(
                condition=Q(is_promotion=False) | Q(effective_until__isnull=False),
                name="price_promotion_ends",
            ),
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True) | Q(effective_until__gt=F("effective_from")),
                name="price_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(kind__in=["sell", "list"]), name="price_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=["known", "free", "dynamic", "on_request"]), name="price_state_known"
            ),
        ]
        indexes = [
            models.Index(fields=["variant", "kind", "meter", "conditions_key", "effective_from"]),
            models.Index(fields=["effective_from"]),
            models.Index(fields=["effective_until"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.meter} from {self.effective_from:%Y-%m-%d}"

    @property
    def is_doubtful(self) -> bool:
        """Whether its unit is inferred and nobody has confirmed it."""
        return self.unit_is_inferred and self.unit_confirmed_at is None

    @property
    def row(self) -> PriceRow:
        """Return the row for quotes."""
        return PriceRow(
            self.pk, self.value, self.effective_from, self.effective_until, self.on_record_since is not None
        )
