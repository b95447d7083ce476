"""Providers."""

from urllib.parse import urlencode

from django.db.models import Count
from django.db.models.functions import Lower
from django.http import Http404, HttpRequest, HttpResponse

from catalog.models import Family, Provider, Variant
from catalog.models.variant import retired
from catalog.records.facts import facts
from catalog.search.family_lists import makers
from catalog.search.selection import records_of
from catalog.text.language import say
from catalog.text.paging import numbered, pager
from catalog.text.query_names import takes
from pages import markdown_pages
from pages.instants import instant
from pages.list_state import read_page
from pages.model_rows import ModelRow, ModelTable, rows

MOST_MODELS = 300
PER_PAGE = 50


@takes("page", "at")
def providers(request: HttpRequest) -> HttpResponse:
    """List providers."""
    number, count = read_page(request.GET), Provider.objects.count()
    pages = pager(numbered("/providers"), number, count, PER_PAGE, is_within=True)
    rows = makers(instant(request), pages.start, pages.stop)
    return markdown_pages.answer(request, "pages/providers.html", {"providers": rows, **pages.words()})


@takes("at")
def provider(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a provider's families and models."""
    at = instant(request)
    maker = Provider.objects.filter(slug=slug).first()
    if maker is None:
        raise Http404(slug)
    every = Variant.objects.filter(family__provider=maker)
    members = every.served(at).order_by("family__name", "position", "pk")
    model_count = members.count()
    retired_count = every.count() - model_count
    listed = rows(
        facts(record, at) for record in records_of(list(members.values_list("pk", flat=True)[:MOST_MODELS]))
    )
    families = [
        _family(family, [row for row in listed if row.family_slug == family.slug])
        for family in maker.families.annotate(
            model_count=Count("variants", filter=~retired(at, "variants__"))
        ).order_by(Lower("name"))
    ]
    context = {
        "provider": maker,
        "trail": [(say("Providers"), "/providers"), (maker.name, "")],
        "families": families,
        "model_count": model_count,
        "retired_count": retired_count,
        "all_url": f"/models?provider={maker.slug}" if model_count > MOST_MODELS else "",
    }
    return markdown_pages.answer(request, "pages/provider.html", context)


def _family(family: Family, listed: list[ModelRow]) -> dict[str, object]:
    count = getattr(family, "model_count", len(listed))
    return {
        "family": family,
        "listing": ModelTable(listed),
        "model_count": count,
        "all_url": f"/models?{urlencode({'family': family.slug})}" if count > len(listed) else "",
    }
