"""The list of models, with its filters and order in the query string, and the page of a family."""

from dataclasses import replace
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from catalog import lookup
from catalog.comparison import compare
from catalog.facts import Facts, facts
from catalog.markup import render_markdown
from catalog.models import Family
from catalog.selection import FacetCount, Selection, count_facet, page
from catalog.vocabulary import Protocol
from catalog.wording.family import family_lead
from pages import browse, comparing
from pages.clock import instant
from pages.listing import listing
from pages.parts import comparison
from pages.parts.plot import picture

MOST_SIDE_BY_SIDE = 40


def models(request: HttpRequest) -> HttpResponse:
    """List the models that the query selects."""
    at = instant(request)
    selection = browse.read_selection(request.GET)
    number = browse.read_page(request.GET)
    found = page(selection, at, browse.PER_PAGE, (number - 1) * browse.PER_PAGE)
    counts: dict[str, list[FacetCount]] = {name: count_facet(selection, name, at) for name in browse.HEADINGS}
    shown = listing(facts(record, at) for record in found.records)
    last = max(1, -(-found.count // browse.PER_PAGE))
    context = {
        "selection": selection,
        "count": found.count,
        "listing": shown,
        "filters": browse.filters(selection, counts),
        "removable": browse.removable(selection, counts),
        "sorts": browse.sort_links(
            selection, is_token_priced=shown.is_token_priced or (last > 1 and _has_token_price(selection, at))
        ),
        "carried": browse.carried(selection),
        "canonical": browse.address(selection, number),
        "clear_url": "/models",
        "first_url": browse.address(selection),
        "page": number,
        "last_page": last,
        "previous_url": browse.address(selection, number - 1) if number > 1 else "",
        "next_url": browse.address(selection, number + 1) if number < last else "",
    }
    return render(request, "pages/models.html", context)


def family(request: HttpRequest, family_slug: str) -> HttpResponse:
    """Show a family: its models side by side."""
    at = instant(request)
    found = Family.objects.select_related("provider").filter(slug=family_slug).first()
    if found is None:
        raise Http404(family_slug)
    members = [facts(record, at) for record in lookup.family_records(family_slug)]
    served = [member for member in members if not member.is_retired]
    return render(
        request,
        "pages/family.html",
        {
            "family": found,
            "overview_html": render_markdown(found.overview),
            "lead": family_lead(found, members),
            "listing": listing(served),
            "retired": listing(member for member in members if member.is_retired),
            "endpoints": _endpoints(members),
            **_side_by_side(members),
        },
    )


def _side_by_side(members: list[Facts]) -> dict[str, object]:
    """Compare all models of a family, those still served first; too many are left to be picked from."""
    ordered = sorted(members, key=lambda member: member.is_retired)
    if not 2 <= len(ordered) <= MOST_SIDE_BY_SIDE:
        return {"is_compared": len(ordered) > 1}
    found = compare(ordered)
    return {
        "is_compared": True,
        "columns": comparing.columns(ordered, is_fixed=True),
        "table": comparison.table(found, only_differences=True),
        "shared": comparison.shared(found),
        "picture": picture(ordered),
    }


def _has_token_price(selection: Selection, at: datetime) -> bool:
    """Look beyond the page shown: in the order of the input price, models without one come last."""
    first = page(replace(selection, sort="input_price"), at, 1)
    return listing(facts(record, at) for record in first.records).is_token_priced


def _endpoints(members: list[Facts]) -> list[dict[str, object]]:
    """List the addresses that any model of a family speaks, each with how many do."""
    counted: dict[tuple[str, str, str], int] = {}
    for member in members:
        for endpoint in member.record["endpoints"]:
            key = (endpoint["method"], endpoint["path"], endpoint["protocol"])
            counted[key] = counted.get(key, 0) + 1
    return [
        {"method": method, "path": path, "protocol": Protocol(protocol).label, "count": count}
        for (method, path, protocol), count in counted.items()
    ]
