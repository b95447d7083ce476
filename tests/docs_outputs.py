"""Holds the output that a page shows against what was printed: equal, save where the page writes `…`.

In JSON, `"…": "…"` in an object stands for further fields, `"…"` in a list for further items, and `"…"` as
a value for any value; `…` within a text stands for any letters. All else is equal, the order of fields
too. In text, a line `…` stands for any lines.
"""

import json
import re
from decimal import Decimal

CUT = "…"


def difference(shown, printed, language):
    """Say where the printed output is not what the page shows; nothing where it is."""
    if language == "json":
        try:
            held = json.loads(printed, parse_float=Decimal)
        except ValueError:
            return f"printed no JSON: {printed!r}"
        return _json(json.loads(shown, parse_float=Decimal), held, "$")
    lines = [line.rstrip() for line in printed.strip("\n").splitlines()]
    wanted = [line.rstrip() for line in shown.strip("\n").splitlines()]
    pattern = "".join(r"(?:.*\n)*" if line.strip() == CUT else f"{_pattern(line)}\n" for line in wanted)
    if re.fullmatch(pattern, "".join(f"{line}\n" for line in lines)):
        return None
    return "printed:\n" + "\n".join(lines)


def _pattern(text):
    return ".*".join(re.escape(part) for part in text.split(CUT))


def _json(shown, held, at):
    if shown == CUT:
        return None
    if isinstance(shown, dict) and isinstance(held, dict):
        return _fields(shown, held, at)
    if isinstance(shown, list) and isinstance(held, list):
        return _items(shown, held, at)
    if isinstance(shown, str) and isinstance(held, str):
        same = re.fullmatch(_pattern(shown), held, re.DOTALL)
    else:
        same = type(shown) is type(held) and shown == held
    return None if same else f"{at} is {held!r}, the page shows {shown!r}"


def _fields(shown, held, at):
    names = [name for name in shown if name != CUT]
    found = [name for name in held if name in names]
    if found != names:
        return f"{at} has {found}, the page shows {names}"
    if CUT not in shown and len(held) > len(names):
        return f"{at} has also {sorted(set(held) - set(names))}"
    differences = (_json(shown[name], held[name], f"{at}.{name}") for name in names)
    return next((found for found in differences if found), None)


def _items(shown, held, at):
    items = [item for item in shown if item != CUT]
    is_cut = len(items) < len(shown)
    if len(held) < len(items) or (len(held) > len(items) and not is_cut):
        return f"{at} has {len(held)} items, the page shows {len(items)}"
    differences = (
        _json(item, held[place], f"{at}[{place}]") for place, item in enumerate(shown[: len(items)])
    )
    return next((found for found in differences if found), None)
