"""The section that shows where other catalogs say something else than this one."""

from typing import Any

from catalog.history.source_claims import FieldView, open_rows, said
from catalog.pricing.units import METERS
from catalog.text.language import say
from catalog.text.values import rounded, spoken
from pages.model_context import ModelContext


def evidence(context: ModelContext) -> dict[str, Any] | None:
    """Compare the record with what other catalogs say; None where none says anything of the model."""
    record = context.record
    views = [view for view in context.evidence if view.says]
    if not views:
        return None
    sources = sorted({saying.source for view in views for saying in view.says})
    return {
        "name": record["name"],
        "sources": sources,
        "count": len(views),
        "rows": [_row(view) for view in open_rows(views)],
        "api_url": f"/api/v1/models/{record['model_id']}/sources",
    }


def _row(view: FieldView) -> dict[str, Any]:
    return {
        "field": _label(view.field),
        "shown": said(view.shown, view.field),
        "why": view.why,
        "says": [
            {
                "source": saying.source,
                "listed_as": saying.listed_as,
                "value": said(saying.value, view.field),
                "apart": say("{share}% apart", share=rounded(saying.apart)) if saying.apart else "",
                "as_of": saying.as_of,
                "as_of_said": spoken(saying.as_of),
                "agrees": bool(saying.agrees),
            }
            for saying in view.says
        ],
    }


def _label(path: str) -> str:
    """Read a path as people do: "List price of input", "Capability: tool call", "Context window"."""
    head, _, rest = path.partition(".")
    if head == "prices":
        kind, _, tail = rest.partition(".")
        meter, brace, conditions = tail.partition("{")
        label = METERS[meter].label.lower() if meter in METERS else meter
        said = say("List price of {meter}" if kind == "list" else "Sell price of {meter}", meter=label)
        return said + (f" ({brace}{conditions})" if brace else "")
    if head == "capabilities":
        return say("Capability: {name}", name=rest.replace("_", " "))
    return head.replace("_", " ").capitalize()
