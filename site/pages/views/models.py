"""The list of models, and the page of a family."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse

from catalog.comparison import compare
from catalog.models import Family
from catalog.presentation.wording.family import family_lead
from catalog.records.facts import Facts
from catalog.records.facts import facts as facts_at
from catalog.records.record import UseCaseRecord
from catalog.search import lookup
from catalog.search.facets import FACETS
from catalog.search.selection import page
from catalog.text.language import say
from catalog.text.markdown_to_html import render_markdown
from catalog.text.paging import pager
from catalog.text.query_names import takes
from catalog.vocabulary import Protocol
from pages import compare_state, list_state, markdown_pages
from pages.instants import instant
from pages.model_rows import listing
from pages.parts import chosen_filters, comparison, facets
from pages.parts.plot import picture

MOST_SIDE_BY_SIDE = 40


@takes(*list_state.NAMES)
def models(request: HttpRequest) -> HttpResponse:
    """List the models that the query selects."""
    at = instant(request)
    state = list_state.read_state(request.GET)
    number = list_state.read_page(request.GET)
    offset = (number - 1) * list_state.PER_PAGE
    part = page(state.selection, at, list_state.PER_PAGE, offset, facets=FACETS, most=facets.most(state))
    shown = listing(facts_at(record, at) for record in part.records)
    pages = pager(state.address, number, part.count, list_state.PER_PAGE)
    # Orders are of the whole list: another page may have prices of tokens.
    has_token_price = shown.is_token_priced or (pages.last_page > 1 and bool(part.facets["max_input_price"]))
    context = {
        "state": state,
        "selection": state.selection,
        "count": part.count,
        "listing": shown,
        "filters": facets.filters(state, part.facets),
        "removable": chosen_filters.removable(state),
        "advice": chosen_filters.advice(state, part.drops),
        "sorts": facets.sort_links(state, is_token_priced=has_token_price),
        "carried": state.carried(),
        "carried_bounds": state.carried(facets.BOUNDS),
        "bounds": facets.bounds(state),
        "views": [
            {
                "label": say(list_state.VIEW_LABELS[view]),
                "url": replace(state, view=view).address(number),
                "is_current": view == state.view,
            }
            for view in list_state.VIEWS
        ],
        "csv_url": state.address(path="/models.csv"),
        **pages.words(),
        # How a list is shown does not make it another one.
        "canonical": replace(state, view=list_state.VIEWS[0], more=()).address(number),
        "clear_url": list_state.State(view=state.view, at=state.at).address(),
    }
    return markdown_pages.answer(request, "pages/models.html", context)


@takes("at")
def family(request: HttpRequest, family_slug: str) -> HttpResponse:
    """Show a family: its models side by side."""
    at = instant(request)
    row = Family.objects.select_related("provider").filter(slug=family_slug).first()
    if row is None:
        raise Http404(family_slug)
    members = [facts_at(record, at) for record in lookup.family_records(row.slug)]
    served = [member for member in members if not member.is_retired]
    return markdown_pages.answer(
        request,
        "pages/family.html",
        {
            "family": row,
            "trail": [(say("Models"), "/models"), (row.name, "")],
            "overview_html": render_markdown(row.overview),
            "lead": family_lead(row, members),
            "uses": _uses(row, served),
            "listing": listing(served),
            "retired": listing(member for member in members if member.is_retired),
            "endpoints": _endpoints(members),
            **_side_by_side(members),
        },
    )


def _uses(row: Family, served: list[Facts]) -> list[UseCaseRecord]:
    # As the models show them: what none of them has is no use of the family.
    shown = {use["title"]: use for member in served for use in member.record["best_for"]}
    return [shown[use["title"]] for use in row.best_for if use["title"] in shown]


def _side_by_side(members: list[Facts]) -> dict[str, object]:
    # Those still served come first.
    ordered = sorted(members, key=lambda member: member.is_retired)
    if not 2 <= len(ordered) <= MOST_SIDE_BY_SIDE:
        # Too many are left to be picked from.
        return {"is_compared": len(ordered) > 1}
    compared = compare(ordered)
    return {
        "is_compared": True,
        "columns": compare_state.columns(ordered, is_fixed=True),
        "table": comparison.table(compared, only_differences=True),
        "shared": comparison.shared(compared),
        "picture": picture(ordered),
    }


def _endpoints(members: list[Facts]) -> list[dict[str, object]]:
    counted: dict[tuple[str, str, str], int] = {}
    for member in members:
        for endpoint in member.record["endpoints"]:
            key = (endpoint["method"], endpoint["path"], endpoint["protocol"])
            counted[key] = counted.get(key, 0) + 1
    return [
        {"method": method, "path": path, "protocol": str(Protocol(protocol).label), "count": count}
        for (method, path, protocol), count in counted.items()
    ]
