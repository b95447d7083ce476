"""Previews a change set: differences, margins, sample bills, warnings."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings

from catalog.models import ChangeSet, Price, PriceEdit
from catalog.pricing.conditions import KINDS, describe
from catalog.pricing.money import plain, usd
from catalog.pricing.price import price_as_json
from catalog.pricing.quote import PriceRow, Usage, quote
from catalog.pricing.units import METERS
from catalog.publishing.change_sets import conflicts
from catalog.publishing.price_terms import odd_terms_of
from catalog.publishing.price_warnings import OddTerm, ProposedPrice, questions
from catalog.records.phrases import billed_per_call, price_text
from catalog.text.dates_and_ratios import percent

# The usage of a sample bill in tokens; other meters are billed for one lot.
SAMPLE = {"input_tokens": 1_000_000, "output_tokens": 500_000}


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One edit, in words."""

    edit: PriceEdit
    component: str
    conditions: str
    old: str
    new: str
    difference: str
    percent: str
    margin_before: str
    margin_after: str
    sample: str
    bill_before: str
    bill_after: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The effects of a change set."""

    lines: list[PreviewLine]
    conflicts: list[str]

    @property
    def asked(self) -> int:
        """Count the edits with warnings."""
        return sum(bool(line.questions) for line in self.lines)

    @property
    def phrase(self) -> str:
        """Return what to type: "confirm 3", or nothing."""
        return f"confirm {self.asked}" if self.asked else ""


def preview(change_set: ChangeSet, at: datetime) -> Preview:
    """Compute all lines in four queries."""
    if change_set.applies_at is not None:
        # An approved set is compared with the prices just before it took effect, not with its own.
        at = min(at, change_set.applies_at - timedelta(microseconds=1))
    edits = list(change_set.edits.select_related("variant__family", "based_on"))
    rows: dict[int, list[Price]] = defaultdict(list)
    for price in Price.objects.at(at).filter(variant__in={edit.variant_id for edit in edits}):
        rows[price.variant_id].append(price)
    by_variant: dict[int, list[PriceEdit]] = defaultdict(list)
    for edit in edits:
        by_variant[edit.variant_id].append(edit)
    lines = [
        _line(edit, terms, rows[edit.variant_id], by_variant[edit.variant_id], at)
        for edit, terms in zip(edits, odd_terms_of(edits), strict=True)
    ]
    return Preview(lines, conflicts(edits) if change_set.state == "draft" else [])


def _line(
    edit: PriceEdit, terms: list[OddTerm], rows: list[Price], edits: list[PriceEdit], at: datetime
) -> PreviewLine:
    old, new = edit.based_on, edit.becomes
    listed = _listed(edit, rows)
    before, after = old.amount if old else None, new.amount if new else None
    sample, usage = _sample(edit, rows, at)
    odd = questions(ProposedPrice(new, before, listed), settings.PRICE_FLOOR) if new else []
    return PreviewLine(
        edit=edit,
        component=METERS[edit.meter].label,
        conditions=", ".join(_terms(edit)),
        old=price_text(old.value) if old else "Not on record",
        new=price_text(new) if new else "Not on record",
        difference=_difference(before, after, edit.currency),
        percent=signed_percent(before, after),
        margin_before=margin(before, listed),
        margin_after=margin(after, listed),
        sample=sample,
        bill_before=_bill([price.row for price in rows if price.kind == edit.kind], usage, edit.kind),
        bill_after=_bill(_rows_after(rows, edits, edit.kind, at), usage, edit.kind),
        questions=(*(term.said for term in terms), *odd),
    )


def _terms(edit: PriceEdit) -> list[str]:
    words = describe(edit.conditions) if edit.conditions else []
    until = [f"Promotion until {edit.effective_until:%Y-%m-%d %H:%M} UTC"] if edit.effective_until else []
    return [*words, *billed_per_call(price_as_json(edit, edit.conditions)), *until]


def signed_percent(old: Decimal | None, new: Decimal | None) -> str:
    """Return a change in percent of the old amount, "" if either is missing."""
    if not old or new is None:
        return ""
    step = percent(old, new)
    return f"{'+' if step > 0 else '-' if step < 0 else ''}{plain(round(abs(step), 2))}%"


def margin(amount: Decimal | None, listed: Decimal | None) -> str:
    """Return the distance from the list price, such as "-50%"."""
    return signed_percent(listed, amount) if listed and amount is not None else ""


def _listed(edit: PriceEdit, rows: Iterable[Price]) -> Decimal | None:
    same = (
        row
        for row in rows
        if row.kind == "list"
        and (row.meter, row.conditions_key, row.per, row.currency)
        == (edit.meter, edit.conditions_key, edit.per, edit.currency)
    )
    return next((row.amount for row in same), None)


def _difference(old: Decimal | None, new: Decimal | None, currency: str) -> str:
    if old is None or new is None:
        return ""
    step = new - old
    return f"{'+' if step > 0 else '-' if step < 0 else ''}{usd(abs(step), currency)}"


def _sample(edit: PriceEdit, rows: list[Price], at: datetime) -> tuple[str, Usage]:
    """Choose a usage that meets the edit's conditions."""
    conditions = edit.conditions
    parameters = {
        key: value[0] if isinstance(value, list) else value
        for key, value in conditions.items()
        if key not in KINDS
    }
    priced = {row.meter for row in rows if row.kind == edit.kind} | {edit.meter}
    tokens = {meter: count for meter, count in SAMPLE.items() if meter in priced}
    is_tokens = METERS[edit.meter].group == "tokens"
    quantities = (
        {**tokens, edit.meter: SAMPLE.get(edit.meter, edit.per)} if is_tokens else {edit.meter: edit.per}
    )
    usage = Usage(
        quantities=quantities,
        at=at,
        parameters=parameters,
        service_tier=conditions.get("service_tier"),
        region=conditions.get("region"),
        action=conditions.get("action"),
    )
    words = [f"{count:,} {METERS[meter].label.lower()}" for meter, count in quantities.items()]
    return ", ".join(words), usage


def _rows_after(rows: list[Price], edits: list[PriceEdit], kind: str, at: datetime) -> list[PriceRow]:
    changed = {(edit.meter, edit.conditions_key) for edit in edits if edit.kind == kind}
    unchanged = [
        row.row for row in rows if row.kind == kind and (row.meter, row.conditions_key) not in changed
    ]
    added = [PriceRow(0, edit.becomes, at) for edit in edits if edit.kind == kind and edit.becomes]
    return [*unchanged, *added]


def _bill(rows: list[PriceRow], usage: Usage, kind: str) -> str:
    result = quote(rows, usage, kind)
    if result.total is None:
        return "Not known"
    return usd(result.total, result.currency or "USD")
