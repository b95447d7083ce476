"""Reads price edits from the grid, a rule, or CSV."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

from django.utils import timezone

from catalog.models import Price
from catalog.pricing.money import parse_amount, plain
from catalog.pricing.units import price_suffix
from catalog.publishing.drafts import PriceDraft
from catalog.text.instants import read_instant, rfc3339
from catalog.vocabulary import PriceState

COLUMNS = (
    "price_id",
    "model_id",
    "meter",
    "per",
    "unit",
    "currency",
    "conditions",
    "state",
    "amount",
    "list_amount",
    "promotion_until",
)
WORDS = {"free": PriceState.FREE, "dynamic": PriceState.DYNAMIC, "on request": PriceState.ON_REQUEST}
OPERATIONS = {
    "percent": "Raise or lower by per cent",
    "set": "Set to an amount",
    "list": "List price times a factor",
}
LARGEST_FILE = 5_000_000
MOST_ROWS = 5_000
# 18 digits always fit the 64 bits of a primary key.
_CELL = re.compile(r"(sell|new)-([0-9]{1,18})")
# Spreadsheets run cells that begin like this as formulas: `write_csv` puts an apostrophe before them.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Wide enough that no product of two amounts is rounded before it is meant to be.
_EXACT = Context(prec=60)
_SIGNED = re.compile(r"[+-]?[0-9]{1,6}(?:\.[0-9]{1,9})?")


class BulkError(ValueError):
    """Unreadable cells or rows; `lines` has a reason for each."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = list(lines)


def read_cell(text: str) -> tuple[PriceState, Decimal | None, bool]:
    """Parse an amount, `free`, `dynamic`, `on request`, or `end`; ValueError says what is right.

    Return state, amount, and whether the price ends.
    """
    word = " ".join(text.strip().lower().split())
    if word == "end":
        return PriceState.KNOWN, None, True
    if word in WORDS:
        return WORDS[word], Decimal(0) if word == "free" else None, False
    amount = parse_amount(text.strip())
    if amount == 0:
        raise ValueError('0 is not a price: type "free" where nothing is charged')
    return PriceState.KNOWN, amount, False


def read_cells(cells: Mapping[str, str]) -> list[PriceDraft]:
    """Parse the filled-in cells of the grid; raise BulkError."""
    wrong: list[str] = []
    typed = {match: text for key, text in cells.items() if text.strip() and (match := _CELL.fullmatch(key))}
    prices = _prices(int(match[2]) for match in typed)
    edits = []
    for match, text in typed.items():
        price = prices.get(int(match[2]))
        if price is None or not _is_open(price):
            name = f"{price.variant}, {price.meter}" if price else match[0]
            wrong.append(
                f"{name}: {text.strip()!r} was typed, and the price has changed since the grid was shown"
            )
            continue
        try:
            state, amount, ends = read_cell(text)
        except ValueError as error:
            wrong.append(f"{price.variant}, {price.meter}: {error}")
            continue
        edits.append(_wanted(price, match[1], state, amount, ends=ends))
    if wrong:
        raise BulkError(wrong)
    return edits


def apply_rule(rows: Iterable[Any], operation: str, value: str) -> list[PriceDraft]:
    """Apply `percent`, `set` or `list` (list price times a factor) to rows; raise BulkError."""
    number = _number(operation, value)
    edits, wrong = [], []
    for price in rows:
        amount = _ruled(price, operation, number)
        # Out of the rule's reach: nothing to raise, or no list price to multiply.
        if amount is None:
            continue
        try:
            exact = parse_amount(plain(amount))
            if not exact:
                raise ValueError("the result is 0")  # noqa: TRY301 - told like all else that is wrong
        except ValueError as error:
            wrong.append(f"{price.variant}, {price.meter}: {error}")
            continue
        edits.append(_wanted(price, "sell" if price.kind == "sell" else "new", PriceState.KNOWN, exact))
    if wrong:
        raise BulkError(wrong)
    return edits


def _ruled(price: Any, operation: str, number: Decimal) -> Decimal | None:
    is_sell = price.kind == "sell"
    listed = price.list_amount if is_sell else price.amount
    if operation == "percent":
        amount = (
            _EXACT.divide(_EXACT.multiply(price.amount, 100 + number), Decimal(100))
            if is_sell and price.amount
            else None
        )
    elif operation == "list":
        amount = _EXACT.multiply(listed, number) if listed else None
    else:
        amount = number
    # Columns of amounts hold nine decimals.
    return None if amount is None else amount.quantize(Decimal("1E-9"), ROUND_HALF_EVEN, _EXACT)


