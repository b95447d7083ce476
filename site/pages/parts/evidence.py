"""Fields on which other catalogs disagree with this one."""

from dataclasses import dataclass

from catalog.history.source_claims import FieldView, open_rows, said
from catalog.pricing.units import METERS
from catalog.text.dates_and_ratios import rounded, spoken
from catalog.text.language import say
from pages.model_context import ModelContext


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """What one catalog says of a field."""

    source: str
    listed_as: str
    value: str
    apart: str  # how far its amount is off, in per cent
    as_of: str
    as_of_said: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field in dispute."""

    field: str
    shown: str
    why: str
    says: list[ClaimRow]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The section: sources, their number of values, and disputes."""

    name: str
    sources: list[str]
    count: int
    rows: list[FieldRow]
    api_url: str


def evidence(context: ModelContext) -> Evidence | None:
    """Compare with other catalogs; None where none has the model."""
    record = context.record
    views = [view for view in context.evidence if view.says]
    if not views:
        return None
    sources = sorted({saying.source for view in views for saying in view.says})
    return Evidence(
        name=record["name"],
        sources=sources,
        count=len(views),
        rows=[_row(view) for view in open_rows(views)],
        api_url=f"/api/v1/models/{record['model_id']}/sources",
    )


def _row(view: FieldView) -> FieldRow:
    says = [
        ClaimRow(
            source=saying.source,
            listed_as=saying.listed_as,
            value=said(saying.value, view.field),
            apart=say("{share}% apart", share=rounded(saying.apart)) if saying.apart else "",
            as_of=saying.as_of,
            as_of_said=spoken(saying.as_of),
            agrees=bool(saying.agrees),
        )
        for saying in view.says
    ]
    return FieldRow(_label(view.field), said(view.shown, view.field), view.why, says)


def _label(path: str) -> str:
    """Return a field as people call it, as "List price of input"."""
    head, _, rest = path.partition(".")
    if head == "prices":
        kind, _, tail = rest.partition(".")
        meter, brace, conditions = tail.partition("{")
        label = METERS[meter].label.lower() if meter in METERS else meter
        name = say("List price of {meter}" if kind == "list" else "Sell price of {meter}", meter=label)
        return name + (f" ({brace}{conditions})" if brace else "")
    if head == "capabilities":
        return say("Capability: {name}", name=rest.replace("_", " "))
    return head.replace("_", " ").capitalize()
