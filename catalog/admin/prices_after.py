"""A change set's effect on the pages of its models."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from catalog.admin.price_lines import PriceLine, price_lines
from catalog.models import ChangeSet, Document, PriceEdit
from catalog.pricing.price import PriceRecord
from catalog.records.facts import facts
from catalog.records.record import read_record
from catalog.text.instants import rfc3339

MOST_MODELS = 20


@dataclass(frozen=True, slots=True)
class PageAfter:
    """A model's prices after the change."""

    model_id: str
    path: str
    lines: list[PriceLine]


def pages_after(change_set: ChangeSet, at: datetime) -> list[PageAfter]:
    """Return the prices of a draft's first models; two queries."""
    edits: dict[int, list[PriceEdit]] = defaultdict(list)
    for edit in change_set.edits.select_related("variant__family"):
        edits[edit.variant_id].append(edit)
    shown = list(edits)[:MOST_MODELS]
    bodies = dict(Document.objects.filter(variant__in=shown).values_list("variant", "body"))
    pages = []
    for pk in shown:
        record = read_record(bodies[pk])
        replaced = {edit.based_on_id for edit in edits[pk]}
        remaining = [row for row in record["prices"] if row["id"] not in replaced]
        record["prices"] = [*remaining, *(_row(edit, change_set, at) for edit in edits[pk] if not edit.ends)]
        pages.append(PageAfter(record["model_id"], record["path"], price_lines(facts(record, at))))
    return pages


def _row(edit: PriceEdit, change_set: ChangeSet, at: datetime) -> PriceRecord:
    return {
        "id": 0,
        **edit.value.record(),
        "effective_from": rfc3339(at),
        "effective_until": None,
        "on_record_since": None,
        "unit_is_inferred": False,
        "is_held_back": False,
        "covered_from": None,
        "covered_until": None,
        "source_url": change_set.source_url or None,
        "source_label": change_set.source_label,
        "checked_on": at.date().isoformat(),
        "note": "",
        "omits": None,
    }
