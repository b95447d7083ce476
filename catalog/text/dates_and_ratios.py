"""Dates and ratios for people."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.dateformat import format as format_date

from catalog.text.language import say


def spoken(day: str) -> str:
    """Return a date for people: "30 November 2026", "January 2025"."""
    if len(day) == 7:
        return format_date(date.fromisoformat(f"{day}-01"), say("F Y"))
    return format_date(date.fromisoformat(day), say("j F Y"))


def rounded(value: Decimal) -> str:
    """Return a ratio to two decimals, with "about" if inexact."""
    shown = value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    digits = f"{shown:f}".rstrip("0").rstrip(".")
    return digits if shown == value else say("about {number}", number=digits)


def percent(old: Decimal, new: Decimal) -> Decimal:
    """Return the change in percent of the old amount."""
    return (new - old) * 100 / old


def percent_words(old: Decimal, new: Decimal) -> str:
    """Return a change in words: "about 33.33% less"."""
    step = percent(old, new)
    return f"{rounded(abs(step))}% {'more' if step > 0 else 'less'}"
