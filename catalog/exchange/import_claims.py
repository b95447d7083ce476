"""Attaches another catalog's values to models here, by exact ID or alias."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db import DatabaseError

from catalog.exchange.document import FilePlace, ModelEntry, PriceEntry
from catalog.exchange.file_table import CatalogFileError
from catalog.exchange.load import Progress
from catalog.exchange.plan_lines import PlanLine, Verb
from catalog.exchange.reader_base import CatalogReading, Refused
from catalog.models import Alias, SearchKey, SourceClaim, Variant
from catalog.pricing.price import PriceValue
from catalog.publishing.claims import ClaimChanges, write_claims
from catalog.publishing.publish import publish
from catalog.search.words import compact, words
from catalog.vocabulary import Origin

CHUNK = 5_000
LONGEST_FIELD = 300
OURS_ALONE = frozenset({"slug", "capabilities", "lacks", "end_of_life"})

Key = tuple[int, str, str]
"""Primary key of the model, its name in the catalog, the field."""


@dataclass(slots=True)
class EvidencePlan:
    """Claims to add, change, confirm and withdraw, and unmatched names."""

    source: str
    reading: CatalogReading
    day: date
    names: dict[int, str] = field(default_factory=dict)
    created: list[SourceClaim] = field(default_factory=list)
    changed: list[SourceClaim] = field(default_factory=list)
    withdrawn: list[SourceClaim] = field(default_factory=list)
    checked: list[int] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)
    lines: list[PlanLine] = field(default_factory=list)
    warnings: list[PlanLine] = field(default_factory=list)
    # Evidence takes nothing away.
    losses: list[PlanLine] = field(default_factory=list)
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)
    rows: int = 0

    def count(self, verb: Verb) -> int:
        """Count lines of a verb."""
        return sum(line.verb == verb for line in self.lines)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written."""
        return not (self.lines or self.checked)

    @property
    def changes(self) -> ClaimChanges:
        """Return the claims to write."""
        return ClaimChanges(
            source=self.source,
            day=self.day,
            added=self.created,
            changed=self.changed,
            confirmed=self.checked,
            withdrawn=self.withdrawn,
        )


def plan(reading: CatalogReading, source: str) -> EvidencePlan:
    """Compare a catalog's values with those it stated before."""
    cited = reading.document.cited
    evidence_plan = EvidencePlan(
        source, reading, cited.day if cited else date.min, refused=[*reading.refused], rows=reading.rows
    )
    evidence_plan.lost.update(reading.lost)
    stated, places = _stated(evidence_plan, reading.document.models)
    known = _known(source, {pk for pk, _listed, _field in stated})
    for key, value in stated.items():
        claim = known.pop(key, None)
        if claim is None:
            _add(evidence_plan, key, value, places[key])
        elif claim.as_of > evidence_plan.day:
            # An older copy than the one on record.
            evidence_plan.unchanged += 1
        elif claim.value != value:
            _line(evidence_plan, "change", claim, f"{_said(claim.value)} → {_said(value)}", places[key])
            claim.value, claim.as_of = value, evidence_plan.day
            evidence_plan.changed.append(claim)
        elif claim.as_of < evidence_plan.day:
            evidence_plan.checked.append(claim.pk)
        else:
            evidence_plan.unchanged += 1
    for claim in known.values():
        if claim.as_of > evidence_plan.day:
            continue
        _line(
            evidence_plan,
            "change",
            claim,
            f"{_said(claim.value)} is not said any more",
            FilePlace("catalog", 0),
        )
        evidence_plan.withdrawn.append(claim)
    return evidence_plan


def apply(
    evidence_plan: EvidencePlan, *, reason: str, actor: User | None = None, progress: Progress | None = None
) -> int | None:
    """Write a plan in one transaction; return the revision, if any.

    CatalogFileError where the claims have changed since the plan was made.
    """
    if evidence_plan.is_empty:
        return None
    try:
        with publish(actor=actor, origin=Origin.FILE, reason=reason) as edition:
            current = plan(evidence_plan.reading, evidence_plan.source)
            # Planned again under the publish's lock: nothing is written that was not shown.
            if current.lines != evidence_plan.lines:
                raise CatalogFileError(FilePlace("catalog", 0), "it has changed since the plan was made")
            write_claims(edition, current.changes, progress)
            return edition.begin()
    except DatabaseError as error:
        raise CatalogFileError(FilePlace("catalog", 0), f"the database refuses this: {error}") from error


def _stated(
    evidence_plan: EvidencePlan, entries: Sequence[ModelEntry]
) -> tuple[dict[Key, Any], dict[Key, FilePlace]]:
    known = _matches({name for entry in entries for name in entry.listed_as})
    by_author = _matches_of_authors(entries)
    stated: dict[Key, Any] = {}
    places: dict[Key, FilePlace] = {}
    for entry in entries:
        match = next((known[name] for name in entry.listed_as if name in known), None)
        match = match or by_author.get(entry.listed_as[0])
        if match is None:
            evidence_plan.unmatched.append(entry.listed_as[0])
            continue
        pk, model_id = match
        evidence_plan.names[pk] = model_id
        for path, value in _values(entry, evidence_plan):
            stated[pk, entry.listed_as[0], path] = value
            places[pk, entry.listed_as[0], path] = entry.place
    return stated, places


