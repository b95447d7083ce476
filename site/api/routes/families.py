"""Providers and their families."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from api import schemas
from api.answers import answer, next_page
from api.problems import UnknownError
from api.queries import AtQuery, LinesQuery, PageQuery
from catalog.models import Family, Provider, Variant
from catalog.models.variant import retired
from catalog.presentation.model_json import absolute
from catalog.publishing.publish import current_revision


@dataclass(frozen=True, slots=True)
class FamilyMembers:
    """IDs of a family's models."""

    served: list[str]
    retired: list[str]


router = Router(tags=["Providers and families"])


@router.get(
    "/providers", response={200: schemas.ProviderList, 422: schemas.Problem}, summary="List providers"
)
def list_providers(request: HttpRequest, query: Query[LinesQuery]) -> HttpResponse:
    """List providers by name."""
    rows = _counted(query.at)
    count = rows.count()
    providers = rows.order_by("name", "slug")[query.offset : query.offset + query.limit]
    items = [_provider(provider) for provider in providers.prefetch_related("families")]
    return _page(request, items, count, query)


@router.get("/providers/{slug}", response={200: schemas.Provider, 404: schemas.Problem}, summary="A provider")
def get_provider(request: HttpRequest, slug: str, query: Query[AtQuery]) -> HttpResponse:
    """Return one provider."""
    rows = _counted(query.at).prefetch_related("families")
    # PostgreSQL refuses to look for a NUL.
    provider = rows.filter(slug=slug).first() if "\0" not in slug else None
    if provider is None:
        raise UnknownError(f"There is no provider {slug!r} in this catalog.")
    return _send(_provider(provider))


@router.get("/families", response={200: schemas.FamilyList, 422: schemas.Problem}, summary="List families")
def list_families(request: HttpRequest, query: Query[LinesQuery]) -> HttpResponse:
    """List families by name."""
    rows = Family.objects.select_related("provider").order_by("name", "slug")
    families = list(rows[query.offset : query.offset + query.limit])
    members = _members([family.pk for family in families], query.at)
    return _page(request, [_family(family, members[family.pk]) for family in families], rows.count(), query)


@router.get("/families/{slug}", response={200: schemas.Family, 404: schemas.Problem}, summary="A family")
def get_family(request: HttpRequest, slug: str, query: Query[AtQuery]) -> HttpResponse:
    """Return one family."""
    rows = Family.objects.select_related("provider")
    # PostgreSQL refuses to look for a NUL.
    family = rows.filter(slug=slug).first() if "\0" not in slug else None
    if family is None:
        raise UnknownError(f"There is no family {slug!r} in this catalog.")
    return _send(_family(family, _members([family.pk], query.at)[family.pk]))


def _counted(at: datetime | None) -> QuerySet[Provider]:
    gone = retired(at or timezone.now(), "families__variants__")
    return Provider.objects.annotate(
        model_count=Count("families__variants", filter=~gone),
        retired_count=Count("families__variants", filter=gone),
    )


def _members(family_ids: list[int], at: datetime | None) -> dict[int, FamilyMembers]:
    members: dict[int, FamilyMembers] = defaultdict(lambda: FamilyMembers([], []))
    gone = ExpressionWrapper(retired(at or timezone.now()), BooleanField())
    rows = Variant.objects.filter(family__in=family_ids).annotate(is_gone=gone).order_by("position", "pk")
    for family_id, model_id, is_gone in rows.values_list("family_id", "model_id", "is_gone"):
        (members[family_id].retired if is_gone else members[family_id].served).append(model_id)
    return members


def _provider(provider: Any) -> dict[str, Any]:
    return {
        "slug": provider.slug,
        "name": provider.display_name,
        "url": absolute(f"/providers/{provider.slug}"),
        "families": [
            {"slug": family.slug, "name": family.display_name} for family in provider.families.all()
        ],
        "model_count": provider.model_count,
        "retired_count": provider.retired_count,
    }


def _family(family: Family, members: FamilyMembers) -> dict[str, Any]:
    return {
        "slug": family.slug,
        "name": family.display_name,
        "url": absolute(f"/models/{family.slug}"),
        "provider": {"slug": family.provider.slug, "name": family.provider.display_name},
        "modality": family.modality or None,
        "price_claim": family.price_claim or None,
        "price_claim_source": family.price_claim_source or None,
        "models": members.served,
        "model_count": len(members.served),
        "retired_models": members.retired,
        "source_url": family.source_url or None,
        "source_label": family.source_label,
        "checked_on": family.checked_on.isoformat() if family.checked_on else None,
    }


def _page(request: HttpRequest, items: list[dict[str, Any]], count: int, query: PageQuery) -> HttpResponse:
    following = next_page(request, limit=query.limit, offset=query.offset, count=count)
    return _send({"items": items, "count": count, "next": following})


def _send(body: dict[str, Any]) -> HttpResponse:
    return answer(body, revision=current_revision()[0], at=timezone.now())
