"""All prices in force in one table."""

from functools import partial

from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse

from catalog.models import Provider
from catalog.models.variant import retired
from catalog.presentation.wording.subject import read_site
from catalog.records.facts import facts
from catalog.records.read_usage import KEYS
from catalog.search.lookup import LONGEST_ID, Suggestion, by_model_id, suggestions
from catalog.search.price_list import price_page
from catalog.text.paging import pager
from catalog.text.query_names import takes
from pages import list_state, markdown_pages, price_table
from pages.instants import instant
from pages.model_context import ModelContext
from pages.parts import calculator
from pages.views.model import calculator_fragment


@takes(*price_table.NAMES, "at", "model", "fragment", calculator.TIMES, *KEYS)
def pricing(request: HttpRequest) -> HttpResponse:
    """Show a page of the table."""
    filters, number = price_table.read(request.GET), list_state.read_page(request.GET)
    size = price_table.PER_PAGE
    at, offset = instant(request), (number - 1) * size
    served = filters.filters & ~retired(at, "variant__")
    price_rows = price_page(at, sort=filters.sort, filters=served, limit=size, offset=offset)
    estimate = _estimate(request)
    # The script of the calculator wants the result alone.
    if estimate and request.GET.get("fragment") == "calculator":
        return calculator_fragment(request, estimate)
    context = {
        "asked": filters,
        "estimate": estimate,
        "estimated": request.GET.get("model", "")[:LONGEST_ID],
        "suggestions": _near(request) if estimate is None else [],
        "count": price_rows.count,
        "counted": f"{price_rows.count:,}",
        "rows": [price_table.write(row) for row in price_rows.rows],
        "heads": price_table.heads(filters),
        "kinds": price_table.kinds(filters),
        "providers": Provider.objects.order_by(Lower("name")),
        **pager(partial(price_table.address, filters), number, price_rows.count, size).words(),
    }
    return markdown_pages.answer(request, "pages/pricing.html", context)


def _estimate(request: HttpRequest) -> calculator.Calculator | None:
    record = by_model_id(request.GET.get("model", "").strip())
    if record is None:
        return None
    # Without its family: the calculator does not read it.
    context = ModelContext(
        this=facts(record, instant(request)), family=[], site=read_site(), query=request.GET.dict()
    )
    return calculator.calculator(context, "/pricing", {"model": record["model_id"]})


def _near(request: HttpRequest) -> list[Suggestion]:
    model_id = request.GET.get("model", "").strip()
    return suggestions(model_id) if model_id else []
