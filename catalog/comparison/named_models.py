"""Models that an address or form names for a comparison, and its canonical address.

    find(["b", "a"]) -> the models a and b        path(["b", "a"]) -> "/compare/a-vs-b"

Order does not matter: the canonical address has the IDs in alphabetical order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

from django.db.models import Q
from django.db.models.functions import Lower

from catalog.comparison import LEAST, MOST
from catalog.models import Alias, Document, Variant
from catalog.records.record import Record
from catalog.records.record import read_record as read_document
from catalog.search.finding import find as find_text
from catalog.search.lookup import LONGEST_ID, Suggestion, suggestions

BETWEEN = "-vs-"
# Names read of an address: far more than are compared, so the rest is reported as too many.
MOST_NAMES = 24
# Spans of parts grow with the square: 78 for twelve.
MOST_PARTS = 12
MOST_CANDIDATES = 12


@dataclass(frozen=True, slots=True)
class Lineup:
    """Models in canonical order, and names of none."""

    records: tuple[Record, ...]
    unknown: tuple[str, ...] = ()

    @property
    def ids(self) -> list[str]:
        """Return the model IDs."""
        return [record["model_id"] for record in self.records]


def split(texts: Iterable[str]) -> list[str]:
    """Split parameters at commas into names."""
    names = [name.strip() for text in texts for name in text.split(",")]
    return [name for name in dict.fromkeys(names) if name][:MOST_NAMES]


def find(names: Sequence[str], *, ordered: bool = True) -> Lineup:
    """Find models by ID, alias or slug, ignoring case, in at most three queries.

    Sorted by ID unless `ordered` is false.
    """
    known = _known([name for name in names if len(name) <= LONGEST_ID and "\0" not in name])
    chosen = list(dict.fromkeys(known[name] for name in names if name in known))
    bodies = dict(Document.objects.filter(pk__in=chosen[:MOST_NAMES]).values_list("pk", "body"))
    records = [read_document(bodies[pk]) for pk in chosen if pk in bodies]
    if ordered:
        records.sort(key=lambda record: _order(record["model_id"]))
    return Lineup(tuple(records), tuple(name for name in names if name not in known))


def find_path(text: str) -> Lineup:
    """Find the models of `a-vs-b`."""
    parts = text.split(BETWEEN)
    plain = find(split(parts))
    # An ID may hold "-vs-" itself: joins of parts are tried where the parts are no models.
    if not plain.unknown or len(parts) > MOST_PARTS:
        return plain
    spans = {
        (start, end): BETWEEN.join(parts[start:end])
        for start in range(len(parts))
        for end in range(start + 1, len(parts) + 1)
    }
    known = _known([name for name in spans.values() if len(name) <= LONGEST_ID])
    chain = _chain(len(parts), {span for span, name in spans.items() if name in known})
    return find([spans[span] for span in chain]) if chain else plain


def path(ids: Iterable[str]) -> str:
    """Return the canonical address."""
    ordered = sorted(dict.fromkeys(ids), key=_order)
    # An ID that holds "-vs-" would be split on the way back: a query string keeps it whole.
    if LEAST <= len(ordered) <= MOST and BETWEEN.join(ordered).split(BETWEEN) == ordered:
        return quote(f"/compare/{BETWEEN.join(ordered)}", safe="/:@~")
    return f"/compare?{urlencode({'models': ','.join(ordered)}, safe=',/:@~')}" if ordered else "/compare"


def candidates(text: str, at: datetime, without: Iterable[str] = ()) -> list[Suggestion]:
    """List models that contain a typed word, else similar ones."""
    word = text.replace("\0", "").strip()[:LONGEST_ID]
    if not word:
        return []
    left_out = set(without)
    meant = find_text(word, at.date(), MOST_CANDIDATES + len(left_out))
    # What was typed wrongly is offered and never taken for what was meant.
    groups = [] if meant.corrected else meant.groups
    hits = [hit for group in groups if group.kind == "model" for hit in group.hits]
    near = [Suggestion(hit.label, hit.path) for hit in hits if hit.label not in left_out][:MOST_CANDIDATES]
    return near or [one for one in suggestions(word) if one.model_id not in left_out]


def _known(names: Sequence[str]) -> dict[str, int]:
    unknown = list(names)
    slugs: dict[str, set[int]] = {}
    by_id: dict[str, int] = {}
    rows = Variant.objects.filter(Q(model_id__in=unknown) | Q(slug__in=unknown))
    for pk, model_id, slug in rows.values_list("pk", "model_id", "slug"):
        by_id[model_id] = pk
        slugs.setdefault(slug, set()).add(pk)
    aliases = dict(Alias.objects.filter(alias_id__in=unknown).values_list("alias_id", "variant_id"))
    # A slug of several families names none of them.
    alone = {slug: next(iter(keys)) for slug, keys in slugs.items() if len(keys) == 1}
    # The later wins: an alias before a slug, an ID before both.
    keys_by_name = {**alone, **aliases, **by_id}
    known = {name: keys_by_name[name] for name in unknown if name in keys_by_name}
    missing = {name.lower(): name for name in unknown if name not in known}
    if missing:
        near = Variant.objects.annotate(low=Lower("model_id")).filter(low__in=list(missing))
        known |= {missing[low]: pk for low, pk in near.values_list("low", "pk")}
    return known


def _chain(length: int, spans: set[tuple[int, int]]) -> list[tuple[int, int]]:
    # Covers all parts by spans that are models, as many as possible.
    best: dict[int, list[tuple[int, int]]] = {0: []}
    for end in range(1, length + 1):
        reached = [
            [*best[start], (start, end)] for start in range(end) if start in best and (start, end) in spans
        ]
        if reached:
            best[end] = max(reached, key=len)
    return best.get(length, [])


def _order(model_id: str) -> tuple[str, str]:
    return model_id.lower(), model_id
