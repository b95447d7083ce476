"""Providers and their families."""

from collections import defaultdict
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from api import schemas
from api.answers import answer, next_page
from api.problems import UnknownError
from api.queries import PageQuery
from catalog.changes import current_revision
from catalog.models import Family, Provider, Variant
from catalog.wire import absolute

router = Router(tags=["Providers and families"])


@router.get(
    "/providers", response={200: schemas.ProviderList, 422: schemas.Problem}, summary="List providers"
)
def list_providers(request: HttpRequest, query: Query[PageQuery]) -> HttpResponse:
    """List providers by name."""
    rows = Provider.objects.annotate(model_count=Count("families__variants"))
    count = rows.count()
    found = rows.order_by("name", "slug")[query.offset : query.offset + query.limit]
    items = [_provider(provider) for provider in found.prefetch_related("families")]
    return _page(request, items, count, query)


@router.get("/providers/{slug}", response={200: schemas.Provider, 404: schemas.Problem}, summary="A provider")
def get_provider(request: HttpRequest, slug: str) -> HttpResponse:
    """Give one provider."""
    rows = Provider.objects.annotate(model_count=Count("families__variants")).prefetch_related("families")
    provider = rows.filter(slug=slug).first() if "\0" not in slug else None
    if provider is None:
        raise UnknownError(f"There is no provider {slug!r} in this catalog.")
    return _send(request, _provider(provider))


@router.get("/families", response={200: schemas.FamilyList, 422: schemas.Problem}, summary="List families")
def list_families(request: HttpRequest, query: Query[PageQuery]) -> HttpResponse:
    """List families by name."""
    rows = Family.objects.select_related("provider").order_by("name", "slug")
    found = list(rows[query.offset : query.offset + query.limit])
    members = _members([family.pk for family in found])
    return _page(request, [_family(family, members[family.pk]) for family in found], rows.count(), query)


@router.get("/families/{slug}", response={200: schemas.Family, 404: schemas.Problem}, summary="A family")
def get_family(request: HttpRequest, slug: str) -> HttpResponse:
    """Give one family."""
    rows = Family.objects.select_related("provider")
    family = rows.filter(slug=slug).first() if "\0" not in slug else None
    if family is None:
        raise UnknownError(f"There is no family {slug!r} in this catalog.")
    return _send(request, _family(family, _members([family.pk])[family.pk]))


def _members(family_ids: list[int]) -> dict[int, list[str]]:
    members: dict[int, list[str]] = defaultdict(list)
    rows = Variant.objects.filter(family__in=family_ids).order_by("position", "pk")
    for family_id, model_id in rows.values_list("family_id", "model_id"):
        members[family_id].append(model_id)
    return members


def _provider(provider: Any) -> dict[str, Any]:
    return {
        "slug": provider.slug,
        "name": provider.name,
        "url": absolute(f"/providers/{provider.slug}"),
        "families": [{"slug": family.slug, "name": family.name} for family in provider.families.all()],
        "model_count": provider.model_count,
    }


def _family(family: Family, members: list[str]) -> dict[str, Any]:
    return {
        "slug": family.slug,
        "name": family.name,
        "url": absolute(f"/models/{family.slug}"),
        "provider": {"slug": family.provider.slug, "name": family.provider.name},
        "modality": family.modality or None,
        "price_claim": family.price_claim or None,
        "price_claim_source": family.price_claim_source or None,
        "models": members,
        "model_count": len(members),
        "source_url": family.source_url or None,
        "source_label": family.source_label,
        "checked_on": family.checked_on.isoformat() if family.checked_on else None,
    }


def _page(request: HttpRequest, items: list[dict[str, Any]], count: int, query: PageQuery) -> HttpResponse:
    following = next_page(request, limit=query.limit, offset=query.offset, count=count)
    return _send(request, {"items": items, "count": count, "next": following})


def _send(request: HttpRequest, body: dict[str, Any]) -> HttpResponse:
    return answer(request, body, revision=current_revision()[0], at=timezone.now())
