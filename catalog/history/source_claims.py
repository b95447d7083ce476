"""What each source says of a model, field by field: which value is shown and why, and who disagrees."""

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import combinations, groupby
from typing import Any

from django.db.models import Q

from catalog.models import Document, SourceClaim, Variant
from catalog.pricing.conditions import canonical
from catalog.pricing.price import PriceRecord
from catalog.pricing.units import METERS, unit_label
from catalog.records.facts import facts
from catalog.records.field_types import NumberType
from catalog.records.fields import in_output
from catalog.records.record import Record, read_record
from catalog.text.values import percent
from catalog.vocabulary import PriceState

CLAIMED = in_output("claims")
FIELDS = ("name", *(field.name for field in CLAIMED))
NUMBERS = tuple(field.name for field in CLAIMED if isinstance(field.type, NumberType))
CHUNK = 500
BLANK = "The catalog states nothing; what other catalogs say is not shown in its place."
_YES = True


@dataclass(frozen=True, slots=True)
class Number:
    """What two catalogs are compared by: an amount for one unit, or a limit; 0 is equal in any currency."""

    amount: Decimal
    currency: str = ""


@dataclass(frozen=True, slots=True)
class SourceValue:
    """What one catalog says of a field; `agrees` is None where the record says nothing.

    `apart` is how far a number is from the one shown, in percent of it.
    """

    source: str
    listed_as: str
    value: Any
    as_of: str
    agrees: bool | None
    apart: Decimal | None


@dataclass(slots=True)
class FieldView:
    """One field: the value shown, its source and why it was chosen, and what other catalogs say."""

    field: str
    shown: Any
    source: str | None
    source_url: str | None
    checked_on: str | None
    why: str
    says: list[SourceValue] = dataclasses.field(default_factory=list)

    @property
    def disagrees(self) -> bool:
        """Whether a catalog differs from the value shown, or two differ where none is shown."""
        if self.shown is None:
            return len({_comparable(self.field, saying.value) for saying in self.says}) > 1
        return any(saying.agrees is False for saying in self.says)


