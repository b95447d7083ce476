"""Finds and caches skills."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from typing import Protocol, TypeVar

from django.core.cache import cache
from django.utils import timezone, translation

from catalog.models import Document, Family
from catalog.presentation.skills.catalog_skill import catalog_skill
from catalog.presentation.skills.family import family_skill
from catalog.presentation.skills.family_titles import titles, within_bounds
from catalog.presentation.skills.names import CATALOG, is_hashed, key_of, skill_name
from catalog.presentation.skills.skill import CatalogEdition, FamilyLine, Skill
from catalog.presentation.wording.family import family_lead
from catalog.presentation.wording.promises import read_promises
from catalog.presentation.wording.subject import read_site
from catalog.publishing.publish import current_revision
from catalog.records.facts import Facts, facts, holds_since, next_boundary
from catalog.records.phrases import NOT_STATED_PROVIDER
from catalog.records.promises import Promises
from catalog.records.record import read_record
from catalog.text.instants import rfc3339

KEPT_SECONDS = 24 * 3600


class Kept(Protocol):
    """A cached text."""

    @property
    def boundary(self) -> datetime | None:
        """Return when it changes."""


T = TypeVar("T", bound=Kept)
# Skills are in English, whatever the site speaks.
AGENTS_READ = "en"


class Shelf:
    """The skills of the current catalog."""

    def __init__(self) -> None:
        self.at = timezone.now()
        self.revision, self.published_at = current_revision()
        self.site = read_site()

    @cached_property
    def promises(self) -> Promises:
        """Return the promises, read once something is written."""
        return read_promises()

    def find(self, key: str) -> Skill | None:
        """Return the skill at `/skills/{key}`, or of this name."""
        if key == CATALOG:
            return self.own()
        family = _family(key)
        return self.keep(_name(family), lambda: self._write([family])[0]) if family else None

    def own(self) -> Skill:
        """Return the catalog's skill."""
        return self.keep(CATALOG, lambda: catalog_skill(titles(), self._edition([])))

    def listed(self) -> list[Skill]:
        """List the catalog's skill, then families' by name, in constant queries."""
        families = {self._key(_name(family)): family for family in within_bounds()}
        skills: dict[str, Skill] = {
            key: skill for key, skill in cache.get_many(families).items() if self._holds(skill)
        }
        missing = {key: family for key, family in families.items() if key not in skills}
        if missing:
            with translation.override(AGENTS_READ):
                made = dict(zip(missing, self._write(list(missing.values())), strict=True))
            cache.set_many(made, KEPT_SECONDS)
            skills |= made
        return [self.own(), *(skills[key] for key in families)]

    def keep(self, name: str, write: Callable[[], T]) -> T:
        """Return a cached text, rebuilt if the catalog or its boundary changed."""
        key = self._key(name)
        entry: T | None = cache.get(key)
        if entry is None or not self._holds(entry):
            with translation.override(AGENTS_READ):
                entry = write()
            cache.set(key, entry, KEPT_SECONDS)
        return entry

    def _key(self, name: str) -> str:
        # The key holds all that a text depends on but time, which `boundary` covers.
        parts = (name, self.revision, self.published_at, self.site)
        return f"skills.{hashlib.sha256(repr(parts).encode()).hexdigest()}"

    def _holds(self, entry: Kept) -> bool:
        return entry.boundary is None or entry.boundary > self.at

    def _write(self, families: Sequence[Family]) -> list[Skill]:
        # One query for the models of all families.
        by_family: defaultdict[int, list[Facts]] = defaultdict(list)
        rows = Document.objects.filter(variant__family__in=[family.pk for family in families])
        ordered = rows.order_by("variant__position", "pk").values_list("variant__family_id", "body")
        for pk, text in ordered.iterator():
            by_family[pk].append(facts(read_record(text), self.at))
        return [self._skill(family, by_family[family.pk]) for family in families]

    def _skill(self, family: Family, members: list[Facts]) -> Skill:
        members = sorted(members, key=_stage)
        provider = family.provider
        line = FamilyLine(
            slug=family.slug,
            name=family.display_name,
            lead=family_lead(family, members),
            provider="" if provider.slug == NOT_STATED_PROVIDER else provider.display_name,
            members=members,
        )
        boundaries = (next_boundary(member.record, self.at) for member in members)
        return family_skill(line, self._edition(members), min(filter(None, boundaries), default=None))

    def _edition(self, members: Sequence[Facts]) -> CatalogEdition:
        # From then on the models read as they do: until the next change the bytes are the same.
        starts = [holds_since(member.record, self.at, self.published_at) for member in members]
        since = max(starts, default=self.published_at)
        return CatalogEdition(
            self.revision, rfc3339(since.replace(microsecond=0)) if since else "", self.site, self.promises
        )


def _family(key: str) -> Family | None:
    if not key or "\0" in key or len(key) > 200:
        return None
    rows = Family.objects.select_related("provider")
    family = rows.filter(slug=key).first()
    if family and key_of(family.slug) == key:
        return family
    # Only a hashed name needs a look at every slug.
    if not is_hashed(key):
        return None
    slug = next((slug for slug in rows.values_list("slug", flat=True) if skill_name(slug) == key), None)
    return None if slug is None else rows.get(slug=slug)


def _stage(member: Facts) -> int:
    return {"deprecated": 1, "retired": 2}.get(member.lifecycle or "", 0)


def _name(family: Family) -> str:
    return f"family {family.pk}"
