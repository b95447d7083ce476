"""The permanent page of one price."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse

from catalog.history.changes import price_in_time
from catalog.models import Price
from catalog.pricing.conditions import describe
from catalog.pricing.units import METERS, unit_label
from catalog.records.phrases import price_text
from catalog.text.language import mark, say
from pages import markdown_pages
from pages.instants import instant

# A larger number is an error in the database, and no price here.
LARGEST = 2**63 - 1
# By the stage of a model's life that looks the same.
LABELS = {"preview": mark("Announced"), "active": mark("In force"), "retired": mark("Ended")}


def price(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one price row."""
    in_time = price_in_time(pk) if pk <= LARGEST else None
    if in_time is None:
        raise Http404(str(pk))
    row = in_time.price
    stage = _stage(row, instant(request))
    return markdown_pages.answer(
        request,
        "pages/price.html",
        {
            "price": row,
            "trail": [
                (say("Pricing"), "/pricing"),
                (row.variant.display_name, row.variant.path),
                (say("Price {number}", number=row.pk), ""),
            ],
            "model": row.variant,
            "name": row.variant.display_name,
            "said": price_text(row.value),
            "component": METERS[row.meter].label,
            "unit": unit_label(row.meter, row.per),
            "conditions": describe(row.conditions) if row.conditions else [],
            "stage": say(LABELS[stage]),
            "tone": stage,
            "before": in_time.before,
            "before_said": price_text(in_time.before.value) if in_time.before else "",
            "after": in_time.after,
            "after_said": price_text(in_time.after.value) if in_time.after else "",
        },
    )


def _stage(row: Price, at: datetime) -> str:
    if row.effective_from > at:
        return "preview"
    return "active" if row.effective_until is None or row.effective_until > at else "retired"
