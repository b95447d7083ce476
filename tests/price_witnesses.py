"""What a model's file, the API's answers and its page say of its prices, and where they differ."""

import json
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal

from catalog.pricing.conditions import describe
from catalog.pricing.units import METERS
from catalog.records.price_rows import is_left_out

STATES = {"free": "Free", "dynamic": "Varies with the request", "on_request": "On request"}
LABELS = {meter.label for meter in METERS.values()}
ANY = "*"


def price_disagreements(said):
    """Compare file, record, both answers, the table of prices and the history."""
    found = [f"prices: {row}" for row in _uneven(_in_file(said), _in_answer(said.prices))]
    found += [f"prices: {row}" for row in _uneven(_in_answer(said.prices), _in_answer(said.this.prices))]
    found += [
        f"prices of the model: {row}"
        for row in _uneven(_in_answer(said.model["prices"]), _in_answer(said.prices))
    ]
    found += [
        f"price table: {row}" for row in _missing(_rows(said.page), [_wanted(row) for row in said.prices])
    ]
    found += [f"history: {row}" for row in _uneven(_history(said.page), _recorded(said.this))]
    return found


def _uneven(one, other):
    left, right = Counter(one), Counter(other)
    return [f"only one side says {row}" for row in ((left - right) + (right - left)).elements()]


def _in_file(said):
    """The prices of the file that hold at noon: a price ends where the next one of its sort begins."""
    rows = [_key(row) for row in said.stated.get("price", [])]
    left_out = {_key(row) for row in said.this.record["prices"] if is_left_out(row, said.this.at)}
    starts = {}
    for row in said.stated.get("price", []):
        starts.setdefault(_sort(row), []).append(row["effective_from"])
    for row, key in zip(said.stated.get("price", []), rows, strict=True):
        until = [row["effective_until"]] if "effective_until" in row else []
        until += [start for start in starts[_sort(row)] if start > row["effective_from"]]
        is_now = row["effective_from"] <= said.this.at < min(until, default=datetime.max.replace(tzinfo=UTC))
        # A fallback that no request reaches is in the file, and prices nothing.
        if is_now and key not in left_out:
            yield key


def _sort(row):
    return row["kind"], row["meter"], json.dumps(row.get("conditions", {}), sort_keys=True)


def _key(row):
    amount = Decimal(row["amount"]) if row.get("amount") is not None else None
    if row.get("state") == "free":
        amount = Decimal(0)
    return (*_sort(row), row["per"], row.get("state", "known"), amount, row.get("currency", "USD"))


def _in_answer(rows):
    return [_key(row) for row in rows]


def _money(row):
    """An amount as a page writes it: every digit, at least two decimals."""
    if row["state"] != "known":
        return STATES[row["state"]]
    whole, _, decimals = row["amount"].partition(".")
    return f"${int(whole):,}.{decimals.ljust(2, '0')}" if row["currency"] == "USD" else row["currency"]


def _shown(row):
    """A cell: an amount, and a mark where the unit is no source's."""
    return _money(row) + (" unit inferred" if row["unit_is_inferred"] else "")


def _words(row):
    others = {key: value for key, value in row["conditions"].items() if key != "action"}
    return ", ".join(describe(others)) if others else ""


def _action(row):
    return str(row["conditions"].get("action", "")).replace("_", " ").capitalize()


def _wanted(row):
    return (
        row["kind"],
        METERS[row["meter"]].label,
        _action(row),
        row["unit"],
        row["amount"],
        _shown(row),
        _words(row),
    )


def _rows(page):
    """The rows in force of the price table; a row that is named by its action has any component."""
    section, heading = page.one("section", id="pricing"), ""
    has_list = any(head.text == "List price" for head in section.all("th"))
    for cells in section.rows():
        if len(cells) == 1:
            heading = cells[0].text
            if heading.startswith("Announced"):
                return
            continue
        component, unit, words = cells[0].text, cells[1], cells[4 if has_list else 3].text
        is_action = not heading and component not in LABELS
        words = "" if words in {"None", "In all other cases"} else words
        unit = " ".join(part for part in unit.parts if isinstance(part, str)).strip()
        for kind, cell in zip(("sell", "list") if has_list else ("sell",), cells[2:], strict=False):
            if cell.text != "Not on record":
                value = cell.first("data")
                yield (
                    kind,
                    ANY if is_action else component,
                    component if is_action else heading,
                    unit,
                    value.attributes["value"] if value else None,
                    cell.text,
                    words,
                )


def _missing(rows, wanted):
    """Pair the rows of the table with those wanted, and name what is left on either side."""
    left = list(rows)
    for row in wanted:
        match = next((one for one in left if one in (row, (row[0], ANY, *row[2:]))), None)
        if match is None:
            yield f"{row} is not in the table"
        else:
            left.remove(match)
    yield from (f"{row} is in the table only" for row in left)


def _history(page):
    for cells in page.one("section", id="history").rows():
        whose, value = cells[1].text, cells[2].first("data")
        times = [cell.first("time") for cell in cells[5:7]]
        starts, ends = (time.attributes["datetime"] if time else None for time in times)
        yield (
            whose.partition(" ")[0].lower(),
            value.attributes["value"] if value else None,
            cells[2].text,
            cells[3].text,
            cells[4].text,
            starts,
            ends,
        )


def _recorded(this):
    for row in this.record["prices"]:
        period = row["effective_from"], row["effective_until"]
        yield row["kind"], row["amount"], _shown(row), row["unit"], _words(row), *period