def field_views(record: Record, at: datetime) -> list[FieldView]:
    """List every field that the record or another catalog states, as of an instant; two queries."""
    rows = SourceClaim.objects.filter(variant__model_id=record["model_id"])
    claims = list(rows.order_by("field", "source", "listed_as"))
    admin = Variant.objects.filter(model_id=record["model_id"]).values_list("admin_fields", flat=True).first()
    views = {view.field: view for view in _shown(record, at, frozenset(admin or ()))}
    for claim in claims:
        view = views.get(claim.field) or FieldView(claim.field, None, None, None, None, BLANK)
        views[claim.field] = view
        view.says.append(_saying(claim, view.shown))
    return sorted(views.values(), key=lambda view: _order(view.field))


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A number on which a catalog differs from the value shown, or two differ where none is shown.

    `apart` is None where an amount is compared with free, dynamic or on request.
    """

    model_id: str
    variant_pk: int
    field: str
    shown: Any
    saying: SourceValue
    apart: Decimal | None


def disagreements(at: datetime, least: Decimal = Decimal(1), after: int = 0) -> Iterator[Disagreement]:
    """List prices and limits that are more than so many percent apart, model by model after a row number.

    Free, dynamic and on request also disagree with an amount. Where the catalog states nothing, all values
    are listed if two catalogs are that far apart.
    """
    numbers = SourceClaim.objects.filter(Q(field__startswith="prices.") | Q(field__in=NUMBERS))
    rows = numbers.filter(variant__gt=after).order_by("variant_id")
    pks = list(rows.values_list("variant_id", flat=True).distinct())
    for start in range(0, len(pks), CHUNK):
        chunk = pks[start : start + CHUNK]
        bodies = dict(Document.objects.filter(pk__in=chunk).values_list("pk", "body"))
        shown: dict[int, tuple[str, dict[str, Any]]] = {}
        for pk, body in bodies.items():
            record = read_record(body)
            values = {view.field: view.shown for view in _shown(record, at, frozenset())}
            shown[pk] = record["model_id"], values
        claims = numbers.filter(variant__in=chunk).order_by("variant_id", "field", "source", "listed_as")
        for (pk, name), of_field in groupby(claims, lambda claim: (claim.variant_id, claim.field)):
            model_id, values = shown.get(pk, ("", {}))
            value = values.get(name)
            for saying, apart in _apart(name, value, [_saying(claim, value) for claim in of_field], least):
                yield Disagreement(model_id, pk, name, value, saying, apart)


def _apart(
    name: str, shown: Any, says: list[SourceValue], least: Decimal
) -> Iterator[tuple[SourceValue, Decimal | None]]:
    """Keep what is too far from the value shown, or where none is shown, all if two catalogs are."""
    told = [(saying, _comparable(name, saying.value)) for saying in says]
    if shown is not None:
        mine = _comparable(name, shown)
        yield from ((saying, saying.apart) for saying, value in told if _is_over(mine, value, least))
        return
    pairs = [
        _share(one, other)
        for (first, one), (second, other) in combinations(sorted(told, key=_amount), 2)
        if first.source != second.source and _is_over(one, other, least)
    ]
    if pairs:
        widest = max((share for share in pairs if share is not None), default=None)
        yield from ((saying, None if None in pairs else widest) for saying, _value in told)


def said(value: Any, path: str = "") -> str:
    """Return a value for people: a price with its unit, a list in words, yes or no."""
    if value is None:
        return "Not stated"
    if isinstance(value, dict):
        meter = path.partition("{")[0].rpartition(".")[2]
        unit = unit_label(meter, value["per"]) if meter in METERS else f"{value['per']:,}"
        if value["amount"] is None or value["state"] == PriceState.FREE:
            return str(value["state"]).replace("_", " ").capitalize()
        return f"{value['amount']} {value['currency']} per {unit}"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int):
        return f"{value:,}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _shown(record: Record, at: datetime, admin: frozenset[str]) -> Iterator[FieldView]:
    cited = {source["field"]: source for source in record["sources"]}
    # A model without a name of its own is shown by its ID.
    own = None if record["name"] == record["model_id"] else record["name"]
    values = {"name": own} | {field.name: field.value(record) for field in CLAIMED}
    for name, value in values.items():
        if value not in (None, [], ""):
            yield _view(name, value, cited.get(name), is_admin=name in admin)
    for word in record["capabilities"]:
        source = cited.get("capabilities")
        yield _view(f"capabilities.{word}", _YES, source, is_admin="capabilities" in admin)
    for price in facts(record, at).prices:
        yield _price_view(price)


def _view(name: str, value: Any, source: Any, *, is_admin: bool) -> FieldView:
    if is_admin:
        return FieldView(name, value, None, None, None, "An admin set it; imports leave it alone.")
    if source is None:
        return FieldView(name, value, None, None, None, "The catalog states it, and names no source.")
    why = f"The catalog states it as {source['label']} does, which it cites."
    return FieldView(name, value, source["label"], source["url"], source["checked_on"], why)


def _price_view(price: PriceRecord) -> FieldView:
    conditions = canonical(price["conditions"])
    path = f"prices.{price['kind']}.{price['meter']}{'' if conditions == '{}' else conditions}"
    value = {key: price[key] for key in ("state", "amount", "per", "currency")}
    label = price["source_label"] or None
    why = (
        f"It is the price on record, from {label}."
        if label
        else "It is the price on record, without a source."
    )
    return FieldView(path, value, label, price["source_url"], price["checked_on"], why)


def _saying(claim: SourceClaim, shown: Any) -> SourceValue:
    mine, theirs = _comparable(claim.field, shown), _comparable(claim.field, claim.value)
    agrees = None if shown is None else _agree(mine, theirs)
    apart = _share(mine, theirs)
    return SourceValue(claim.source, claim.listed_as, claim.value, claim.as_of.isoformat(), agrees, apart)


def _share(mine: Any, theirs: Any) -> Decimal | None:
    """Return how far a number is from another in percent; None where they cannot be compared."""
    if not (isinstance(mine, Number) and isinstance(theirs, Number)):
        return None
    if not mine.amount or (theirs.amount and mine.currency != theirs.currency):
        return None
    return abs(percent(mine.amount, theirs.amount))


def _is_over(mine: Any, theirs: Any, least: Decimal) -> bool:
    """Whether a number is more than so many percent from another, or one of them is no amount.

    Two currencies are not compared: no exchange rate is known.
    """
    if not (isinstance(mine, Number) and isinstance(theirs, Number)):
        return bool(mine != theirs)
    if not mine.amount or not theirs.amount:
        return mine.amount != theirs.amount
    share = _share(mine, theirs)
    return share is not None and share > least


def _amount(told: tuple[SourceValue, Any]) -> Decimal:
    return told[1].amount if isinstance(told[1], Number) else Decimal(-1)


def _comparable(name: str, value: Any) -> Any:
    """Return what two catalogs are compared by: an amount for one unit, a number, a set, or the value."""
    if isinstance(value, dict):
        if value["state"] == PriceState.FREE:
            return Number(Decimal(0))
        if value["amount"] is None:
            return value["state"]
        amount = Decimal(value["amount"]) / value["per"]
        return Number(amount, value["currency"] if amount else "")
    if name in NUMBERS and isinstance(value, int):
        return Number(Decimal(value))
    return frozenset(value) if isinstance(value, list) else value


def _agree(mine: Any, theirs: Any) -> bool:
    if isinstance(mine, str) and isinstance(theirs, str):
        # A month agrees with each of its days.
        short, long = sorted((mine.casefold(), theirs.casefold()), key=len)
        return short == long or (
            len(short) == len("2025-01") and short[:2].isdigit() and long.startswith(short)
        )
    return bool(mine == theirs)


def _order(path: str) -> tuple[int, str]:
    head = path.partition(".")[0]
    return (FIELDS.index(head), path) if head in FIELDS else (len(FIELDS) + (head == "prices"), path)


def claimed(model_id: str) -> bool:
    """Whether another catalog has this model."""
    return SourceClaim.objects.filter(variant__model_id=model_id).exists()


def open_rows(views: Iterable[FieldView]) -> list[FieldView]:
    """Keep the fields where catalogs disagree."""
    return [view for view in views if view.disagrees]
