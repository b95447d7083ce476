"""Other catalogs' values and disagreements."""

from itertools import islice
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from catalog.admin.publishing_admin import ReadOnlyAdmin
from catalog.history.disagreements import Disagreement, disagreements
from catalog.history.source_claims import said
from catalog.models import SourceClaim
from catalog.text.dates_and_ratios import rounded

PER_PAGE = 100


@admin.register(SourceClaim)
class SourceClaimAdmin(ReadOnlyAdmin):
    """Values of other catalogs."""

    list_display = ["variant", "field", "source", "listed_as", "value", "as_of"]
    list_filter = ["source"]
    list_select_related = ["variant"]
    search_fields = ["variant__model_id", "field"]
    show_full_result_count = False
    change_list_template = "admin/catalog/claims.html"

    def get_urls(self) -> list[URLPattern]:
        """Add the disagreements."""
        view = self.admin_site.admin_view(self.disagreements)
        return [path("disagreements/", view, name="catalog_sourceclaim_disagreements"), *super().get_urls()]

    def disagreements(self, request: HttpRequest) -> HttpResponse:
        """List disagreements, a page at a time."""
        if not request.user.has_perm("catalog.view_sourceclaim"):
            raise PermissionDenied
        text = request.GET.get("after", "")
        after = int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0
        batch = list(islice(disagreements(timezone.now(), after=after), PER_PAGE + 1))
        # A model is not torn in two: the last one begins the next page, unless it fills this one.
        last = batch[-1].variant_pk if len(batch) > PER_PAGE else None
        whole = [row for row in batch if row.variant_pk != last] if last else batch
        shown = whole or batch
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Disagreements over 1%",
            "rows": [_row(one) for one in shown],
            "next_url": f"?after={shown[-1].variant_pk}" if last else "",
        }
        return TemplateResponse(request, "admin/catalog/disagreements.html", context)


def _row(one: Disagreement) -> dict[str, Any]:
    return {
        "model_id": one.model_id,
        "pk": one.variant_pk,
        "field": one.field,
        "shown": said(one.shown, one.field),
        "says": said(one.saying.value, one.field),
        "source": one.saying.source,
        "listed_as": one.saying.listed_as,
        "as_of": one.saying.as_of,
        "apart": _apart(one),
    }


def _apart(one: Disagreement) -> str:
    if one.apart is None and one.shown is not None:
        return f"{said(one.shown, one.field)} against {said(one.saying.value, one.field)}"
    share = "" if one.apart is None else f"{rounded(one.apart)}%"
    return share if one.shown is not None else f"{share or 'Differs'} between catalogs"
