"""The first page."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from catalog.history.changes import newest as newest_changes
from catalog.history.status import troubled
from catalog.models import Provider, Variant
from catalog.presentation.wording.subject import read_site
from catalog.records.facts import facts
from catalog.records.phrases import NOT_STATED_PROVIDER
from catalog.search.family_lists import FamilyGroup, groups
from catalog.search.selection import Selection, page, records_of
from catalog.text.language import say
from catalog.text.query_names import takes
from catalog.vocabulary import Modality
from pages import markdown_pages, structured_data
from pages.instants import instant
from pages.model_rows import ModelRow, rows
from pages.status_rows import open_rows

NEWEST = 3
LEAVING = 3
CHANGED = 3
# For programs, in the `Link` header: address, relation and media type.
OFFERED = (
    ("/.well-known/api-catalog", "api-catalog", "application/linkset+json"),
    ("/openapi.json", "service-desc", "application/json"),
    ("/api/v1/docs", "service-doc", "text/html"),
    ("/.well-known/ard.json", "ard", "application/json"),
    ("/changes.atom", "alternate", "application/atom+xml"),
)


@takes("at")
def home(request: HttpRequest) -> HttpResponse:
    """Show the catalog at a glance."""
    at = instant(request)
    modality_groups = groups(at)
    served = Variant.objects.served(at).filter(released_on__lte=at.date())
    newest = served.order_by("-released_on", "model_id")[:NEWEST]
    leaving = Variant.objects.filter(retires_on__gt=at.date()).order_by("retires_on", "model_id")[:LEAVING]
    site = read_site()
    response = markdown_pages.answer(
        request,
        "pages/home.html",
        {
            "things": [structured_data.website(site.name, site.url)],
            "model_count": Variant.objects.served(at).count(),
            "family_count": sum(group.family_count for group in modality_groups),
            "provider_count": Provider.objects.exclude(slug=NOT_STATED_PROVIDER).count(),
            "groups": _groups(modality_groups),
            "newest": _listed(newest, at),
            "leaving": _listed(leaving, at),
            "changes": newest_changes(CHANGED),
            "finder": page(Selection(), at, 0, facets=("capability", "min_context")).facets,
            "troubled": open_rows(troubled(at)),
        },
    )
    response["Link"] = _links()
    return response


def _links() -> str:
    url = read_site().url
    return ", ".join(f'<{url}{path}>; rel="{rel}"; type="{kind}"' for path, rel, kind in OFFERED)


def _listed(variants: QuerySet[Variant], at: datetime) -> list[ModelRow]:
    records = records_of(list(variants.values_list("pk", flat=True)))
    return rows(facts(record, at) for record in records)


def _groups(families: Sequence[FamilyGroup]) -> list[dict[str, object]]:
    labels = {**dict(Modality.choices), "": say("Not stated")}  # unstated ones come last
    return [
        {
            "value": word or "unknown",
            "label": label,
            "families": group.families,
            "model_count": group.model_count,
            "more": group.more,
        }
        for word, label in labels.items()
        for group in families
        if group.modality == word
    ]
