"""What each source says of a model's fields, and which value is shown."""

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from catalog.history.claim_values import CLAIMED, agree, comparable, share_apart
from catalog.models import SourceClaim, Variant
from catalog.pricing.conditions import canonical
from catalog.pricing.price import PriceRecord
from catalog.pricing.units import METERS, unit_label
from catalog.records.facts import facts
from catalog.records.record import Record, capability_values, stated_name
from catalog.vocabulary import PriceState

FIELDS = ("name", *(field.name for field in CLAIMED))
BLANK = "The catalog states nothing; what other catalogs say is not shown in its place."
DERIVED = "It follows from what else is on record."


@dataclass(frozen=True, slots=True)
class SourceValue:
    """What a catalog says; `agrees` is None if the record says nothing.

    `apart` is in percent of the value shown.
    """

    source: str
    listed_as: str
    value: Any
    as_of: str
    agrees: bool | None
    apart: Decimal | None


@dataclass(slots=True)
class FieldView:
    """One field: the value shown, why, and other catalogs' values."""

    field: str
    shown: Any
    source: str | None
    source_url: str | None
    checked_on: str | None
    why: str
    says: list[SourceValue] = dataclasses.field(default_factory=list)

    @property
    def disagrees(self) -> bool:
        """Whether a value differs from the one shown, or from another if none is."""
        if self.shown is None:
            return len({comparable(self.field, saying.value) for saying in self.says}) > 1
        return any(saying.agrees is False for saying in self.says)


def field_views(record: Record, at: datetime) -> list[FieldView]:
    """List all fields that the record or a catalog states; two queries."""
    rows = SourceClaim.objects.filter(variant__model_id=record["model_id"])
    claims = list(rows.order_by("field", "source", "listed_as"))
    admin = Variant.objects.filter(model_id=record["model_id"]).values_list("admin_fields", flat=True).first()
    views = {view.field: view for view in shown_fields(record, at, frozenset(admin or ()))}
    for claim in claims:
        view = views.get(claim.field) or FieldView(claim.field, None, None, None, None, BLANK)
        views[claim.field] = view
        view.says.append(source_value(claim, view.shown))
    return sorted(views.values(), key=lambda view: _order(view.field))


def said(value: Any, path: str = "") -> str:
    """Return a value for people: a price with its unit, a list, yes or no."""
    if value is None:
        return "Not stated"
    if isinstance(value, dict):
        meter = path.partition("{")[0].rpartition(".")[2]
        unit = unit_label(meter, value["per"]) if meter in METERS else f"{value['per']:,}"
        if value["amount"] is None or value["state"] == PriceState.FREE:
            return str(value["state"]).replace("_", " ").capitalize()
        return f"{value['amount']} {value['currency']} per {unit}"
    # Before int: a bool is one.
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int):
        return f"{value:,}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def shown_fields(record: Record, at: datetime, admin: frozenset[str]) -> Iterator[FieldView]:
    """Build the record's fields."""
    cited = {source["field"]: source for source in record["sources"]}
    values = {"name": stated_name(record)} | {field.name: field.value(record) for field in CLAIMED}
    for name, value in values.items():
        if value not in (None, [], ""):
            view = _view(name, value, cited.get(name), is_admin=name in admin)
            yield replace(view, why=DERIVED) if name in record["derived"] else view
    for word, has_it in capability_values(record).items():
        name = "capabilities" if has_it else "lacks"
        source = None if word in record["derived"] else cited.get(name)
        view = _view(f"capabilities.{word}", has_it, source, is_admin=name in admin)
        yield replace(view, why=DERIVED) if word in record["derived"] else view
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


def source_value(claim: SourceClaim, shown: Any) -> SourceValue:
    """Compare a claim with the value shown."""
    mine, theirs = comparable(claim.field, shown), comparable(claim.field, claim.value)
    agrees = None if shown is None else agree(mine, theirs)
    apart = share_apart(mine, theirs)
    return SourceValue(claim.source, claim.listed_as, claim.value, claim.as_of.isoformat(), agrees, apart)


def _order(path: str) -> tuple[int, str]:
    head = path.partition(".")[0]
    return (FIELDS.index(head), path) if head in FIELDS else (len(FIELDS) + (head == "prices"), path)


def claimed(model_id: str) -> bool:
    """Whether another catalog has this model."""
    return SourceClaim.objects.filter(variant__model_id=model_id).exists()


def open_rows(views: Iterable[FieldView]) -> list[FieldView]:
    """Keep the disagreements."""
    return [view for view in views if view.disagrees]
