"""Models on which catalogs disagree."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import combinations, groupby
from typing import Any

from django.db.models import Q

from catalog.history.claim_values import NUMBERS, Number, comparable, share_apart
from catalog.history.source_claims import SourceValue, shown_fields, source_value
from catalog.models import Document, SourceClaim
from catalog.records.record import read_record

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A number that differs from the value shown, or, if none is, between catalogs.

    `apart` is None against free, dynamic or on request.
    """

    model_id: str
    variant_pk: int
    field: str
    shown: Any
    saying: SourceValue
    apart: Decimal | None


def disagreements(at: datetime, least: Decimal = Decimal(1), after: int = 0) -> Iterator[Disagreement]:
    """List numbers more than `least` percent apart, for models after a primary key."""
    numbers = SourceClaim.objects.filter(Q(field__startswith="prices.") | Q(field__in=NUMBERS))
    rows = numbers.filter(variant__gt=after).order_by("variant_id")
    pks = list(rows.values_list("variant_id", flat=True).distinct())
    # Readers stop after a page: the records of later chunks are never read.
    for start in range(0, len(pks), CHUNK):
        chunk = pks[start : start + CHUNK]
        bodies = dict(Document.objects.filter(pk__in=chunk).values_list("pk", "body"))
        shown: dict[int, tuple[str, dict[str, Any]]] = {}
        for pk, body in bodies.items():
            record = read_record(body)
            values = {view.field: view.shown for view in shown_fields(record, at, frozenset())}
            shown[pk] = record["model_id"], values
        claims = numbers.filter(variant__in=chunk).order_by("variant_id", "field", "source", "listed_as")
        for (pk, name), of_field in groupby(claims, lambda claim: (claim.variant_id, claim.field)):
            model_id, values = shown.get(pk, ("", {}))
            value = values.get(name)
            for saying, apart in _apart(
                name, value, [source_value(claim, value) for claim in of_field], least
            ):
                yield Disagreement(model_id, pk, name, value, saying, apart)


def _apart(
    name: str, shown: Any, says: list[SourceValue], least: Decimal
) -> Iterator[tuple[SourceValue, Decimal | None]]:
    pairs_of_values = [(saying, comparable(name, saying.value)) for saying in says]
    # Where nothing is shown, all values are listed as soon as two catalogs differ enough.
    if shown is not None:
        mine = comparable(name, shown)
        yield from (
            (saying, saying.apart) for saying, value in pairs_of_values if _is_over(mine, value, least)
        )
        return
    pairs = [
        share_apart(one, other)
        for (first, one), (second, other) in combinations(sorted(pairs_of_values, key=_amount), 2)
        if first.source != second.source and _is_over(one, other, least)
    ]
    if pairs:
        widest = max((share for share in pairs if share is not None), default=None)
        yield from ((saying, None if None in pairs else widest) for saying, _value in pairs_of_values)


def _is_over(mine: Any, theirs: Any, least: Decimal) -> bool:
    if not (isinstance(mine, Number) and isinstance(theirs, Number)):
        return bool(mine != theirs)
    if not mine.amount or not theirs.amount:
        return mine.amount != theirs.amount
    # None across currencies: no exchange rate is known.
    share = share_apart(mine, theirs)
    return share is not None and share > least


def _amount(pair: tuple[SourceValue, Any]) -> Decimal:
    return pair[1].amount if isinstance(pair[1], Number) else Decimal(-1)
