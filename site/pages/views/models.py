"""The list of models, with its filters and order in the query string, and the page of a family."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse

from catalog import lookup
from catalog.comparison import compare
from catalog.facets import FACETS
from catalog.facts import Facts
from catalog.facts import facts as facts_at
from catalog.language import say
from catalog.markup import render_markdown
from catalog.models import Family
from catalog.selection import page
from catalog.vocabulary import Protocol
from catalog.wording.family import family_lead
from pages import browse, comparing, mirrors
from pages.clock import instant
from pages.listing import listing
from pages.parts import comparison, facets
from pages.parts.plot import picture

MOST_SIDE_BY_SIDE = 40
BOUNDS = ("min_context", "max_input_price", "max_output_price", "released_after")


def models(request: HttpRequest) -> HttpResponse:
    """List the models that the query selects."""
    at = instant(request)
    state = browse.read_state(request.GET)
    number = browse.read_page(request.GET)
    offset = (number - 1) * browse.PER_PAGE
    found = page(state.selection, at, browse.PER_PAGE, offset, facets=FACETS, most=facets.most(state))
    shown = listing(facts_at(record, at) for record in found.records)
    last = max(1, -(-found.count // browse.PER_PAGE))
    has_token_price = shown.is_token_priced or (last > 1 and bool(found.facets["max_input_price"]))
    context = {
        "state": state,
        "selection": state.selection,
        "count": found.count,
        "listing": shown,
        "filters": facets.filters(state, found.facets),
        "removable": facets.removable(state),
        "advice": facets.advice(state, found.drops),
        "sorts": facets.sort_links(state, is_token_priced=has_token_price),
        "carried": state.carried(),
        "carried_bounds": state.carried(BOUNDS),
        "bounds": {name: dict(state.carried()).get(name, "") for name in BOUNDS},
        "views": [
            {
                "label": say(browse.VIEW_LABELS[view]),
                "url": replace(state, view=view).address(number),
                "is_current": view == state.view,
            }
            for view in browse.VIEWS
        ],
        "csv_url": state.address(path="/models.csv"),
        "canonical": replace(state, view=browse.VIEWS[0], more=()).address(number),
        "clear_url": browse.State(view=state.view, at=state.at).address(),
        "first_url": state.address(),
        "page": number,
        "last_page": last,
        "previous_url": state.address(min(number - 1, last)) if number > 1 else "",
        "next_url": state.address(number + 1) if number < last else "",
    }
    return mirrors.answer(request, "pages/models.html", context)


def family(request: HttpRequest, family_slug: str) -> HttpResponse:
    """Show a family: its models side by side."""
    at = instant(request)
    named = mirrors.names(request, family_slug)
    known = {one.slug: one for one in Family.objects.select_related("provider").filter(slug__in=named)}
    found = next((known[name] for name in named if name in known), None)
    if found is None:
        raise Http404(family_slug)
    mirrors.settle(request, family_slug, found.slug)
    members = [facts_at(record, at) for record in lookup.family_records(found.slug)]
    served = [member for member in members if not member.is_retired]
    return mirrors.answer(
        request,
        "pages/family.html",
        {
            "family": found,
            "trail": [(say("Models"), "/models"), (found.name, "")],
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


def _endpoints(members: list[Facts]) -> list[dict[str, object]]:
    """List the addresses that any model of a family speaks, each with how many do."""
    counted: dict[tuple[str, str, str], int] = {}
    for member in members:
        for endpoint in member.record["endpoints"]:
            key = (endpoint["method"], endpoint["path"], endpoint["protocol"])
            counted[key] = counted.get(key, 0) + 1
    return [
        {"method": method, "path": path, "protocol": str(Protocol(protocol).label), "count": count}
        for (method, path, protocol), count in counted.items()
    ]
