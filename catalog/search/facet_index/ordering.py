"""Sorts a selection and cuts one page."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.db.models import F, QuerySet

from catalog.models import FacetSpan, ListKey
from catalog.search.facet_index.counting import Counted
from catalog.search.facet_index.segments import SIZE, WIDTH, Bits, size, spread
from catalog.search.facet_index.spans import PRICE_METERS

# At most so many models are named in a query; for more, their order is walked until the page is full.
FEW = 900
# Sort -> the facet that marks models without a value for it.
STORED = {
    "released_on": "released",
    "context_window": "context",
    **{facet: facet for facet in PRICE_METERS},
}


def page_ids(sort: str, counted: Counted, at: datetime, part: tuple[int, int]) -> list[int]:
    """Return one page of primary keys (`part`: limit, offset)."""
    limit, offset = part
    if not limit:
        return []
    models, out = counted.models, counted.left_out
    # Unknown values come last in both directions.
    unknown = minus(counted.unknown, out)
    name, is_down = sort.removeprefix("-"), sort.startswith("-")
    by_name = ListKey.objects.order_by("name_key", "variant")
    if name not in STORED:
        return _cut(by_name.reverse() if is_down else by_name, models, out, part)
    known_count = counted.count - size(unknown)
    pks: list[int] = []
    if offset < known_count:
        known = None if models is None else minus(models, unknown)
        pks = _cut(_ordered(name, at, is_down=is_down), known, out, part)
    if len(pks) < limit and unknown:
        left = (limit - len(pks), max(0, offset - known_count))
        pks += _cut(by_name, unknown, {}, left)
    return pks


def minus(models: Bits, others: Bits) -> Bits:
    """Return a set without some models."""
    return {segment: bits & ~others.get(segment, 0) for segment, bits in models.items()}


def has(models: Bits, pk: int) -> bool:
    """Whether a set holds a model."""
    return bool((models.get(pk >> WIDTH, 0) >> (pk & (SIZE - 1))) & 1)


def ranked_first(ranked: Sequence[int], models: Bits) -> tuple[list[int], Bits]:
    """Split a set into ranked models, in order, and the rest."""
    first = [pk for pk in ranked if has(models, pk)]
    rest = dict(models)
    for pk in first:
        rest[pk >> WIDTH] &= ~(1 << (pk & (SIZE - 1)))
    return first, rest


def _ordered(name: str, at: datetime, *, is_down: bool) -> "QuerySet[FacetSpan] | QuerySet[ListKey]":
    rows: QuerySet[FacetSpan] | QuerySet[ListKey]
    if name in PRICE_METERS:
        rows = FacetSpan.objects.at(at).filter(facet=name, amount__isnull=False)
        key = "amount"
    else:
        rows = ListKey.objects.filter(**{f"{name}__isnull": False})
        key = name
    order = F(key).desc() if is_down else F(key).asc()
    return rows.order_by(order, F("variant_id").desc() if is_down else F("variant_id").asc())


def _cut(
    rows: "QuerySet[FacetSpan] | QuerySet[ListKey]", models: Bits | None, out: Bits, part: tuple[int, int]
) -> list[int]:
    """Cut a page of `models`, or of all but `out`."""
    limit, offset = part
    pks = rows.values_list("variant_id", flat=True)
    if models is None:
        if size(out) <= FEW:
            return list(pks.exclude(variant_id__in=list(spread(out)))[offset : offset + limit])
        return _walk(pks.iterator(chunk_size=500), lambda pk: not has(out, pk), limit, offset)
    total = size(models)
    if offset >= total:
        return []
    if total <= FEW:
        return list(pks.filter(variant_id__in=list(spread(models)))[offset : offset + limit])
    return _walk(pks.iterator(chunk_size=500), lambda pk: has(models, pk), limit, offset)


def _walk(pks: Iterable[int], is_in: Callable[[int], bool], limit: int, offset: int) -> list[int]:
    page_pks: list[int] = []
    for pk in pks:
        if is_in(pk):
            if offset:
                offset -= 1
                continue
            page_pks.append(pk)
            if len(page_pks) == limit:
                break
    return page_pks
