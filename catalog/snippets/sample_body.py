"""Builds sample bodies that satisfy a model's rules."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.records.record import ParameterRecord, RuleRecord
from catalog.snippets import sample_values as known
from catalog.snippets.constraints import holds
from catalog.snippets.fitting_values import Purpose, sample_value

_MEDIUM_OF = {"image": "image", "video": "video", "audio": "audio", "speech": "audio", "music": "audio"}


def sample_body(
    purpose: Purpose,
    model_id: str,
    parameters: Sequence[ParameterRecord],
    rules: Sequence[RuleRecord],
    given: Mapping[str, Any],
) -> dict[str, Any]:
    """Return a body: what is required, a prompt, and the medium to work on."""
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
    """Chooses names until required and forbidden agree."""

    purpose: Purpose
    model_id: str
    specs: dict[str, ParameterRecord]
    rules: Sequence[RuleRecord]

    def settle(self, body: dict[str, Any]) -> None:
        # Bounded: rules may contradict each other without end.
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
        medium = _medium(self.purpose.action)
        if medium and not any(_carries(name, medium) for name in body):
            # Optional by the record, but without them a first call makes no sense.
            yield from [name for name in known.SOURCES[medium] if self.allows(name, body)][:1]
        if self.purpose.action not in known.WITHOUT_PROMPT and self.allows("prompt", body):
            yield "prompt"

    def allows(self, name: str, body: Mapping[str, Any]) -> bool:
        return name in self.specs and name not in body and name not in self.demands(body)[1]


def _medium(action: str) -> str | None:
    """Return what an action starts from: `image_to_video` an image."""
    source, arrow, _ = action.partition("_to_")
    if arrow:
        return _MEDIUM_OF.get(source)
    return None if action.startswith("create_") else _MEDIUM_OF.get(action.rpartition("_")[2])


def _carries(name: str, medium: str) -> bool:
    if name.endswith("task_id") or name == "file":
        return True
    return ("url" in name or "list" in name) and "mask" not in name and (medium in name or "upload" in name)
