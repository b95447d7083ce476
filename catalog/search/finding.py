"""Finds models, families, providers and pages by typed words.

hits = find("sonnet 4.5", today)
hits.groups[0].hits[0].label      # claude-sonnet-4-5-20250929
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from itertools import chain
from operator import itemgetter

from django.db import connection

from catalog.models import SearchWord
from catalog.search import backend, other_texts
from catalog.search.hits import NARROW, WIDE, Caps, Hit, HitGroup, SearchHits
from catalog.search.ranking import KINDS, PHRASE, Candidate, Judge, Score
from catalog.search.text_index_rows import FAMILIES, PROVIDERS
from catalog.search.typos import asked_forms, is_correctable, nearest
from catalog.search.words import LONGEST_QUERY, compact, query_words, term

# So few hits are asked for with each key typed: fewer candidates are then ranked.
FEW = 10


def find(text: str, today: date, most: int = 100) -> SearchHits:
    """Find what a query means, `most` hits of each kind."""
    typed_words = query_words(text)
    if not typed_words:
        return SearchHits((), "", [])
    # Once: a source may ask the database which of its passages there are.
    shelves = other_texts.shelves()
    groups = _groups(text, typed_words, today, most, shelves)
    if groups:
        return SearchHits(tuple(typed_words), "", groups)
    # Only now: a search that finds something costs one query more than they.
    meant = _corrected(typed_words, shelves)
    if meant == typed_words:
        return SearchHits(tuple(typed_words), "", [])
    instead = _respelt(text, typed_words, meant)
    groups = _groups(instead, meant, today, most, shelves)
    return SearchHits(tuple(meant), instead, groups) if groups else SearchHits(tuple(typed_words), "", [])


@dataclass(frozen=True, slots=True)
class Matching:
    """Matching models: the best ranked, all of them unordered."""

    ranked: list[int]
    every: Iterable[int]


def matching(text: str, today: date) -> Matching:
    """Return all matching models; those beyond a cap are unranked."""
    hits = find(text, today, WIDE.models + WIDE.keys)
    models = [group for group in hits.groups if group.kind == "model"]
    ranked = [hit.pk for group in models for hit in group.hits]
    # Below the cap the ranked hits are all there are: no second query.
    if not any(group.is_capped for group in models):
        return Matching(ranked, ranked)
    terms = [term(word) for word in hits.words]
    return Matching(ranked, chain(ranked, backend(connection).every(connection, terms)))


def near(text: str) -> list[Candidate]:
    """Fetch entries with all words but one, typos corrected."""
    typed_words = query_words(text)
    if not typed_words:
        return []
    meant = _corrected(typed_words, other_texts.shelves())
    any_of = [meant] + [[*meant[:at], *meant[at + 1 :]] for at in range(len(meant)) if len(meant) > 1]
    return _candidates(meant, any_of) + (
        _candidates(typed_words, [typed_words]) if meant != typed_words else []
    )


def _groups(
    text: str, typed_words: list[str], today: date, most: int, shelves: list[other_texts.PassageShelf]
) -> list[HitGroup]:
    typed = text.strip().lower()
    judge = Judge(typed, typed_words, today.toordinal())
    caps = NARROW if most <= FEW else WIDE
    by_kind: dict[str, list[tuple[Score, Candidate]]] = {}
    for candidate in _candidates(typed_words, [typed_words], caps):
        by_kind.setdefault(candidate.kind, []).append((judge.score(candidate), candidate))
    groups = []
    for kind, judged in by_kind.items():
        hits = [_hit(candidate, score) for score, candidate in nsmallest(most, judged, key=itemgetter(0))]
        groups.append(HitGroup(kind, hits, len(judged), is_capped=caps.reached(kind, len(judged))))
    if pages := other_texts.find(shelves, typed, typed_words):
        hits = [
            Hit("docs", passage.path, passage.title, passage.path, passage.detail, 0, score)
            for score, passage in pages[:most]
        ]
        groups.append(HitGroup("docs", hits, len(pages), is_capped=False))
    return sorted(groups, key=_place)


def _place(group: HitGroup) -> tuple[int, int]:
    level = group.hits[0].score[0]
    # A heading of the docs counts like words of a name, never like an exact ID.
    return max(level, PHRASE) if group.kind == "docs" else level, KINDS.index(group.kind)


def _candidates(
    typed_words: list[str], any_of: Sequence[Sequence[str]], caps: Caps = WIDE
) -> list[Candidate]:
    terms = [[term(word) for word in some] for some in any_of]
    rows = backend(connection).candidates(connection, compact(typed_words), terms, caps)
    return [Candidate._make(row) for row in rows]


def _hit(candidate: Candidate, judged: Score) -> Hit:
    base = {"family": FAMILIES, "provider": PROVIDERS}.get(candidate.kind, 0)
    pk = candidate.position - base
    return Hit(candidate.kind, candidate.label, candidate.title, candidate.path, "", pk, judged)


def _corrected(typed_words: list[str], shelves: list[other_texts.PassageShelf]) -> list[str]:
    """Replace unknown words by the nearest known ones."""
    doubtful = [word for word in dict.fromkeys(typed_words) if is_correctable(word)]
    known = backend(connection).held(connection, doubtful) | other_texts.held(shelves, doubtful)
    unknown = set(doubtful) - known
    if not unknown:
        return typed_words
    sought = {word: asked_forms(word) for word in unknown}
    rows = SearchWord.objects.filter(form__in=set().union(*sought.values())).values_list("form", "word")
    by_form: dict[str, set[str]] = {}
    for form, word in rows:
        by_form.setdefault(form, set()).add(word)
    meant = {
        word: nearest(
            word, other_texts.meant_by(shelves, word).union(*(by_form.get(form, ()) for form in some))
        )
        for word, some in sought.items()
    }
    return [meant.get(word) or word for word in typed_words]


def _respelt(text: str, typed_words: list[str], meant: list[str]) -> str:
    query = text.strip()[:LONGEST_QUERY].lower()
    for word, better in zip(typed_words, meant, strict=True):
        if word != better:
            query = query.replace(word, better, 1)
    return query
