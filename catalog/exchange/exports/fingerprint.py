"""Whether an export would differ now."""

import hashlib
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path

from django.db.models import Max, Min, Q

from catalog.exchange.exports.base import ExportScope, read_seller
from catalog.exchange.exports.writing import WRITERS
from catalog.models import Price, Variant


def fingerprint(name: str, scope: ExportScope, revision: int, since: datetime | None) -> str:
    """Return an export's ETag before it is written."""
    kind = scope.kind or WRITERS[name].kind
    parts = (name, revision, since, kind, scope.retired, read_seller(kind or "sell"), _written_by())
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


@cache
def _written_by() -> str:
    # Another release may write the same catalog differently.
    sources = sorted(Path(__file__).parent.parent.rglob("*.py"))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def unchanged_since(at: datetime) -> tuple[datetime | None, datetime | None]:
    """Return the instants around `at` between which no price or lifecycle changes."""
    day = at.date()
    past = Price.objects.aggregate(
        began=Max("effective_from", filter=Q(effective_from__lte=at)),
        ended=Max("effective_until", filter=Q(effective_until__lte=at)),
        begins=Min("effective_from", filter=Q(effective_from__gt=at)),
        ends=Min("effective_until", filter=Q(effective_until__gt=at)),
    )
    days = Variant.objects.aggregate(
        retired=Max("retires_on", filter=Q(retires_on__lte=day)),
        deprecated=Max("deprecated_on", filter=Q(deprecated_on__lte=day)),
        retires=Min("retires_on", filter=Q(retires_on__gt=day)),
        deprecates=Min("deprecated_on", filter=Q(deprecated_on__gt=day)),
    )
    dated = {key: datetime.combine(value, time(), UTC) if value else None for key, value in days.items()}
    known = past | dated
    before = [known[key] for key in ("began", "ended", "retired", "deprecated") if known[key]]
    after = [known[key] for key in ("begins", "ends", "retires", "deprecates") if known[key]]
    return max(before, default=None), min(after, default=None)
