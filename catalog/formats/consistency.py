"""Refuses documents that contradict themselves or the database, before anything is written."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from catalog.conditions import parse, unsettled_ties
from catalog.formats.document import CatalogDocument, ModelEntry, Place, PriceEntry
from catalog.formats.on_record import OnRecord
from catalog.formats.reading import CatalogFileError
from catalog.models import Variant

DATES = ("released_on", "deprecated_on", "retires_on")


def refuse_contradictions(document: CatalogDocument, known: OnRecord) -> None:
    """Raise CatalogFileError at the first contradiction."""
    _refuse_twins((f"provider {entry.slug}", entry.place) for entry in document.providers)
    _refuse_twins((f"family {entry.slug}", entry.place) for entry in document.families)
    _refuse_twins((f"model {entry.model_id}", entry.place) for entry in document.models)
    for family in document.families:
        row = known.families.get(family.slug)
        if row and row.provider.slug != family.provider:
            raise CatalogFileError(
                family.place,
                f"family {family.slug} belongs to {row.provider.slug} on record, not {family.provider}",
            )
    _refuse_shared_slugs(document, known)
    _refuse_shared_ids(document, known)
    ids = {entry.model_id for entry in document.models} | set(known.variants)
    for model in document.models:
        _refuse_model(model, known, ids)


def _refuse_model(model: ModelEntry, known: OnRecord, ids: set[str]) -> None:
    row = known.variants.get(model.model_id)
    if row and row.family.slug != model.family:
        raise CatalogFileError(
            model.place,
            f"{model.model_id} belongs to the family {row.family.slug} on record, not {model.family}",
        )
    if model.replacement is not None and (
        model.replacement not in ids or model.replacement == model.model_id
    ):
        raise CatalogFileError(
            model.place,
            f"{model.model_id}: the replacement {model.replacement!r} is no other model of the catalog",
        )
    stated: list[tuple[str, Any]] = [
        (name, model.fields.get(name, getattr(row, name, None))) for name in DATES
    ]
    for (before, first), (after, then) in pairwise(pair for pair in stated if pair[1]):
        if first > then:
            raise CatalogFileError(
                model.place, f"{model.model_id}: {after} {then} lies before {before} {first}"
            )
    _refuse_overlaps(model)
    _refuse_ties(model)


def _refuse_overlaps(model: ModelEntry) -> None:
    """Refuse two prices of one kind, meter and conditions that hold at the same time."""
    rows: dict[tuple[str, str, str], list[PriceEntry]] = {}
    for price in model.prices:
        rows.setdefault(price.key, []).append(price)
    for entries in rows.values():
        entries.sort(key=lambda price: price.effective_from)
        for one, other in pairwise(entries):
            ends_late = one.effective_until is not None and one.effective_until > other.effective_from
            if one.effective_from == other.effective_from or ends_late:
                raise CatalogFileError(
                    other.place,
                    f"{model.model_id}: two {other.kind} prices of {other.meter} under the same conditions "
                    f"hold on {other.effective_from:%Y-%m-%d}",
                )


def _refuse_ties(model: ModelEntry) -> None:
    """Refuse two sell prices that could hold for one request with neither going before the other.

    List prices are what others state: a tie among them is kept, and a quote says that it is ambiguous.
    """
    sell = {price.conditions_key: price for price in model.prices if price.kind == "sell"}
    for meter in {price.meter for price in sell.values()}:
        sets = [parse(price.conditions) for price in sell.values() if price.meter == meter]
        for one, other in unsettled_ties(sets):
            raise CatalogFileError(
                sell[other.canonical].place,
                f"{model.model_id}: sell prices of {meter} under {one.canonical} and {other.canonical} tie: "
                "give one of them a further condition",
            )


def _refuse_shared_slugs(document: CatalogDocument, known: OnRecord) -> None:
    slugs: dict[tuple[str, str], str] = {}
    families = {model.family for model in document.models}
    taken = Variant.objects.filter(family__slug__in=families).values_list("family__slug", "slug", "model_id")
    slugs |= {(family, slug): model_id for family, slug, model_id in taken}
    for model in document.models:
        if model.model_id in known.variants:
            slugs.pop((model.family, known.variants[model.model_id].slug), None)
    for model in document.models:
        other = slugs.setdefault((model.family, model.fields["slug"]), model.model_id)
        if other != model.model_id:
            raise CatalogFileError(
                model.place,
                f"{model.model_id}: the slug {model.fields['slug']!r} is {other}'s in this family",
            )


def _refuse_shared_ids(document: CatalogDocument, known: OnRecord) -> None:
    """Refuse an ID that would name two models: as a model and an alias, or as two aliases."""
    owners = {model_id: model_id for model_id in known.variants} | known.aliases
    stated = {model.model_id: model.place for model in document.models}
    for model in document.models:
        other = owners.setdefault(model.model_id, model.model_id)
        if other != model.model_id:
            raise CatalogFileError(model.place, f"{model.model_id} is an alias of {other} on record")
    for model in document.models:
        for row in model.groups.get("aliases", []):
            other = owners.setdefault(row["alias_id"], model.model_id)
            if other != model.model_id or row["alias_id"] in stated:
                raise CatalogFileError(
                    model.place, f"{model.model_id}: the alias {row['alias_id']!r} already names {other}"
                )


def _refuse_twins(named: Iterable[tuple[str, Place]]) -> None:
    seen: dict[str, Place] = {}
    for name, place in named:
        if name in seen:
            raise CatalogFileError(place, f"{name} stands in {seen[name]} already")
        seen[name] = place
