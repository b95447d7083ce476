"""The models page as CSV, in its order."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain, islice

from django.http import HttpRequest, StreamingHttpResponse

from catalog.exchange.exports.tables import safe
from catalog.records.facts import Facts, facts
from catalog.records.record import Record, stated_name
from catalog.search.selection import every
from catalog.text.query_names import takes
from pages import list_state
from pages.instants import instant

COLUMNS = (
    *("model_id", "name", "display_name", "provider", "family", "modality", "lifecycle", "status"),
    *("released_on", "context_window", "max_output_tokens", "capabilities", "open_weights"),
    *("input_price", "input_unit", "input_kind", "output_price", "output_unit", "output_kind", "currency"),
)


# Returns each line to be streamed, instead of keeping it as a file would.
class _Line:
    def write(self, text: str) -> str:
        return text


@takes(*list_state.NAMES)
def models_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Stream all models that the query selects."""
    at = instant(request)
    records = iter(every(list_state.read_state(request.GET).selection, at))
    # Once a line is sent, no error can be answered: the first model is asked for before.
    first = list(islice(records, 1))
    lines = _lines(chain(first, records), at)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="models.csv"'
    return response


def _lines(records: Iterable[Record], at: datetime) -> Iterator[str]:
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield writer.writerow(COLUMNS)
    for record in records:
        # Spreadsheets run what begins like a formula.
        yield writer.writerow([safe(cell) for cell in _cells(facts(record, at))])


def _cells(current: Facts) -> list[object]:
    record = current.record
    weights = record["open_weights"]
    # What is not known is empty, never 0.
    cells: list[object] = [
        record["model_id"],
        stated_name(record),
        record["name"],
        record["provider"]["slug"],
        record["family"]["slug"],
        record["modality"],
        current.lifecycle,
        current.status.severity if current.status else None,
        record["released_on"],
        record["context_window"],
        record["max_output_tokens"],
        " ".join(record["capabilities"]),
        None if weights is None else str(weights).lower(),
    ]
    currency = None
    for meter in ("input_tokens", "output_tokens"):
        price = current.quoted(meter)
        cells += [price["amount"], price["unit"], price["kind"]] if price else [None, None, None]
        currency = price["currency"] if price else currency
    return [*cells, currency]