def _matches(names: Iterable[str]) -> dict[str, tuple[int, str]]:
    models_by_name: dict[str, tuple[int, str]] = {}
    for chunk in _chunks(sorted(names)):
        aliases = Alias.objects.filter(alias_id__in=chunk)
        models_by_name |= {
            alias: (pk, model_id)
            for alias, pk, model_id in aliases.values_list("alias_id", "variant_id", "variant__model_id")
        }
        # After the aliases: an ID wins over them.
        rows = Variant.objects.filter(model_id__in=chunk).values_list("model_id", "pk")
        models_by_name |= {model_id: (pk, model_id) for model_id, pk in rows}
    return models_by_name


def _matches_of_authors(entries: Iterable[ModelEntry]) -> dict[str, tuple[int, str]]:
    """Match names behind their author, as `x-ai/grok-4.3` behind xAI, however they are spelt.

    Of a name that several models of the author have, none is meant.
    """
    keys = {(_spelt(entry.author), _spelt(entry.behind_author)) for entry in entries if entry.behind_author}
    meant: dict[tuple[str, str], set[tuple[int, str]]] = {}
    for chunk in _chunks(sorted({key for _author, key in keys})):
        rows = SearchKey.objects.filter(key__in=chunk, entry__variant__isnull=False).values_list(
            "key",
            "entry__variant_id",
            "entry__variant__model_id",
            "entry__variant__family__provider__slug",
            "entry__variant__family__provider__name",
        )
        for key, pk, model_id, *maker in rows:
            for author in {_spelt(name) for name in maker}:
                meant.setdefault((author, key), set()).add((pk, model_id))
    matches = {}
    for entry in entries:
        models = meant.get((_spelt(entry.author), _spelt(entry.behind_author)), set())
        if entry.behind_author and len(models) == 1:
            matches[entry.listed_as[0]] = next(iter(models))
    return matches


def _spelt(name: str) -> str:
    return compact(words(name))


def _values(entry: ModelEntry, evidence_plan: EvidencePlan) -> Iterator[tuple[str, Any]]:
    for name, value in entry.fields.items():
        if name not in OURS_ALONE:
            yield name, value.isoformat() if isinstance(value, date) else value
    for word, yes in entry.abilities.items():
        yield f"capabilities.{word}", yes
    for price in entry.prices:
        kind, meter, conditions = price.value.key
        path = f"prices.{kind}.{meter}{'' if conditions == '{}' else conditions}"
        if not _holds(price, evidence_plan.day):
            evidence_plan.lost["prices announced or ended"] += 1
        elif len(path) > LONGEST_FIELD:
            evidence_plan.lost["prices under more conditions than a path holds"] += 1
        else:
            yield path, price_value(price.value)


def price_value(price: PriceValue) -> dict[str, Any]:
    """Return a price as stored in claims."""
    record = price.record()
    return {key: record[key] for key in ("state", "amount", "per", "currency")}


def _holds(price: PriceEntry, day: date) -> bool:
    until = price.effective_until
    return price.effective_from.date() <= day and (until is None or until.date() > day)


def _known(source: str, pks: Iterable[int]) -> dict[Key, SourceClaim]:
    claims: dict[Key, SourceClaim] = {}
    for chunk in _chunks(sorted(pks)):
        for claim in SourceClaim.objects.filter(source=source, variant__in=chunk).select_related("variant"):
            claims[claim.variant_id, claim.listed_as, claim.field] = claim
    return claims


def _add(evidence_plan: EvidencePlan, key: Key, value: Any, place: FilePlace) -> None:
    pk, listed_as, path = key
    evidence_plan.created.append(
        SourceClaim(
            variant_id=pk,
            source=evidence_plan.source,
            listed_as=listed_as,
            field=path,
            value=value,
            as_of=evidence_plan.day,
        )
    )
    evidence_plan.lines.append(
        PlanLine("new", evidence_plan.names[pk], f"{path}: {_said(value)} (as {listed_as})", place)
    )


def _line(evidence_plan: EvidencePlan, verb: Verb, claim: SourceClaim, text: str, place: FilePlace) -> None:
    subject = evidence_plan.names.get(claim.variant_id) or claim.variant.model_id
    evidence_plan.lines.append(
        PlanLine(verb, subject, f"{claim.field}: {text} (as {claim.listed_as})", place)
    )


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        if value["amount"] is None:
            return str(value["state"])
        return f"{value['amount']} {value['currency']} per {value['per']:,}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]
