"""Sample values that fit a parameter's constraints."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from catalog.records.record import ParameterRecord
from catalog.snippets import sample_values as known
from catalog.snippets.constraints import item_of, properties_of
from catalog.snippets.misfits import misfits


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a call is for: action and output."""

    action: str
    output_modality: str | None = None


def sample_value(spec: ParameterRecord, purpose: Purpose, position: int = 0) -> Any:
    """Return the first fitting value: default, allowed value, or example."""
    value = None
    for candidate in _candidates(spec, purpose, position):
        if candidate is not None:
            value = _typed(candidate, spec["type"])
            # The last candidate is returned even if nothing fits: a required parameter needs a value.
            if not misfits(spec, value):
                return value
    return value


def _candidates(spec: ParameterRecord, purpose: Purpose, position: int) -> Iterable[Any]:
    name, kind = spec["name"], spec["type"]
    yield spec["default"]
    yield known.BY_ACTION.get((purpose.action, name))
    yield from spec["enum"] or ()
    if kind == "array":
        yield _list(spec, purpose)
    elif kind == "object":
        yield _object(properties_of(spec["items"]), purpose)
    elif kind == "boolean":
        yield True
    elif kind in {"integer", "number"}:
        yield from (known.BY_NAME.get(name), 1, spec["minimum"], spec["maximum"])
    else:
        yield from _texts(spec, purpose, position)


def _texts(spec: ParameterRecord, purpose: Purpose, position: int) -> Iterable[Any]:
    name = spec["name"]
    text = _text(name, purpose, position)
    yield text
    if isinstance(text, str):
        if spec["min_length"]:
            yield " ".join([text] * (spec["min_length"] // len(text) + 1))
        if spec["max_length"]:
            yield text[: spec["max_length"]].strip()
    yield "example"
    yield from known.SHAPES


def _text(name: str, purpose: Purpose, position: int) -> Any:
    if name == "prompt":
        by_output = known.PROMPT_BY_OUTPUT.get(purpose.output_modality or "", known.CHAT_PROMPT)
        return known.PROMPTS.get(purpose.action, by_output)
    if re.search(r"(^|_)(url|urls|url_list)$", name):
        return _address(name, purpose.action, position)
    if name in known.BY_NAME:
        return known.BY_NAME[name]
    return known.TASK_ID if name.endswith(("_id", "_ids")) else None


def _address(name: str, action: str, position: int) -> str:
    file = next((file for part, file in known.FILES.items() if part in name), "input")
    # These actions need speech, not music.
    if file == "track.mp3" and action in known.SPOKEN_INPUT:
        file = "speech.mp3"
    stem, dot, ending = file.partition(".")
    return f"https://example.com/{stem}{f'-{position + 1}' if position else ''}{dot}{ending}"


def _list(spec: ParameterRecord, purpose: Purpose) -> list[Any]:
    item = item_of(spec)
    count = max(1, spec["min_items"] or 0)
    if item is None:
        texts = [_text(spec["name"], purpose, position) for position in range(count)]
        return ["example" if text is None else text for text in texts]
    if item["type"] == "object" or properties_of(item["items"]):
        return [_object(properties_of(item["items"]), purpose) for _ in range(count)]
    return [sample_value(item, purpose, position) for position in range(count)]


def _object(properties: Sequence[ParameterRecord], purpose: Purpose) -> dict[str, Any]:
    return {spec["name"]: sample_value(spec, purpose) for spec in properties if spec["required"]}


def _typed(value: Any, kind: str | None) -> Any:
    """Return a number in its type, and a tuple as a list."""
    if isinstance(value, tuple):
        return [dict(entry) for entry in value]
    if kind not in {"integer", "number"} or not isinstance(value, str | Decimal):
        return value
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    return int(number) if number == number.to_integral_value() else float(number)
