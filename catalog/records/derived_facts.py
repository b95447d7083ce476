"""Facts that follow from others, so that each is stated once; derived when a record is built."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from catalog.records.action_content import ACTIONS, Content, chief_of
from catalog.records.fields import FIELDS
from catalog.vocabulary import CAPABILITIES, Modality

INPUTS, OUTPUTS = "input_modalities", "output_modalities"
LISTS = (INPUTS, OUTPUTS)
READS: Mapping[str, str] = {"vision": "image", "audio_input": "audio", "video_input": "video"}
"""Capability -> the content that a model with text answers reads."""
WRITES: Mapping[str, str] = {"audio_output": "audio"}
# A PDF is a file, but not every file is one: this follows in one direction.
_ALSO_READS = {**READS, "pdf_input": "file"}
# `first_frame_image_url`, `reference_audio_urls` and `video_list` say what a request may hold.
_CONTENT_PARAMETER = re.compile(r"(?:^|_)(image|video|audio)(?:_\w+)?_(?:urls?|list)$")


# As in `-20250929`, `-2025-04-14` and `-0613`.
_DATED = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What the protocols of a model's endpoints tell of it."""

    streams: bool = False
    gives_vectors: bool = False
    # Of protocols that are for one kind of content.
    content: Content | None = None


@dataclass(slots=True)
class _Model:
    record: Mapping[str, Any]
    calls: CallFacts
    modality: str | None
    lists: dict[str, list[str]]
    # Lists that only say what is known: what they lack is unknown.
    incomplete: list[str] = field(default_factory=list)
    derived: list[str] = field(default_factory=list)


def derive(record: Mapping[str, Any], calls: CallFacts) -> dict[str, Any]:
    """Return what a record holds instead, by key."""
    lists = {key: [*record[key]] for key in LISTS}
    model = _Model(record, calls, record["modality"], lists)
    _by_actions(model)
    if not record["actions"]:
        _by_capabilities(model)
        _documents(model)
    if calls.gives_vectors and model.lists[OUTPUTS]:
        # Catalogs call them text, for want of another word.
        model.lists[OUTPUTS] = []
        model.derived.append(OUTPUTS)
    declared, lacks = {*record["capabilities"]}, {*record["lacks"]}
    derived = {*_capabilities(model)} - declared
    # A protocol that can stream says less than a source that denies it of this model.
    derived |= {"streaming"} - declared - lacks if calls.streams else set()
    disputed = ((declared | derived) & lacks) | {*_denied_by_lists(model, declared)}
    writes = model.lists[OUTPUTS]
    # Vision is what a model has that answers in text: what a video is made from is in its inputs.
    stated = [word for word in record["capabilities"] if word != "vision" or "text" in writes or not writes]
    able = [*stated, *_ordered(derived)]
    held = {**model.lists, "capabilities": [word for word in able if word not in disputed]}
    without = _without_meaning({**record, **held, "disputed": disputed}, model)
    return {
        "modality": model.modality,
        **held,
        "lacks": [word for word in record["lacks"] if word not in disputed],
        "disputed": _ordered(disputed),
        "derived": [*model.derived, *_ordered(derived - disputed)],
        "incomplete": model.incomplete,
        "does_not_apply": without,
    }


def gives_vectors(record: Mapping[str, Any]) -> bool:
    """Whether a model's answers are vectors: all other answers hold some content."""
    return "output_modalities" in record["does_not_apply"]


def _by_actions(model: _Model) -> None:
    actions = model.record["actions"]
    known = {action: ACTIONS[action] for action in actions if action in ACTIONS}
    if not known:
        return
    is_whole = len(known) == len(actions)
    reads = {word for content in known.values() for word in content.reads}
    reads |= {*_held(model.record["parameters"], known)}
    writes = {word for content in known.values() for word in content.writes}
    knows_answers = is_whole and all(content.writes for content in known.values())
    # A request may hold more than its action is named for.
    _fill(model, INPUTS, reads, is_complete=False)
    _fill(model, OUTPUTS, writes, is_complete=knows_answers)
    chief = chief_of(actions)
    if chief and chief != model.modality:
        model.modality = chief
        model.derived.append("modality")


