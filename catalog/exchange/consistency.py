"""Refuses documents that contradict themselves or the database."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Any

from catalog.exchange.document import CatalogDocument, FilePlace, ModelEntry, PriceEntry
from catalog.exchange.file_table import CatalogFileError
from catalog.exchange.known_rows import KnownRows
from catalog.exchange.reader_base import Refused
from catalog.exchange.stated_aliases import gather_aliases, set_aside_aliases
from catalog.models import Variant
from catalog.pricing.conditions import unsettled_ties
from catalog.text.identifiers import LONGEST_NAME
from catalog.text.refusal import shown

DATES = ("released_on", "deprecated_on", "retires_on")


def refuse_contradictions(document: CatalogDocument, known: KnownRows) -> None:
    """Raise CatalogFileError at the first contradiction."""
    _refuse_twins((f"provider {entry.slug}", entry.place) for entry in document.providers)
    _refuse_twins((f"family {entry.slug}", entry.place) for entry in document.families)
    _refuse_twins((f"promise {entry.slug}", entry.place) for entry in document.promises)
    _refuse_twins((f"model {entry.model_id}", entry.place) for entry in document.models)
    _refuse_orphans(document, known)
    _refuse_long_names(document, known)
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
        _refuse_yes_and_no(model)


def _refuse_yes_and_no(model: ModelEntry) -> None:
    both = [word for word in model.fields.get("capabilities", []) if word in model.fields.get("lacks", [])]
    labels: dict[str, set[str]] = {"capabilities": set(), "lacks": set()}
    for row in model.groups.get("sources", []):
        for name in labels.keys() & {*row["fields"]}:
            labels[name].add(row["label"])
    # An import may leave two sources that contradict each other: an export of it can be read again.
    # One source may state a yes and a no of different words; another then contradicts it.
    if both and not (all(labels.values()) and labels["capabilities"] != labels["lacks"]):
        raise CatalogFileError(
            model.place,
            f"{model.model_id}: {', '.join(both)} stands in capabilities and in lacks: "
            "leave it out of one, or name a source of each",
        )


def _refuse_long_names(document: CatalogDocument, known: KnownRows) -> None:
    named: list[tuple[Any, Any]] = [
        *((entry, known.providers.get(entry.slug)) for entry in document.providers),
        *((entry, known.families.get(entry.slug)) for entry in document.families),
        *((entry, known.variants.get(entry.model_id)) for entry in document.models),
    ]
    for entry, row in named:
        name = entry.fields.get("name", "")
        # A longer name that is stored already is older than the limit, and may stay.
        if len(name) > LONGEST_NAME and (row is None or row.name != name):
            raise CatalogFileError(
                entry.place, f"name: {shown(name)} has {len(name)} characters: at most {LONGEST_NAME}"
            )


def set_aside(document: CatalogDocument, known: KnownRows) -> tuple[list[Refused], int]:
    """Remove from another catalog's document what contradicts itself or the database.

    Returns what was refused, with reasons, and the number of duplicates.
    """
    refused: list[Refused] = []
    models: dict[str, ModelEntry] = {}
    again = 0
    slugs = _slugs_taken(document, known)
    makers = {entry.slug for entry in document.providers} | known.providers.keys()
    families = {entry.slug: entry for entry in document.families if entry.provider in makers}
    foreign = {entry.slug: entry.provider for entry in families.values()}
    ids = {entry.model_id for entry in document.models} | known.variants.keys()
    for model in document.models:
        try:
            if model.model_id in models:
                gather_aliases(models[model.model_id], model)
                again += _says_the_same(models[model.model_id], model)
                continue
            _refuse_stranger(model, known, slugs, foreign)
            _refuse_model(model, known, ids)
        except CatalogFileError as error:
            refused.append(Refused(model.model_id, error.place, f"{error.place.path}: {error.reason}"))
            continue
        models[model.model_id] = model
    ids = models.keys() | known.variants.keys()
    refused += set_aside_aliases(models, known, ids)
    document.models = [
        entry if entry.replacement in ids else replace(entry, replacement=None) for entry in models.values()
    ]
    # Families and providers without a new model are not added.
    lines = {model.family for model in models.values() if model.model_id not in known.variants}
    document.families = [entry for entry in families.values() if entry.slug in lines]
    provider_slugs = {entry.provider for entry in document.families}
    document.providers = [
        entry
        for entry in {row.slug: row for row in document.providers}.values()
        if entry.slug in provider_slugs
    ]
    return refused, again


def name_replacements(document: CatalogDocument, known: KnownRows) -> None:
    """Set each model's replacement to the first that its statements name and the catalog has."""
    ids = {entry.model_id for entry in document.models} | known.variants.keys()
    for at, entry in enumerate(document.models):
        if not entry.replacement:
            named = (name for name in entry.successors if name in ids and name != entry.model_id)
            document.models[at] = replace(entry, replacement=next(named, None))


