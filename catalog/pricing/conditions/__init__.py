"""When a price holds: conditions that compose, and which of two sets wins.

The most conditions win, then the tighter prompt limit. Ties are refused on save, except of list prices in
files.
"""

from catalog.pricing.conditions.circumstances import Circumstances
from catalog.pricing.conditions.condition import Condition
from catalog.pricing.conditions.kinds import CLOCK, DECIDED, KINDS
from catalog.pricing.conditions.names import is_known, near
from catalog.pricing.conditions.order import reading_order
from catalog.pricing.conditions.sets import (
    Conditions,
    canonical,
    describe,
    holds,
    overlap,
    parse,
    ties,
    unsettled_ties,
    winners,
)

__all__ = [
    "CLOCK",
    "DECIDED",
    "KINDS",
    "Circumstances",
    "Condition",
    "Conditions",
    "canonical",
    "describe",
    "holds",
    "is_known",
    "near",
    "overlap",
    "parse",
    "reading_order",
    "ties",
    "unsettled_ties",
    "winners",
]