def _by_capabilities(model: _Model) -> None:
    able, content = {*model.record["capabilities"]}, model.calls.content or Content()
    reads = {kind for word, kind in _ALSO_READS.items() if word in able} | {*content.reads}
    writes = {kind for word, kind in WRITES.items() if word in able} | {*content.writes}
    if reads and model.modality == Modality.TEXT and model.calls.content is None:
        reads.add("text")
        writes.add("text")
    _fill(model, INPUTS, reads, is_complete=False)
    _fill(model, OUTPUTS, writes, is_complete=False)


def _documents(model: _Model) -> None:
    # Vendors' lists count kinds of tokens: a PDF is read as text and pictures, and is a file all the same.
    able, reads = {*model.record["capabilities"]}, model.lists[INPUTS]
    if "pdf_input" in able - {*model.record["lacks"]} and reads and "file" not in reads:
        # What the list's sources state stays theirs.
        model.lists[INPUTS] = [*reads, "file"]


def _fill(model: _Model, key: str, words: Collection[str], *, is_complete: bool) -> None:
    # A stated list is complete, and stays as it is.
    if model.lists[key] or not words:
        return
    model.lists[key] = [word for word in Modality.values if word in words]
    model.derived.append(key)
    if not is_complete:
        model.incomplete.append(key)


def _held(parameters: Mapping[str, Iterable[Any]], actions: Collection[str]) -> Iterator[str]:
    for action in actions:
        for row in parameters.get(action, ()):
            name = "text" if row["name"] == "prompt" else _CONTENT_PARAMETER.search(row["name"])
            if name:
                yield name if isinstance(name, str) else name[1]


def _capabilities(model: _Model) -> Iterator[str]:
    reads, writes = model.lists[INPUTS], model.lists[OUTPUTS]
    yield from (word for word, kind in READS.items() if kind in reads and "text" in writes)
    if "file" in reads and "text" in writes:
        yield "attachment"
    # Speech is what a voice model is for: no capability beside others.
    if not model.record["actions"]:
        yield from (word for word, kind in WRITES.items() if kind in writes)
    if any(row["meter"].startswith("cache_") for row in model.record["prices"]):
        yield "prompt_caching"


def _denied_by_lists(model: _Model, stated: Collection[str]) -> Iterator[str]:
    # What a complete list lacks is a no: a stated yes contradicts it.
    for key, kinds in ((INPUTS, READS), (OUTPUTS, WRITES)):
        words = model.lists[key]
        if words and key not in model.incomplete:
            yield from (word for word, kind in kinds.items() if word in stated and kind not in words)


def _ordered(words: Collection[str]) -> list[str]:
    known = [word for word in CAPABILITIES if word in words]
    return [*known, *sorted({*words} - CAPABILITIES.keys())]


def _without_meaning(record: Mapping[str, Any], model: _Model) -> Sequence[str]:
    kind = "embedding" if model.calls.gives_vectors else model.modality
    without = {field.name for field in FIELDS if field.modalities and kind and kind not in field.modalities}
    # What is active, and is not said to end, has neither a notice nor a replacement.
    without |= set() if _may_end(record) else {"deprecated_on", "replacement"}
    # An ID without a date is not a dated snapshot's.
    without |= set() if _DATED.search(record["model_id"]) else {"snapshot_on"}
    # What a source denies, or two dispute, has a meaning.
    without -= {"capabilities"} if record["lacks"] or record["disputed"] else set()
    # A value that a source states is shown, whatever the rule says.
    return [field.name for field in FIELDS if field.name in without and record[field.key] in (None, [])]


def _may_end(record: Mapping[str, Any]) -> bool:
    is_dated = any(record[name] for name in ("deprecated_on", "retires_on", "retires_not_before"))
    return is_dated or record["stated_lifecycle"] not in {"preview", "active"}
