"""Finds one model, or near ones."""

from dataclasses import dataclass
from difflib import get_close_matches

from django.db.models import Q

from catalog.models import Alias, Document, FormerSlug, Variant
from catalog.models.variant import model_path
from catalog.records.record import Record, read_record
from catalog.search.finding import near
from catalog.search.words import query_words

LONGEST_ID = 200
SUGGESTIONS = 5


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A model whose ID is near."""

    model_id: str
    path: str


def by_model_id(model_id: str) -> Record | None:
    """Find a model by its ID or alias; one query."""
    if not _is_plausible(model_id):
        return None
    bodies = Document.objects.filter(
        Q(variant__model_id=model_id) | Q(pk__in=Alias.objects.filter(alias_id=model_id).values("variant"))
    )
    body = bodies.values_list("body", flat=True).first()
    return read_record(body) if body else None


def by_path(family_slug: str, slug: str) -> Record | None:
    """Find a model by its page's address; one query."""
    if not _is_plausible(slug) or not _is_plausible(family_slug):
        return None
    documents = Document.objects.filter(variant__family__slug=family_slug, variant__slug=slug)
    body = documents.values_list("body", flat=True).first()
    return read_record(body) if body else None


def moved_to(family_slug: str, slug: str) -> str | None:
    """Return the current address of a former one or alias."""
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
    """Whether an address was withdrawn without a successor."""
    if not _is_plausible(slug) or not _is_plausible(family_slug):
        return False
    return FormerSlug.objects.filter(family_slug=family_slug, slug=slug, variant__isnull=True).exists()


def family_records(family_slug: str) -> list[Record]:
    """Return a family's records, in its file's order."""
    documents = Document.objects.filter(variant__family__slug=family_slug)
    return [
        read_record(body)
        for body in documents.order_by("variant__position", "pk").values_list("body", flat=True)
    ]


def suggestions(text: str) -> list[Suggestion]:
    """List models with the nearest IDs or aliases."""
    word = " ".join(query_words(text.replace("\0", " ")))
    known: dict[str, Suggestion] = {}
    for candidate in sorted(near(word)):
        if candidate.kind == "model":
            for line in candidate.names.split("\n"):
                known.setdefault(line[1:], Suggestion(candidate.label, candidate.path))
    # Twice as many: an ID and its aliases may both be near.
    best = get_close_matches(word, known, n=SUGGESTIONS * 2, cutoff=0.5)
    return list({known[key].model_id: known[key] for key in best}.values())[:SUGGESTIONS]


def _is_plausible(text: str) -> bool:
    # PostgreSQL refuses NUL characters in texts.
    return 0 < len(text) <= LONGEST_ID and "\0" not in text
