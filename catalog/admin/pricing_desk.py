"""The pricing desk: cells, rules and CSV, which all end in a draft."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from catalog.admin.busy import is_busy, unsaved
from catalog.admin.checked_texts import AdminForm
from catalog.admin.price_forms import SHORTEST_REASON
from catalog.models import Family, Provider
from catalog.publishing import bulk_edits
from catalog.publishing.bulk_edits import OPERATIONS, BulkError
from catalog.publishing.database_errors import BUSY_WORDS
from catalog.publishing.drafts import PriceDraft, draft
from catalog.publishing.price_changes import RefusedError
from catalog.publishing.pricing_grid import PER_PAGE, SHOWS, GridFilters, desk_page, desk_rows, editable_rows
from catalog.text.language import say
from catalog.text.paging import page_number, pager

LONGEST = 200


class WhyForm(AdminForm):
    """A draft's reason."""

    reason = forms.CharField(
        min_length=SHORTEST_REASON, max_length=500, help_text="Kept in the history; visitors do not see it."
    )
    source_label = forms.CharField(max_length=300, label="Source", help_text="What says so. Visitors see it.")
    source_url = forms.URLField(max_length=500, required=False, label="Source address", assume_scheme="https")


def desk_view(request: HttpRequest, frame: dict[str, Any]) -> HttpResponse:
    """Show the grid, or make a draft."""
    filters, page, at = _asked(request), page_number(request.GET.get("page", "")), timezone.now()
    why, wrong = WhyForm(request.POST if request.method == "POST" else None), list[str]()
    has_waited = False
    if request.method == "POST":
        if not request.user.has_perm("catalog.add_changeset"):
            raise PermissionDenied
        try:
            edits = _edits(request, filters)
            if why.is_valid():
                return _drafted(request, why, edits)
        except (BulkError, RefusedError) as error:
            wrong = getattr(error, "lines", [str(error)])
        except Error as error:
            if not is_busy(error):
                raise
            has_waited, wrong = True, [say(BUSY_WORDS)]
    grid = desk_page(filters, at, page)
    typed = request.POST if request.method == "POST" else {}
    context = {
        **frame,
        "title": "Pricing desk",
        "asked": filters,
        "shows": SHOWS.items(),
        "providers": Provider.objects.order_by("name"),
        "families": Family.objects.order_by("name"),
        "operations": OPERATIONS.items(),
        "rows": [(row, typed.get(row.key, "")) for row in grid.rows],
        "count": grid.count,
        "why": why,
        "wrong": wrong,
        **pager(partial(_address, filters), page, grid.count, PER_PAGE).words(),
        "csv_url": f"{reverse('admin:catalog_changeset_csv')}?{_query(filters)}",
        "may_edit": request.user.has_perm("catalog.add_changeset"),
    }
    answer = TemplateResponse(request, "admin/catalog/desk.html", context)
    return unsaved(request, answer) if has_waited else answer


def csv_view(request: HttpRequest) -> HttpResponse:
    """Return the filtered prices as CSV."""
    if not request.user.has_perm("catalog.view_price"):
        raise PermissionDenied
    rows = desk_rows(_asked(request), timezone.now()).iterator(chunk_size=1_000)
    response = HttpResponse(bulk_edits.write_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="prices.csv"'
    return response


def _edits(request: HttpRequest, filters: GridFilters) -> list[PriceDraft]:
    if "_upload" in request.POST:
        file = request.FILES.get("file")
        if file is None or file.size is None or file.size > bulk_edits.LARGEST_FILE:
            raise BulkError(["Choose a CSV file of at most 5 MB."])
        return bulk_edits.read_csv(file.read())
    if "_rule" in request.POST:
        # A rule applies to all filtered rows, not to one page of them.
        rows = editable_rows(filters, timezone.now())
        count = rows.count()
        if count > bulk_edits.MOST_ROWS:
            raise BulkError([f"The filters select {count:,} rows: at most {bulk_edits.MOST_ROWS:,} at once."])
        return bulk_edits.apply_rule(rows, request.POST.get("operation", ""), request.POST.get("value", ""))
    return bulk_edits.read_cells({key: str(text) for key, text in request.POST.items()})


def _drafted(request: HttpRequest, why: WhyForm, edits: list[PriceDraft]) -> HttpResponse:
    change_set = draft(request.user, edits=edits, **why.cleaned_data)  # type: ignore[arg-type]
    messages.info(
        request, f"{change_set} is a draft of {change_set.edits.count()} edits. Nothing is published yet."
    )
    return HttpResponseRedirect(reverse("admin:catalog_changeset_review", args=[change_set.pk]))


def _asked(request: HttpRequest) -> GridFilters:
    def word(name: str) -> str:
        return request.GET.get(name, "").replace("\0", "").strip()[:LONGEST]

    show = word("show")
    return GridFilters(word("q"), word("provider"), word("family"), show if show in SHOWS else "all")


def _query(filters: GridFilters) -> str:
    pairs = {"q": filters.q, "provider": filters.provider, "family": filters.family, "show": filters.show}
    return urlencode({name: value for name, value in pairs.items() if value and value != "all"})


def _address(filters: GridFilters, page: int) -> str:
    return f"?{_query(filters)}&page={page}".replace("?&", "?")
