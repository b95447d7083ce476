"""Rules that work out again, in other code than the pages', what pages compute."""

import calendar
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from lint.model_page import ModelPage
from lint.sample_rules import MODEL

AMOUNTS = re.compile(r"[$¥€£](?P<this>\d[\d,]*(?:\.\d+)?) against [$¥€£](?P<other>\d[\d,]*(?:\.\d+)?)")
RATIO = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<word>% (?:less|more)| times as much)")
HALF_OF_LAST_DIGIT = Decimal("0.005")
MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b")
DAY_FIELDS = {
    "Released": "released_on",
    "Deprecated": "deprecated_on",
    "Retires": "retires_on",
    "Retires not before": "retires_not_before",
    "Dated snapshot": "snapshot_on",
}


def ratios(seen: ModelPage) -> Iterator[str]:
    """Require that a ratio beside two amounts is theirs."""
    for block in seen.page.blocks:
        amounts, ratio = AMOUNTS.search(block.text), RATIO.search(block.text)
        if not amounts or not ratio:
            continue
        this, other = (Decimal(text.replace(",", "")) for text in amounts.groups())
        expected = _expected(this, other, ratio["word"])
        if expected is None or abs(expected - Decimal(ratio["number"])) > HALF_OF_LAST_DIGIT:
            yield f"{ratio[0]!r} is not how {amounts[0]!r} differ: {block.text[:100]!r}"


def _expected(this: Decimal, other: Decimal, word: str) -> Decimal | None:
    if word == " times as much":
        return this / other if other else None
    if not other or (this < other) != word.endswith("less"):
        return None
    return abs(this - other) / other * 100


def days(seen: ModelPage) -> Iterator[str]:
    """Require the recorded day in each row of days."""
    rows = [row for table in seen.page.tables if table.section == "specs" for row in table.rows]
    for label, *cells in rows:
        stored = seen.this.record.get(DAY_FIELDS.get(label, ""))
        shown = DAY.search(cells[0]) if cells and isinstance(stored, str) else None
        if shown:
            day = date(int(shown[3]), MONTHS[shown[2]], int(shown[1]))
            if day.isoformat() != stored:
                yield f"{label} is {shown[0]!r}, on record {stored}"


def own_samples(seen: ModelPage) -> Iterator[str]:
    """Require that samples ask for this model."""
    record = seen.this.record
    own = {record["model_id"], *record["aliases"]}
    for code in seen.page.listings:
        for name in sorted(set(MODEL.findall(code)) - own):
            yield f"a sample asks for {name!r}, on the page of {record['model_id']}"
