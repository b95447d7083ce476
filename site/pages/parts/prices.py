"""A model's prices as tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.presentation.wording import billing
from catalog.pricing.price import PriceRecord
from catalog.pricing.quote import PriceRow
from catalog.records.phrases import action_label, join
from catalog.records.price_rows import is_covered
from pages.model_context import ModelContext
from pages.parts.footnotes import Footnote, Footnotes
from pages.parts.priced_components import PricedComponent, priced_components


@dataclass(frozen=True, slots=True)
class PriceGroup:
    """Lines under an action's heading, or none."""

    heading: str
    lines: list[PricedComponent]


@dataclass(frozen=True, slots=True)
class Pricing:
    """The section of prices; `unpriced` names actions without one."""

    basis: str
    failure: str
    groups: list[PriceGroup]
    held_back: list[PricedComponent]
    announced: list[PricedComponent]
    unpriced: str
    has_list: bool
    is_all_read: bool
    columns: int
    footnotes: list[Footnote]
    remarks: list[Footnote]
    claim: str
    claim_source: str | None
    name: str


def pricing(context: ModelContext) -> Pricing:
    """Build the tables of current and announced prices."""
    this, record = context.this, context.record
    notes, remarks = Footnotes("price-source"), Footnotes("price-note")
    now = priced_components(this.prices, notes, remarks, announced=False)
    later = priced_components(this.announced, notes, remarks, announced=True)
    doubtful = priced_components(_held_back(context), notes, remarks, announced=False)
    has_list = any(price["kind"] == "list" for price in [*this.prices, *this.announced])
    return Pricing(
        basis=billing.basis(this),
        failure="" if this.is_retired else billing.failure(this, context.promises),
        groups=_grouped(now),
        held_back=[line for _, line in doubtful],
        announced=[line for _, line in later],
        unpriced=_unpriced_actions(context),
        has_list=has_list,
        # Said once in the head, where it holds for each line.
        is_all_read=not later and all(line.is_read for _, line in [*now, *doubtful]),
        columns=7 if has_list else 6,
        footnotes=notes.notes,
        remarks=remarks.notes,
        claim=record["price_claim"],
        claim_source=record["price_claim_source"],
        name=record["name"],
    )


def _held_back(context: ModelContext) -> list[PriceRecord]:
    return [
        row
        for row in context.record["prices"]
        if row["is_held_back"]
        # A fallback that no request reaches prices nothing.
        and not is_covered(row, context.at)
        and PriceRow.from_record(row).in_force(context.at)
    ]


def _unpriced_actions(context: ModelContext) -> str:
    priced = {str(row["conditions"].get("action", "")) for row in context.this.prices}
    # A price without an action is that of every action.
    if not priced or "" in priced:
        return ""
    return join(action_label(name).lower() for name in context.record["actions"] if name not in priced)


def _grouped(lines: Sequence[tuple[str, PricedComponent]]) -> list[PriceGroup]:
    groups: dict[str, list[PricedComponent]] = {}
    for action, line in lines:
        groups.setdefault(action, []).append(line)
    if all(len(rows) == 1 for action, rows in groups.items() if action):
        for line in (rows[0] for action, rows in groups.items() if action):
            # One line each: headings of their own would only repeat.
            line.component = line.action
        return [PriceGroup("", [line for rows in groups.values() for line in rows])] if groups else []
    return [PriceGroup(action_label(action), rows) for action, rows in groups.items()]