def _says_the_same(first: ModelEntry, again: ModelEntry) -> int:
    def said(entry: ModelEntry) -> tuple[Any, ...]:
        prices = {(price.value.key, price.effective_from): price.value for price in entry.prices}
        return ({**entry.fields, "slug": ""}, entry.abilities, prices)

    if said(first) != said(again):
        names = " and ".join(entry.listed_as[-1] for entry in (first, again))
        raise CatalogFileError(
            again.place,
            f"{again.model_id} is listed twice with different facts, as {names}: the first is read",
        )
    return 1


def _slugs_taken(document: CatalogDocument, known: KnownRows) -> dict[tuple[str, str], str]:
    families = {model.family for model in document.models} & known.families.keys()
    rows = Variant.objects.filter(family__slug__in=families) if families else Variant.objects.none()
    return {
        (family, slug): model_id
        for family, slug, model_id in rows.values_list("family__slug", "slug", "model_id").iterator()
    }


def _refuse_stranger(
    model: ModelEntry, known: KnownRows, slugs: dict[tuple[str, str], str], providers: dict[str, str]
) -> None:
    if model.model_id in known.variants:
        return
    owner = known.aliases.get(model.model_id)
    if owner:
        raise CatalogFileError(model.place, f"{model.model_id} is an alias of {owner} on record")
    family = known.families.get(model.family)
    if model.family not in providers:
        raise CatalogFileError(model.place, f"{model.model_id}: the family {model.family} is not stated")
    if family and family.provider.slug != providers[model.family]:
        raise CatalogFileError(
            model.place, f"{model.model_id}: the family {model.family} is {family.provider.slug}'s on record"
        )
    other = slugs.setdefault((model.family, model.fields["slug"]), model.model_id)
    if other != model.model_id:
        raise CatalogFileError(
            model.place,
            f"{model.model_id}: the slug {model.fields['slug']!r} is {other}'s in the family {model.family}",
        )


def _refuse_model(model: ModelEntry, known: KnownRows, ids: set[str]) -> None:
    row = known.variants.get(model.model_id)
    # Another catalog groups its models in families of its own: a model on record stays where it is.
    if row and row.family.slug != model.family and not model.listed_as:
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
    rows: dict[tuple[str, str, str], list[PriceEntry]] = {}
    for price in model.prices:
        rows.setdefault(price.value.key, []).append(price)
    for entries in rows.values():
        entries.sort(key=lambda price: price.effective_from)
        for one, other in pairwise(entries):
            ends_late = one.effective_until is not None and one.effective_until > other.effective_from
            if one.effective_from == other.effective_from or ends_late:
                raise CatalogFileError(
                    other.place,
                    f"{model.model_id}: two {other.value.kind} prices of {other.value.meter} under the same "
                    f"conditions hold on {other.effective_from:%Y-%m-%d}",
                )


def _refuse_ties(model: ModelEntry) -> None:
    meters: dict[str, dict[str, PriceEntry]] = {}
    for price in model.prices:
        # List prices are others' statements: a tie is kept, and a quote calls it ambiguous.
        if price.value.kind == "sell":
            meters.setdefault(price.value.meter, {})[price.value.conditions.canonical] = price
    for meter, sell in meters.items():
        for one, other in unsettled_ties([price.value.conditions for price in sell.values()]):
            raise CatalogFileError(
                sell[other.canonical].place,
                f"{model.model_id}: sell prices of {meter} under {one.canonical} and {other.canonical} tie: "
                "give one of them a further condition",
            )


def _refuse_shared_slugs(document: CatalogDocument, known: KnownRows) -> None:
    slugs: dict[tuple[str, str], str] = {}
    families = {model.family for model in document.models}
    taken = Variant.objects.filter(family__slug__in=families).values_list("family__slug", "slug", "model_id")
    slugs |= {(family, slug): model_id for family, slug, model_id in taken}
    for model in document.models:
        if model.model_id in known.variants:
            # Known models first give up the slugs they have: what counts is what the document states.
            slugs.pop((model.family, known.variants[model.model_id].slug), None)
    for model in document.models:
        other = slugs.setdefault((model.family, model.fields["slug"]), model.model_id)
        if other != model.model_id:
            raise CatalogFileError(
                model.place,
                f"{model.model_id}: the slug {model.fields['slug']!r} is {other}'s in this family",
            )


def _refuse_shared_ids(document: CatalogDocument, known: KnownRows) -> None:
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


def _refuse_orphans(document: CatalogDocument, known: KnownRows) -> None:
    providers = {entry.slug for entry in document.providers} | known.providers.keys()
    families = {entry.slug for entry in document.families} | known.families.keys()
    for family in document.families:
        if family.provider not in providers:
            raise CatalogFileError(
                family.place, f"family {family.slug}: the provider {family.provider} is not stated"
            )
    for model in document.models:
        if model.family not in families:
            raise CatalogFileError(model.place, f"{model.model_id}: the family {model.family} is not stated")


def _refuse_twins(named: Iterable[tuple[str, FilePlace]]) -> None:
    seen: dict[str, FilePlace] = {}
    for name, place in named:
        if name in seen:
            raise CatalogFileError(place, f"{name} stands in {seen[name]} already")
        seen[name] = place
