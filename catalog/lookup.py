"""Finds one model by what people call it, and names near misses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import reduce
from operator import add, or_
from typing import Any, TypeVar

from django.db.models import Case, IntegerField, Q, QuerySet, When
from django.db.models.functions import Abs, Length

from catalog.documents import read
from catalog.models import Alias, Document, FormerSlug, Variant
from catalog.models.variant import model_path
from catalog.record import Record

LONGEST_ID = 200
SUGGESTIONS = 5
SMALL_CATALOG = 2_000
"""Up to so many models all are compared with a typo; beyond, those that the database finds likely."""
CANDIDATES = 700
ALIAS_CANDIDATES = 300
WORD = re.compile(r"[^\W_]+")
PIECE = 3
MOST_PIECES = 8

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A model whose ID is near to what was asked for."""

    model_id: str
    path: str


def by_model_id(model_id: str) -> Record | None:
    """Find a model by its ID or by an alias of it; one query."""
    if not _is_plausible(model_id):
        return None
    bodies = Document.objects.filter(
        Q(variant__model_id=model_id) | Q(pk__in=Alias.objects.filter(alias_id=model_id).values("variant"))
    )
    body = bodies.values_list("body", flat=True).first()
    return read(body) if body else None


def by_path(family_slug: str, slug: str) -> Record | None:
    """Find a model by the address of its page; one query."""
    if not _is_plausible(slug) or not _is_plausible(family_slug):
        return None
    found = Document.objects.filter(variant__family__slug=family_slug, variant__slug=slug)
    body = found.values_list("body", flat=True).first()
    return read(body) if body else None


def moved_to(family_slug: str, slug: str) -> str | None:
    """Say where the model is now whose alias or former address this is, if it is one."""
    if not _is_plausible(slug) or not _is_plausible(family_slug):
        return None
    aliases = Alias.objects.filter(
        Q(alias_id=slug) | Q(alias_id=f"{family_slug}-{slug}"), variant__family__slug=family_slug
    )
    former = FormerSlug.objects.filter(family_slug=family_slug, slug=slug, variant__isnull=False)
    whole = Variant.objects.filter(family__slug=family_slug, model_id=slug)
    target = (
        whole.values_list("family__slug", "slug").first()
        or aliases.values_list("variant__family__slug", "variant__slug").first()
        or former.values_list("variant__family__slug", "variant__slug").first()
    )
    return model_path(*target) if target else None


def is_gone(family_slug: str, slug: str) -> bool:
    """Say whether an address was withdrawn and nothing took its place."""
    if not _is_plausible(slug) or not _is_plausible(family_slug):
        return False
    return FormerSlug.objects.filter(family_slug=family_slug, slug=slug, variant__isnull=True).exists()


def family_records(family_slug: str) -> list[Record]:
    """Read the records of a family, in the order its file gives them."""
    found = Document.objects.filter(variant__family__slug=family_slug)
    return [read(body) for body in found.order_by("variant__position", "pk").values_list("body", flat=True)]


def suggestions(asked: str) -> list[Suggestion]:
    """Name the models whose IDs, aliases or slugs come nearest to what was asked for; three queries."""
    word = asked.replace("\0", "")[:LONGEST_ID].lower()
    models = Variant.objects.values_list("model_id", "family__slug", "slug")
    aliases = Alias.objects.values_list(
        "alias_id", "variant__model_id", "variant__family__slug", "variant__slug"
    )
    if Variant.objects.count() > SMALL_CATALOG:
        models = _likely(models, word, "model_id", "slug")[:CANDIDATES]
        aliases = _likely(aliases, word, "alias_id")[:ALIAS_CANDIDATES]
    known: dict[str, Suggestion] = {}
    for model_id, family_slug, slug in models:
        suggestion = Suggestion(model_id, model_path(family_slug, slug))
        known[model_id.lower()] = suggestion
        known.setdefault(f"{family_slug}/{slug}".lower(), suggestion)
    for alias, model_id, family_slug, slug in aliases:
        known.setdefault(alias.lower(), Suggestion(model_id, model_path(family_slug, slug)))
    near = get_close_matches(word, known, n=SUGGESTIONS * 2, cutoff=0.5)
    return list({known[key].model_id: known[key] for key in near}.values())[:SUGGESTIONS]


def _likely(rows: QuerySet[Any, Row], word: str, *columns: str) -> QuerySet[Any, Row]:
    """Order by how many pieces of a word a name has in common with it, then by how near its length is.

    Pieces of three letters rather than words: a typo spoils one of them and leaves the others.
    """
    pieces = list(
        dict.fromkeys(
            found[at : at + PIECE] for found in WORD.findall(word) for at in range(0, len(found), PIECE)
        )
    )[:MOST_PIECES]
    tests = [_any(columns, "icontains", piece) for piece in pieces]
    tests += [_any(columns, "istartswith", word[:PIECE])] if word else []
    if not tests:
        return rows.none()
    points = [Case(When(test, then=1), default=0, output_field=IntegerField()) for test in tests]
    shared = reduce(add, points)
    ranked: QuerySet[Any, Row] = (
        rows.alias(shared=shared, apart=Abs(Length(columns[0]) - len(word)))
        .filter(shared__gt=0)
        .order_by("-shared", "apart", "pk")
    )
    return ranked


def _any(columns: Sequence[str], lookup: str, piece: str) -> Q:
    return reduce(or_, (Q(**{f"{column}__{lookup}": piece}) for column in columns))


def _is_plausible(text: str) -> bool:
    return 0 < len(text) <= LONGEST_ID and "\0" not in text
