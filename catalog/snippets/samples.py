"""Builds the request body of an action: what is required, also by rules, and nothing forbidden."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from catalog.records.record import ParameterRecord, RuleRecord
from catalog.snippets import sample_values as known
from catalog.snippets.constraints import holds, item_of, misfits, properties_of

_MEDIUM_OF = {"image": "image", "video": "video", "audio": "audio", "speech": "audio", "music": "audio"}


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a call is for: the action, and the model's output where known."""

    action: str
    output_modality: str | None = None


def sample_body(
    purpose: Purpose,
    model_id: str,
    parameters: Sequence[ParameterRecord],
    rules: Sequence[RuleRecord],
    given: Mapping[str, Any],
) -> dict[str, Any]:
    """Return a body for one action; `given` values are kept where the action has such a parameter.

    The body holds required parameters, what the rules add to them, the medium that the action works on and a
    prompt; `model` comes first, the rest in recorded order.
    """
    specs = {spec["name"]: spec for spec in parameters}
    body = {name: value for name, value in {"model": model_id, **given}.items() if name in specs}
    choice = _Choice(purpose, model_id, specs, rules)
    choice.settle(body)
    for name in choice.wanted(body):
        body[name] = sample_value(specs[name], purpose)
        choice.settle(body)
    order = ["model", *specs]
    return {name: body[name] for name in sorted(body, key=order.index)}


@dataclass(frozen=True, slots=True)
class _Choice:
    """Chooses names for one body until required and forbidden agree."""

    purpose: Purpose
    model_id: str
    specs: dict[str, ParameterRecord]
    rules: Sequence[RuleRecord]

    def settle(self, body: dict[str, Any]) -> None:
        """Add what is required and drop what is forbidden until nothing changes."""
        for _ in range(len(self.specs) + 1):
            before = set(body)
            required, forbidden = self.demands(body)
            for name in required:
                if name in self.specs and name not in body:
                    body[name] = sample_value(self.specs[name], self.purpose)
            for name in forbidden - required:
                body.pop(name, None)
            if set(body) == before:
                return

    def demands(self, body: Mapping[str, Any]) -> tuple[set[str], set[str]]:
        required = {name for name, spec in self.specs.items() if spec["required"]}
        forbidden: set[str] = set()
        for rule in self.rules:
            if holds(rule, body, self.specs, self.model_id):
                required.update(rule["required"])
                forbidden.update(rule["forbidden"])
        return required, forbidden

    def wanted(self, body: Mapping[str, Any]) -> Iterable[str]:
        """Yield optional parameters without which a first call would make no sense."""
        medium = _medium(self.purpose.action)
        if medium and not any(_carries(name, medium) for name in body):
            yield from [name for name in known.SOURCES[medium] if self.allows(name, body)][:1]
        if self.purpose.action not in known.WITHOUT_PROMPT and self.allows("prompt", body):
            yield "prompt"

    def allows(self, name: str, body: Mapping[str, Any]) -> bool:
        return name in self.specs and name not in body and name not in self.demands(body)[1]


def _medium(action: str) -> str | None:
    """Return what an action starts from: `image_to_video` an image, `extend_music` audio, else None."""
    source, arrow, _ = action.partition("_to_")
    if arrow:
        return _MEDIUM_OF.get(source)
    return None if action.startswith("create_") else _MEDIUM_OF.get(action.rpartition("_")[2])


def _carries(name: str, medium: str) -> bool:
    if name.endswith("task_id") or name == "file":
        return True
    return ("url" in name or "list" in name) and "mask" not in name and (medium in name or "upload" in name)


def sample_value(spec: ParameterRecord, purpose: Purpose, position: int = 0) -> Any:
    """Return a value that fits: the default, else the first allowed value, else a known example."""
    value = None
    for candidate in _candidates(spec, purpose, position):
        if candidate is not None:
            value = _typed(candidate, spec["type"])
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
    """Return a number recorded as text in its type, and a tuple of examples as a list."""
    if isinstance(value, tuple):
        return [dict(entry) for entry in value]
    if kind not in {"integer", "number"} or not isinstance(value, str | Decimal):
        return value
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    return int(number) if number == number.to_integral_value() else float(number)
