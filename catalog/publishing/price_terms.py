"""Checks drafted units and conditions against models' parameters."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from catalog.models import Parameter, PriceEdit
from catalog.pricing.conditions import is_known
from catalog.publishing.price_changes import RefusedLinesError
from catalog.publishing.price_warnings import OddTerm, odd_terms

MOST_AT_ONCE = 5_000
END_IT = " End this price and add one under the right name."


def recorded_parameters(lookup: str, values: Iterable[Any]) -> dict[Any, set[str]]:
    """Return names of parameters by a lookup such as `variant_id`."""
    names: dict[Any, set[str]] = defaultdict(set)
    keys = sorted(values)
    for start in range(0, len(keys), MOST_AT_ONCE):
        # SQLite bounds the number of parameters in one query.
        some = keys[start : start + MOST_AT_ONCE]
        rows = Parameter.objects.filter(**{f"{lookup}__in": some}).values_list(lookup, "name")
        for key, name in rows.distinct().order_by():
            names[key].add(name)
    return names


def odd_terms_of(edits: Sequence[PriceEdit]) -> list[list[OddTerm]]:
    """List the odd terms of each edit."""
    variants = {edit.variant_id for edit in edits if not all(map(is_known, edit.conditions))}
    parameters = recorded_parameters("variant_id", variants)
    return [
        []
        if edit.ends
        else list(odd_terms(edit.meter, edit.per, edit.conditions, parameters.get(edit.variant_id, set())))
        for edit in edits
    ]


def refuse_slips(edits: Sequence[PriceEdit]) -> None:
    """Raise RefusedLinesError for misspelled condition names."""
    lines = [
        f"{edit}: {term.said}{END_IT if edit.based_on_id else ''}"
        for edit, terms in zip(edits, odd_terms_of(edits), strict=True)
        for term in terms
        if term.is_slip
    ]
    if lines:
        raise RefusedLinesError(lines)
