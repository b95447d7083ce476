"""The catalog as exported in a format, and what our own quote says of the same use, for tests."""

import io
from datetime import UTC, datetime

from catalog.exchange.exports.base import ExportScope
from catalog.exchange.exports.writing import export
from catalog.models import Document
from catalog.pricing.quote import Usage, quote
from catalog.records.facts import facts
from catalog.records.price_rows import price_rows
from catalog.records.record import read_record

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
USES = (
    {"input_tokens": 10_000, "output_tokens": 2_000},
    {"input_tokens": 150_001, "output_tokens": 1, "cache_read_tokens": 49_999},
    {"input_tokens": 300_000, "output_tokens": 777, "cache_read_tokens": 100_003},
)
CALLS = (
    {"input_tokens": 1, "output_tokens": 1},
    {"input_tokens": 10_000, "output_tokens": 2_000},
    {"input_tokens": 300_000, "output_tokens": 999},
)


def written(name, kind="list", **asked):
    out = io.BytesIO()
    report = export(name, ExportScope(AT, kind, **asked), out)
    return out.getvalue(), report


def records():
    found = [read_record(body) for body in Document.objects.values_list("body", flat=True)]
    return {row["model_id"]: row for row in found if not facts(row, AT).is_retired}


def ours(record, usage, kind="list"):
    return quote(price_rows(record), Usage(usage, AT), kind)
