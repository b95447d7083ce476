"""The families that have a skill."""

from django.db.models import Count, QuerySet
from django.db.models.functions import Lower

from catalog.models import Family
from catalog.presentation.skills.names import key_of, skill_name
from catalog.presentation.skills.skill import Title
from catalog.records.phrases import NOT_STATED_PROVIDER

# Skills of a larger catalog are not all listed: the others have their addresses alone.
MOST_MODELS, MOST_FAMILIES = 2_000, 200
MOST_TITLES = 1_000


def titles(start: int = 0, stop: int = MOST_TITLES) -> list[Title]:
    """List families by name; one query."""
    return [
        Title(
            slug=family.slug,
            name=family.display_name,
            key=key_of(family.slug),
            skill=skill_name(family.slug),
            provider="" if family.provider.slug == NOT_STATED_PROVIDER else family.provider.display_name,
            models=getattr(family, "models", 0),
        )
        for family in _families()[start:stop]
    ]


def _families() -> QuerySet[Family]:
    rows = Family.objects.select_related("provider").annotate(models=Count("variants"))
    return rows.order_by(Lower("name"), "pk")


def within_bounds() -> list[Family]:
    """List the families that fit on one page of skills."""
    families: list[Family] = []
    models = 0
    for family in _families()[:MOST_FAMILIES]:
        models += getattr(family, "models", 0)
        # Never none, however large the first family.
        if models > MOST_MODELS and families:
            break
        families.append(family)
    return families
