"""Priced components: this site's price beside the provider's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from catalog.pricing.conditions import canonical, reading_order
from catalog.pricing.price import PriceRecord
from catalog.pricing.units import METERS, unit_label
from catalog.records.phrases import action_label, billed_per_call, omits_text, promotion, unique
from catalog.text.language import say
from pages.instants import stamp
from pages.parts.footnotes import Footnote, Footnotes
from pages.parts.price_cells import PriceCell, condition_words, day_words, other_conditions, price_cell


@dataclass(slots=True)
class PricedComponent:
    """One priced component."""

    component: str
    unit: str
    sell: PriceCell
    listed: PriceCell
    conditions: list[str]
    since: str
    since_iso: str
    notes: list[Footnote] = field(default_factory=list)
    sources: list[Footnote] = field(default_factory=list)
    action: str = ""
    until: str = ""
    until_iso: str = ""
    is_announced: bool = False
    is_read: bool = False  # on record since, and maybe in force before


def priced_components(
    prices: Iterable[PriceRecord], notes: Footnotes, remarks: Footnotes, *, announced: bool
) -> list[tuple[str, PricedComponent]]:
    """Pair sell with list rows of one component, unit, conditions and start."""
    pairs: dict[tuple[str, ...], dict[str, PriceRecord]] = {}
    ordered = sorted(prices, key=lambda price: reading_order(price["meter"], price["conditions"]))
    for price in ordered:
        key = (
            price["meter"],
            str(price["per"]),
            canonical(price["conditions"]),
            price["currency"],
            price["minimum"] or "",
            price["step"] or "",
            # Prices in force are one row whenever they began; of announced ones each start is one.
            price["effective_from"] if announced else "",
        )
        pairs.setdefault(key, {})[price["kind"]] = price
    return [_line(pair, ordered, notes, remarks, announced=announced) for pair in pairs.values()]


def _line(
    pair: dict[str, PriceRecord],
    all_rows: Sequence[PriceRecord],
    notes: Footnotes,
    remarks: Footnotes,
    *,
    announced: bool,
) -> tuple[str, PricedComponent]:
    rows = [pair[kind] for kind in ("sell", "list") if kind in pair]
    first = rows[0]
    cited = [note for row in rows if (note := notes.cite_row(row))]
    line = PricedComponent(
        component=METERS[first["meter"]].label,
        unit=unit_label(first["meter"], first["per"]),
        sell=price_cell(pair.get("sell")),
        listed=price_cell(pair.get("list")),
        conditions=[
            *(condition_words(first) or _otherwise(first, all_rows)),
            *billed_per_call(first),
            *_promotions(rows),
        ],
        since=day_words(first["effective_from"]),
        since_iso=stamp(first["effective_from"]),
        notes=_notes(rows, remarks, announced=announced),
        sources=list({note.number: note for note in cited}.values()),
        action=action_label(str(first["conditions"].get("action", ""))),
        until=day_words(first["effective_until"]) if first["effective_until"] else "",
        until_iso=stamp(first["effective_until"]) if first["effective_until"] else "",
        is_announced=announced,
        is_read=bool(first["on_record_since"]),
    )
    return str(first["conditions"].get("action", "")), line


def _notes(rows: Sequence[PriceRecord], remarks: Footnotes, *, announced: bool) -> list[Footnote]:
    texts = unique(row["note"] for row in rows)
    texts += [omits_text(row["source_label"], text) for row in rows if (text := row.get("omits"))]
    # The heading of announced prices says so of them all.
    texts = [text for text in texts if not (announced and text.strip(". ").lower() == "announced")]
    return [note for text in texts if (note := remarks.cite(None, text, None))]


def _promotions(rows: Sequence[PriceRecord]) -> list[str]:
    words = []
    for row in rows:
        if row["is_promotion"] and row["effective_until"]:
            is_beside = row["kind"] == "list" and len(rows) > 1
            words.append(promotion(day_words(row["effective_until"]), is_beside=is_beside))
    return words


def _otherwise(row: PriceRecord, all_rows: Sequence[PriceRecord]) -> list[str]:
    # Beside rows with conditions, one without them is for all other cases.
    others = [
        other
        for other in all_rows
        if (other["kind"], other["meter"]) == (row["kind"], row["meter"])
        and other["conditions"].get("action") == row["conditions"].get("action")
        and other_conditions(other)
    ]
    return [say("In all other cases")] if others else []
