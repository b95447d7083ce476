"""Try it: the panel that sends the call shown."""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from catalog.pricing.conditions import KINDS
from catalog.records.phrases import unique
from catalog.records.record import Record
from catalog.records.usage_objects import script_rows
from catalog.snippets import Request
from catalog.snippets.protocols import DIALECTS
from catalog.vocabulary import PriceKind
from pages.model_context import ModelContext


@dataclass(frozen=True, slots=True)
class Trial:
    """One call to send."""

    url: str
    host: str
    body: str
    call: str  # JSON for `static/js/try_it.js`


def trial(context: ModelContext, request: Request | None) -> Trial | None:
    """Return a call's panel, None where it is off or cannot be sent."""
    if not settings.TRY_IT or context.this.is_retired or request is None:
        return None
    # A page has no file to upload, and a retry would not show.
    if request.uploads or request.is_retried:
        return None
    site = context.site.calls
    url = site.url(request.address)
    return Trial(
        url=url,
        host=urlsplit(url).netloc,
        body=json.dumps(request.body, indent=2, allow_nan=False),
        call=json.dumps(
            {
                "url": url,
                "poll_url": site.url(request.poll_path) if request.poll_path else None,
                "headers": request.headers,
                "protocol": request.protocol,
                "usage": DIALECTS[request.protocol].usage,
                "usage_rows": script_rows(request.protocol, context.record["provider"]["slug"]),
                "action": request.action,
                "model": request.model_id,
                "prices": [
                    _priced(context.record, request, kind) for kind in (PriceKind.SELL, PriceKind.LIST)
                ],
            }
        ),
    )


def _priced(record: Record, request: Request, kind: PriceKind) -> dict[str, object]:
    rows = [
        row
        for row in record["prices"]
        if row["kind"] == kind and row["conditions"].get("action") in {None, request.action}
    ]
    keys = unique(key for row in rows for key in row["conditions"])
    return {
        "kind": kind.value,
        "meters": unique(row["meter"] for row in rows),
        "parameters": [key for key in keys if key not in KINDS],
    }
