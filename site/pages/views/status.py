"""The status page."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse

from catalog.history.status import count_families, family_days, troubled
from catalog.models import StatusEvent
from catalog.text.paging import numbered, pager
from catalog.text.query_names import takes
from catalog.vocabulary import Severity
from pages import markdown_pages
from pages.instants import instant
from pages.list_state import read_page
from pages.parts.status_bars import bars
from pages.status_rows import ended_rows, open_rows

SHOWN_DAYS = 90
MOST_EVENTS = 100
PER_PAGE = 100
TONES = {
    Severity.OPERATIONAL: "ok",
    Severity.MAINTENANCE: "plain",
    Severity.DEGRADED: "warn",
    Severity.OUTAGE: "bad",
}


@takes("page", "at")
def status(request: HttpRequest) -> HttpResponse:
    """Show incidents that are open, or ended within 90 days."""
    at = instant(request)
    open_now = troubled(at)
    # As of the page's instant, which may be past.
    ended = StatusEvent.objects.filter(ended_at__lte=at, ended_at__gte=at - timedelta(days=SHOWN_DAYS))
    count, troubled_count = count_families(at, SHOWN_DAYS)
    address = numbered("/status", [("at", request.GET.get("at", "").strip())])
    pages = pager(address, read_page(request.GET), count, PER_PAGE, is_within=True)
    drawn = bars(family_days(at, SHOWN_DAYS, pages.start, pages.stop))
    worst = Severity(open_now[0].severity) if open_now else Severity.OPERATIONAL
    context = {
        "overall": worst.value,
        "overall_label": worst.label,
        "tone": TONES[worst],
        "open_events": open_rows(open_now),
        "ended": ended_rows(ended.select_related("variant__family").order_by("-ended_at")[:MOST_EVENTS]),
        "troubled": [bar for bar in drawn if bar.is_troubled],
        "bars": [bar for bar in drawn if not bar.is_troubled],
        "quiet_count": count - troubled_count,
        "first_day": (at - timedelta(days=SHOWN_DAYS - 1)).date(),
        "severities": Severity.choices,
        "shown_days": SHOWN_DAYS,
        "at": at,
        **pages.words(),
    }
    return markdown_pages.answer(request, "pages/status.html", context)
