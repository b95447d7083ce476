"""What a model page's sections are built from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from catalog.history.source_claims import FieldView, claimed, field_views
from catalog.models import Family
from catalog.presentation.wording.promises import read_promises
from catalog.presentation.wording.subject import Subject, read_site
from catalog.records.facts import facts
from catalog.search import lookup
from catalog.search.successors import successors


@dataclass(frozen=True)
class ModelContext(Subject):
    """All that a section may use; `query` is the page's."""

    family_source: str = ""
    evidence: list[FieldView] = field(default_factory=list)
    query: Mapping[str, str] = field(default_factory=dict)


def find_model(
    family_slug: str, slug: str, at: datetime, query: Mapping[str, str] | None = None
) -> ModelContext | None:
    """Fetch a model with its family, in a constant number of queries."""
    # PostgreSQL refuses to look for a NUL.
    if "\0" in family_slug or "\0" in slug:
        return None
    family = [facts(record, at) for record in lookup.family_records(family_slug)]
    this = next((member for member in family if member.record["slug"] == slug), None)
    if this is None:
        return None
    source = Family.objects.filter(slug=family_slug).values_list("source_url", flat=True).first()
    return ModelContext(
        this=this,
        family=family,
        family_source=source or "",
        successors=successors(this.record, at),
        evidence=field_views(this.record, at) if claimed(this.record["model_id"]) else [],
        site=read_site(),
        promises=read_promises(),
        query=query or {},
    )
