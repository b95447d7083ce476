"""Ends what a factor made of a price, once no factor of its model makes it any more."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Protocol

from django.db import models
from django.db.models import Q

from catalog.models import Price, Variant
from catalog.pricing.factors import is_made, read_factors
from catalog.publishing.build_records import dated_price
from catalog.publishing.event_values import subject
from catalog.records.phrases import price_text
from catalog.vocabulary import ChangeKind


class Writes(Protocol):
    """What of an edition, which calls this, is used here."""

    at: datetime
    stated: set[int]

    def record(self, kind: ChangeKind, subject: Variant, summary: str, *, before: Any = None) -> None:
        """Record a change."""

    def change(self, row: models.Model, values: dict[str, Any]) -> Any:
        """Set fields."""

    def remove(self, rows: Iterable[models.Model]) -> None:
        """Delete rows."""


def end(edition: Writes, variants: Collection[int]) -> None:
    """End the products of models whose factors have changed; those that are only announced are removed."""
    lasting = Price.objects.filter(Q(effective_until__isnull=True) | Q(effective_until__gt=edition.at))
    rows_by_variant: defaultdict[int, list[Price]] = defaultdict(list)
    # The latest first: a product that is announced goes before the one that it was to follow ends.
    for row in lasting.filter(variant__in=variants).select_related("variant").order_by("-effective_from"):
        rows_by_variant[row.variant_id].append(row)
    for rows in rows_by_variant.values():
        factors = read_factors(rows[0].variant.price_factors)
        bases = [row.value for row in rows if row.factor is None or row.pk in edition.stated]
        for row in rows:
            is_product = row.factor is not None and row.pk not in edition.stated
            if is_product and not any(is_made(row.value, base, factors) for base in bases):
                _end(edition, row)


def _end(edition: Writes, row: Price) -> None:
    before, amount = dated_price(row), price_text(row.value)
    if row.effective_from > edition.at:
        summary = f"{subject(row)}: announced price of {amount} cancelled: no factor makes it"
        edition.record(ChangeKind.PRICE, row.variant, summary, before=before)
        edition.remove([row])
        return
    summary = f"{subject(row)} of {amount} ends, from {edition.at:%Y-%m-%d %H:%M} UTC on: no factor makes it"
    edition.record(ChangeKind.PRICE, row.variant, summary, before=before)
    edition.change(row, {"effective_until": edition.at})
