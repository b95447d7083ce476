"""Every component of the pages in every state."""

from django.http import HttpRequest, HttpResponse

from catalog.history.status import FamilyDays
from catalog.search.lookup import Suggestion
from catalog.snippets import highlight
from catalog.text.query_names import takes
from catalog.vocabulary import Lifecycle, Severity
from pages import markdown_pages
from pages.model_rows import ModelRow, ModelTable, RowPrice, not_published
from pages.parts.status_bars import bars
from pages.status_rows import EventRow

SWATCHES = ("bg", "bg-2", "line", "line-2", "fg", "fg-2", "accent", "accent-bg", "ok", "warn", "bad")
CURL = """curl https://example.com/v1/sample \\
  -d '{"model": "sample", "limit": 1024}'
"""
PYTHON = """# A comment.
import example

print(example.call("sample", limit=1024))
"""
JAVASCRIPT = """const answer = await call("sample", { limit: 1024 });
"""
DAYS = (*[""] * 30, *["operational"] * 45, *Severity.values[1:], *["operational"] * 12)
# Of no model: samples must not be taken for facts.
SAMPLES = {
    "curl": ("cURL", "bash", CURL),
    "python": ("Python", "python", PYTHON),
    "javascript": ("JavaScript", "javascript", JAVASCRIPT),
}


@takes()
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show the components."""
    context = {
        "swatches": SWATCHES,
        "chips": [
            *((value, label) for value, label in Severity.choices),
            *((value, label) for value, label in Lifecycle.choices),
            ("plain", "Text"),
            ("unknown", "Not stated"),
        ],
        "tones": [("plain", "A note"), ("ok", "All is well"), ("warn", "Mind this"), ("bad", "Trouble")],
        "listing": ModelTable([_row(Lifecycle(value)) for value in Lifecycle.values]),
        "events": [_event(Severity(value)) for value in Severity.values[1:]],
        "bars": bars([FamilyDays("sample", "Sample", DAYS), FamilyDays("sample", "Another", ("",) * 90)]),
        "shown_days": len(DAYS),
        "suggestions": [Suggestion("sample/with-a-long:name@2026-01-01", "/styleguide")],
        "tabs": [
            {"language": key, "label": label, "html": highlight(code, lexer)}
            for key, (label, lexer, code) in SAMPLES.items()
        ],
    }
    return markdown_pages.answer(request, "pages/styleguide.html", context)


def _row(lifecycle: Lifecycle) -> ModelRow:
    is_whole = lifecycle in (Lifecycle.ACTIVE, Lifecycle.DEPRECATED)
    name = "Sample" if is_whole else "sample-with-a-very-long-identifier-2026-01-01-preview"
    price = RowPrice("$1.875", "1M tokens", is_list=lifecycle == Lifecycle.DEPRECATED)
    return ModelRow(
        model_id=f"sample-{lifecycle.value}" if is_whole else name,
        name=name,
        path="/styleguide",
        provider="Sample",
        provider_slug="sample",
        family="Sample",
        family_slug="sample",
        modality="Text",
        lifecycle=lifecycle.value,
        lifecycle_label=str(lifecycle.label),
        status="operational",
        status_label="Operational",
        context="200,000" if is_whole else "",
        released="1 January 2026" if is_whole else "",
        input=price if is_whole else not_published(),
        output=price if is_whole else not_published(),
        headline=price if is_whole else not_published(),
        is_token_priced=is_whole,
        retires="1 January 2027" if lifecycle == Lifecycle.DEPRECATED else "",
    )


def _event(severity: Severity) -> EventRow:
    return EventRow(
        name="Sample",
        path="/styleguide",
        severity=severity.value,
        word=str(severity.label),
        message="What the operator says of it.",
        since="1 January 2026, 09:00 UTC",
        since_iso="2026-01-01T09:00:00Z",
    )
