"""Promotions of the desk: prices that end, after which the price before them begins again."""

from dataclasses import replace

from catalog.models import Price
from catalog.publishing.price_changes import Successor, add, begin, cancel, set_end
from catalog.publishing.price_factors import cancel_products, is_product
from catalog.publishing.publish import Edition


def resume(edition: Edition, before: Price, promotion: Price) -> Price:
    """Add the price before a promotion again, from its end on."""
    if promotion.effective_until is None:
        raise ValueError(f"promotion {promotion.pk} has no end")
    new = Successor(
        value=replace(before.value, is_promotion=False),
        effective_from=promotion.effective_until,
        source_url=before.source_url,
        source_label=before.source_label,
        reason=promotion.reason,
        checked_on=before.checked_on,
        note=before.note,
        omits=before.omits,
    )
    return add(edition, begin(edition, before.variant, new, before))


def cancel_announced(edition: Edition, announced: Price) -> None:
    """Cancel an announced price with its products; the one before continues."""
    cancel_products(edition, announced)
    cancel(edition, announced)


def cancel_promotion(edition: Edition, promotion: Price) -> None:
    """Cancel an announced promotion and what resumes after it; the price before continues instead."""
    if promotion.effective_until is None:
        raise ValueError(f"promotion {promotion.pk} has no end")
    until = promotion.effective_until
    same = Price.objects.filter(
        variant=promotion.variant, kind=promotion.kind, meter=promotion.meter
    ).select_related("variant")
    made = same.filter(revision=promotion.revision_id, effective_from=promotion.effective_from)
    keys = {row.conditions_key for row in made}
    follower = same.filter(conditions_key=promotion.conditions_key, effective_from=until).first()
    is_resumed = follower is not None and follower.revision_id == promotion.revision_id
    if follower and is_resumed:
        cancel_announced(edition, follower)
    cancel_announced(edition, promotion)
    if follower and not is_resumed:
        return  # another price that somebody announced: the one before continues until it begins
    # These would end where the promotion was to end. Any other row that ends then does so by itself.
    for row in same.filter(effective_until=until, is_promotion=False, conditions_key__in=keys):
        if row.conditions_key == promotion.conditions_key or is_product(row, promotion):
            # What was to follow the resumed price follows the one that goes on in its place.
            set_end(edition, row, follower.effective_until if follower else None)
