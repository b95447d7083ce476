"""Writes what factors make of a price, in the publish that writes the price."""

from datetime import datetime
from typing import Any

from catalog.models import Price
from catalog.pricing.factors import CONDITIONS, Product, products, read_factors
from catalog.publishing.price_changes import RefusedError, Successor, add, begin, cancel, set_end, succeed
from catalog.publishing.publish import Edition

CITED = ("source_url", "source_label", "reason", "checked_on", "omits")


def follow(edition: Edition, begun: Price) -> None:
    """Write the products of the prices of a meter, as of one that begins; a stated price stays."""
    if begun.factor is not None or not begun.variant.price_factors:
        return
    at = begun.effective_from
    rows = [row for row in _rows(begun) if row.effective_until is None or row.effective_until > at]
    stated = [row for row in rows if row.factor is None and row.effective_from <= at]
    # The most conditions first: what settles a tie is there before the prices that would tie.
    for base in sorted(stated, key=lambda row: -len(row.conditions)):
        others = {row.conditions_key for row in stated if row.pk != base.pk}
        try:
            made = list(products(base.value, read_factors(base.variant.price_factors), others))
        except ValueError as error:
            raise RefusedError(f"{base.variant}: a factor makes no exact price. {error}") from error
        for product in reversed(made):
            _write(edition, begun, base, product, [row for row in rows if row.value.key == product.value.key])


def _write(edition: Edition, begun: Price, base: Price, product: Product, known: list[Price]) -> None:
    # What begins later, as after a promotion of the same publish, follows this product.
    last = next((row for row in reversed(known) if row.effective_from <= begun.effective_from), None)
    new = Successor(
        value=product.value,
        effective_from=begun.effective_from,
        effective_until=base.effective_until,
        unit_is_inferred=base.is_doubtful,
        factor=product.factor,
        **{name: getattr(base, name) for name in CITED},
    )
    if last is None:
        add(edition, begin(edition, base.variant, new, base))
    elif last.value != product.value:
        succeed(edition, last, new)


def end_products(edition: Edition, base: Price, at: datetime | None, since: datetime | None = None) -> None:
    """End the products of a price with it, or with None let those that ended at `since` go on."""
    for row in _rows(base):
        if is_product(row, base) and row.effective_until == since:
            set_end(edition, row, at)


def cancel_products(edition: Edition, base: Price) -> None:
    """Cancel the announced products of a price before it is cancelled."""
    for row in _rows(base):
        if is_product(row, base) and row.effective_from == base.effective_from > edition.at:
            cancel(edition, row)


def is_product(row: Price, base: Price) -> bool:
    """Whether factors have made a price of a base."""
    if row.factor is None or base.factor is not None:
        return False
    rest = {key: value for key, value in row.conditions.items() if base.conditions.get(key) != value}
    return base.conditions.items() <= row.conditions.items() and bool(rest) and rest.keys() <= {*CONDITIONS}


def _rows(base: Price) -> list[Price]:
    same: dict[str, Any] = {"variant": base.variant, "kind": base.kind, "meter": base.meter}
    return list(Price.objects.filter(**same).select_related("variant").order_by("effective_from"))
