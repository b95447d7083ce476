"""Prices whose unit was inferred, and that would be too good to be true."""

from collections.abc import Iterable
from decimal import Decimal

from catalog.pricing.conditions import overlap
from catalog.pricing.price import PriceValue

# Below this share of the provider's own price, the inferred unit is more likely wrong than the price right.
TENTH = 10
_SECONDS = ("video_seconds", "audio_seconds")


def is_too_low(sell: PriceValue, listed: Iterable[PriceValue], seconds: Decimal) -> bool:
    """Whether a price is below a tenth of each list price that can hold with it.

    A price per request is held against an image, or against the `seconds` of a usual call.
    """
    if sell.kind != "sell" or not sell.amount:
        return False
    costs = [cost for price in listed if (cost := _alike(sell, price, seconds)) is not None]
    # One unit of the sell price, times what one of the list price is counted per: no division, no rounding.
    return bool(costs) and all(sell.amount * TENTH * per < amount * sell.per for amount, per in costs)


def _alike(sell: PriceValue, price: PriceValue, seconds: Decimal) -> tuple[Decimal, int] | None:
    if price.kind != "list" or not price.amount or price.currency != sell.currency:
        return None
    if not overlap(sell.conditions, price.conditions):
        return None
    if price.meter == sell.meter:
        return price.amount, price.per
    if sell.meter == "requests" and price.meter == "images":
        return price.amount, price.per
    if sell.meter == "requests" and price.meter in _SECONDS:
        return price.amount * seconds, price.per
    return None
