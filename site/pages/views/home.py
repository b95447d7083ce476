"""The first page: what this is, how to search it, and the families with real numbers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse

from catalog.facts import facts
from catalog.health import troubled
from catalog.history import newest as newest_changes
from catalog.language import say
from catalog.models import Family, Provider, Variant
from catalog.models.variant import retired
from catalog.selection import Selection, page, records_of
from catalog.vocabulary import Modality
from catalog.wording.phrases import NOT_STATED_PROVIDER
from catalog.wording.subject import read_site
from pages import mirrors, structured_data
from pages.clock import instant
from pages.listing import ModelRow, rows
from pages.trouble import open_rows

NEWEST = 3
LEAVING = 3
CHANGED = 3
OFFERED = (
    ("/.well-known/api-catalog", "api-catalog", "application/linkset+json"),
    ("/openapi.json", "service-desc", "application/json"),
    ("/api/v1/docs", "service-doc", "text/html"),
    ("/.well-known/ard.json", "ard", "application/json"),
    ("/changes.atom", "alternate", "application/atom+xml"),
)
"""What programs find from the first page: address, relation and media type."""


def home(request: HttpRequest) -> HttpResponse:
    """Show the catalog at a glance."""
    at = instant(request)
    families = list(
        Family.objects.annotate(model_count=Count("variants", filter=~retired(at, "variants__")))
        .select_related("provider")
        .order_by(Lower("name"))
    )
    served = Variant.objects.served(at).filter(released_on__lte=at.date())
    newest = served.order_by("-released_on", "model_id")[:NEWEST]
    leaving = Variant.objects.filter(retires_on__gt=at.date()).order_by("retires_on", "model_id")[:LEAVING]
    site = read_site()
    response = mirrors.answer(
        request,
        "pages/home.html",
        {
            "things": [structured_data.website(site.name, site.url)],
            "model_count": sum(family.model_count for family in families),
            "family_count": len(families),
            "provider_count": Provider.objects.exclude(slug=NOT_STATED_PROVIDER).count(),
            "groups": _groups(families),
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
    """Write the `Link` header by which programs find what else this site offers."""
    url = read_site().url
    return ", ".join(f'<{url}{path}>; rel="{rel}"; type="{kind}"' for path, rel, kind in OFFERED)


def _listed(found: QuerySet[Variant], at: datetime) -> list[ModelRow]:
    records = records_of(list(found.values_list("pk", flat=True)))
    return rows(facts(record, at) for record in records)


def _groups(families: Sequence[Any]) -> list[dict[str, object]]:
    """Group families by what they make; those that do not state it come last."""
    groups: list[dict[str, object]] = []
    for word, label in [*Modality.choices, ("", say("Not stated"))]:
        members = [family for family in families if family.modality == word]
        if members:
            groups.append(
                {
                    "value": word or "unknown",
                    "label": label,
                    "families": members,
                    "model_count": sum(family.model_count for family in members),
                }
            )
    return groups