def write_csv(rows: Iterable[Any]) -> str:
    """Return rows of the grid as CSV that spreadsheets do not run and `read_csv` reads."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for price in rows:
        is_sell = price.kind == "sell"
        listed = price.list_amount if is_sell else price.amount
        cells = [
            str(price.pk),
            price.variant.model_id,
            price.meter,
            str(price.per),
            price_suffix(price.meter, price.per),
            price.currency,
            price.conditions_key,
            price.state if is_sell else "",
            plain(price.amount) if is_sell and price.amount is not None else "",
            "" if listed is None else plain(listed),
            rfc3339(price.effective_until) if price.is_promotion and price.effective_until else "",
        ]
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return out.getvalue()


def read_csv(content: bytes) -> list[PriceDraft]:
    """Parse an edited file of `write_csv`; raise BulkError."""
    if len(content) > LARGEST_FILE:
        raise BulkError([f"The file is larger than {LARGEST_FILE:,} bytes."])
    try:
        # Excel begins UTF-8 files with a byte order mark.
        text = content.decode("utf-8-sig")
        head = text.partition("\n")[0]
        # Where a comma is the decimal sign, spreadsheets part cells with a semicolon.
        delimiter = ";" if ";" in head and "," not in head else ","
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
        rows = [dict(row) for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise BulkError([f"The file is not CSV in UTF-8: {error}"]) from error
    missing = [name for name in ("price_id", "amount") if name not in (reader.fieldnames or [])]
    if missing:
        raise BulkError([f"The column {missing[0]!r} is missing: the first row names the columns."])
    if len(rows) > MOST_ROWS:
        raise BulkError([f"The file has {len(rows):,} rows: at most {MOST_ROWS:,}."])
    return _read_rows(rows)


def _read_rows(rows: list[dict[Any, Any]]) -> list[PriceDraft]:
    ids = [str(row.get("price_id") or "").strip() for row in rows]
    prices = _prices(int(text) for text in ids if text.isascii() and text.isdecimal() and len(text) < 19)
    edits, wrong = [], []
    # Spreadsheets count from 1, and the first row names the columns.
    for number, (row, text) in enumerate(zip(rows, ids, strict=True), start=2):
        if not any(cell.strip() if isinstance(cell, str) else cell for cell in row.values()):
            continue
        price = prices.get(int(text)) if text.isascii() and text.isdecimal() and len(text) < 19 else None
        try:
            if price is None:
                raise ValueError(f"there is no price {text!r}")  # noqa: TRY301 - told like all else that is wrong
            edit = _read_row(row, price)
        except ValueError as error:
            wrong.append(f"Row {number}: {error}")
            continue
        if edit is not None:
            edits.append(edit)
    if wrong:
        raise BulkError(wrong)
    return edits


def _read_row(row: dict[Any, Any], price: Price) -> PriceDraft | None:
    # DictReader puts surplus cells under the key None.
    if None in row:
        raise ValueError("it has more cells than there are columns")
    if not _is_open(price) and not _is_announced_to_end(price):
        raise ValueError(f"price {price.pk} of {price.variant} has changed since this file was written")
    unchanged = {
        "model_id": price.variant.model_id,
        "meter": price.meter,
        "per": str(price.per),
        "currency": price.currency,
        "conditions": price.conditions_key,
    }
    for name, value in unchanged.items():
        given = row.get(name)
        # The apostrophe is ours, against formulas.
        if given is not None and given.strip().removeprefix("'") != value:
            raise ValueError(f"{name} is {given[:40]!r}, and price {price.pk} has {value!r}: that stays")
    text = str(row.get("amount") or "").strip()
    state_word = str(row.get("state") or "").strip().lower().replace("_", " ")
    # Rows without a sell price are written with an empty amount.
    if not text and state_word not in WORDS:
        return None
    state, amount, ends = read_cell(state_word if state_word in WORDS and text in ("", "0") else text)
    if price.kind == "sell" and _is_announced_to_end(price):
        # The file writes such rows out too: unchanged they are no mistake.
        if not ends and (state, amount) == (price.state, price.amount):
            return None
        raise ValueError(f"price {price.pk} of {price.variant}: cancel what is announced first")
    edit = _wanted(price, "sell" if price.kind == "sell" else "new", state, amount, ends=ends)
    until = (row.get("promotion_until") or "").strip()
    if until and ends:
        raise ValueError("a price that ends is no promotion: leave promotion_until empty")
    return edit.promoted(read_instant(until)) if until else edit


def _is_announced_to_end(price: Price) -> bool:
    ends, now = price.effective_until, timezone.now()
    return ends is not None and price.effective_from <= now < ends


def _is_open(price: Price) -> bool:
    return price.effective_until is None and price.effective_from <= timezone.now()


def _prices(ids: Iterable[int]) -> dict[int, Price]:
    rows = Price.objects.select_related("variant__family").filter(pk__in=set(ids))
    return {row.pk: row for row in rows}


def _wanted(
    price: Price, key: str, state: PriceState, amount: Decimal | None, *, ends: bool = False
) -> PriceDraft:
    """Build an edit; key "new" begins a sell price."""
    if key != "new":
        return PriceDraft.end(price) if ends else PriceDraft.change(price, state, amount)
    if ends:
        raise BulkError([f"{price.variant}, {price.meter}: there is no price to end"])
    value = replace(price.value, kind="sell", state=state, amount=amount)
    return PriceDraft(price.variant, None, value)


def _number(operation: str, value: str) -> Decimal:
    text = value.strip()
    if operation not in OPERATIONS:
        raise BulkError([f"{operation!r} is none of {', '.join(OPERATIONS)}"])
    if operation == "percent":
        if not _SIGNED.fullmatch(text) or Decimal(text) <= -100:
            raise BulkError([f"{text[:40]!r} is not a step in per cent above -100: write 5 or -2.5"])
        return Decimal(text)
    try:
        number = parse_amount(text)
    except ValueError as error:
        raise BulkError([str(error)]) from error
    if not number:
        raise BulkError(['0 is not a price: type "free" into the cells where nothing is charged'])
    return number
