"""Finds when fallback prices price nothing, since each request has a price of its own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from catalog.models import Parameter, Price
from catalog.pricing.conditions import KINDS
from catalog.pricing.fallbacks import is_covered
from catalog.pricing.price import PriceValue

Span = tuple[datetime, datetime | None]


def covered_spans(rows: Sequence[Price], parameters: Sequence[Parameter], at: datetime) -> dict[int, Span]:
    """Return from when until when no request reaches a fallback, by its number; None is until it ends.

    Of several spans it is the first that has not passed at an instant, else the last.
    """
    if not parameters or all(row.conditions.keys() <= KINDS.keys() for row in rows):
        return {}
    values = {row.pk: row.value for row in rows}
    chosen = {}
    for row in rows:
        tiers = [other for other in rows if _is_tier(other, row)]
        stated = stated_values(parameters, row.conditions.get("action")) if tiers else {}
        spans = list(_spans(row, tiers, values, stated))
        if spans:
            chosen[row.pk] = next((span for span in spans if span[1] is None or span[1] > at), spans[-1])
    return chosen


def stated_values(parameters: Iterable[Parameter], action: str | None) -> dict[str, list[Any]]:
    """Return all values of the parameters of an action that take only some."""
    values: dict[str, list[Any]] = {}
    for row in parameters:
        if action in (None, row.action) and row.name not in KINDS:
            stated = [True, False] if row.type == "boolean" else row.enum or []
            values[row.name] = [*values.get(row.name, []), *stated]
    return {name: stated for name, stated in values.items() if stated}


def _is_tier(row: Price, fallback: Price) -> bool:
    return (row.kind, row.meter) == (
        fallback.kind,
        fallback.meter,
    ) and fallback.conditions.items() < row.conditions.items()


def _spans(
    row: Price, tiers: Sequence[Price], values: Mapping[int, PriceValue], stated: Mapping[str, list[Any]]
) -> Iterator[Span]:
    since: datetime | None = None
    # Nothing changes between two cuts: each is asked once.
    for cut in _cuts(row, tiers):
        in_force = [values[tier.pk] for tier in tiers if _holds(tier, cut)]
        covers = is_covered(values[row.pk], in_force, stated)
        if covers and since is None:
            since = cut
        elif since is not None and not covers:
            yield since, cut
            since = None
    if since is not None:
        yield since, None


def _cuts(row: Price, tiers: Iterable[Price]) -> list[datetime]:
    instants = {
        instant for tier in tiers for instant in (tier.effective_from, tier.effective_until) if instant
    }
    return sorted({row.effective_from, *(instant for instant in instants if _holds(row, instant))})


def _holds(row: Price, at: datetime) -> bool:
    return row.effective_from <= at and (row.effective_until is None or at < row.effective_until)
