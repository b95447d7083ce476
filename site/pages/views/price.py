"""The permanent page of one price."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse

from catalog.history.changes import price_in_time
from catalog.models import Price
from catalog.models.variant import stage_by_dates
from catalog.pricing.conditions import describe
from catalog.pricing.price import price_as_json
from catalog.pricing.units import METERS, unit_label
from catalog.records.phrases import billed_per_call, marked, price_text
from catalog.text.language import mark, say
from catalog.text.query_names import takes
from pages import markdown_pages
from pages.instants import instant

# A larger number is an error in the database, and no price here.
LARGEST = 2**63 - 1
# By the stage of a model's life that looks the same.
LABELS = {"preview": mark("Announced"), "active": mark("In force"), "retired": mark("Ended")}
READ_LATER = mark("Not on record at that time")
# As in the history on the model's page: of a fallback that no request reaches, and of a retired model.
CLOSED, NEVER, LAST = mark("Closed"), mark("Never used"), mark("Last price")


@takes("at")
def price(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one price row."""
    in_time = price_in_time(pk) if pk <= LARGEST else None
    if in_time is None:
        raise Http404(str(pk))
    row = in_time.price
    at = instant(request)
    stage = _stage(row, at)
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
            "marked": _text(row),
            "component": METERS[row.meter].label,
            "unit": unit_label(row.meter, row.per),
            "conditions": [
                *(describe(row.conditions) if row.conditions else []),
                *billed_per_call(price_as_json(row, row.conditions)),
            ],
            "stage": say(_label(row, stage, at)),
            "tone": stage,
            "before": in_time.before,
            "before_said": _text(in_time.before) if in_time.before else "",
            "after": in_time.after,
            "after_said": _text(in_time.after) if in_time.after else "",
        },
    )


def _text(row: Price) -> str:
    return marked(price_text(row.value), is_inferred=row.is_doubtful)


def _label(row: Price, stage: str, at: datetime) -> str:
    if row.covered_from and row.covered_from <= at and (row.covered_until is None or at < row.covered_until):
        return NEVER if row.covered_from <= row.effective_from else CLOSED
    if stage == "preview" and row.on_record_since:
        return READ_LATER
    model = row.variant
    dates = (model.lifecycle, model.deprecated_on, model.retires_on)
    is_retired = stage_by_dates(at.date(), *dates) == "retired"
    return LAST if stage == "active" and is_retired else LABELS[stage]


def _stage(row: Price, at: datetime) -> str:
    if row.effective_from > at:
        return "preview"
    return "active" if row.effective_until is None or row.effective_until > at else "retired"
