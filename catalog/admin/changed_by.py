"""Who changed a value after a page showed it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import Q

from catalog.admin.form_snapshot import Shown
from catalog.models import ChangeEvent, Family, FormerSlug, Provider, StatusEvent, Variant
from catalog.publishing.event_values import as_json
from catalog.vocabulary import ChangeKind


def authors(row: models.Model, name: str, shown: Shown) -> str:
    """Return "ada at 29 Nov 2026 10:12 UTC", "" if unknown."""
    events = ChangeEvent.objects.filter(revision__gt=shown.revision).select_related("revision__actor")
    if isinstance(row, Variant | Family | Provider | StatusEvent):
        events = events.filter(_subject(row))
        return _listed([event for event in events if _wrote(event, row, name)][:1])
    if isinstance(row, FormerSlug):
        address = f"/models/{row.family_slug}/{row.slug} "
        return _listed(events.filter(subject=row.family_slug, summary__startswith=address)[:1])
    group = row._meta.get_field("variant").remote_field.get_accessor_name()  # type: ignore[union-attr]  # noqa: SLF001
    # The audit has rows below a model as one group: everyone who changed it since is listed.
    endings = (f": {row._meta.verbose_name_plural} changed", f": {str(group).replace('_', ' ')} restated")  # noqa: SLF001
    ends = Q(summary__endswith=endings[0]) | Q(summary__endswith=endings[1])
    return _listed(events.filter(ends, variant=row.variant_id))  # type: ignore[attr-defined]


def moment(at: datetime) -> str:
    """Return "29 Nov 2026 10:12 UTC"."""
    return f"{at.day} {at:%b %Y %H:%M} UTC"


def _subject(row: Variant | Family | Provider | StatusEvent) -> Q:
    if isinstance(row, StatusEvent):
        return Q(variant=row.variant_id, kind=ChangeKind.STATUS)
    return Q(variant=row) if isinstance(row, Variant) else Q(variant=None, subject=row.slug)


def _wrote(event: ChangeEvent, row: models.Model, name: str) -> bool:
    value = getattr(row, name)
    if isinstance(event.after, dict):
        return name in event.after and bool(event.after[name] == as_json(value))
    # A status event that is closed with a button ends at the instant of that publish.
    return name == "ended_at" and event.revision.at == value


def _listed(events: Iterable[ChangeEvent]) -> str:
    written = {
        f"{event.revision.actor or event.revision.get_origin_display().lower()} at "
        f"{moment(event.revision.at)}": None
        for event in events
    }
    return ", ".join(written)
