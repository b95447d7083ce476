"""What other catalogs say that bundled models can do: each row of each provider, gateway and reseller."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from catalog.exchange.document import ModelEntry
from catalog.exchange.registry import FORMATS
from catalog.records.derived_facts import READS, WRITES
from catalog.records.record import Record
from real_catalogs import DATA, FILES

AT = datetime(2026, 11, 30, tzinfo=UTC)
NEWER = ("litellm", "litellm_model_prices_1.110.2.json")
SOURCES = [(name, file) for name, file in (*FILES.items(), NEWER) if (DATA / file).is_file()]
EFFORTS = {word: f"{word}_reasoning_effort" for word in ("none", "xhigh", "max")}
_VENDOR = re.compile(
    r"(?:[a-z]+\.)?(?:anthropic|deepseek|google|minimax|moonshot|moonshotai|openai|qwen|xai|zai)[.-](?=[a-z])"
)


class Yes(NamedTuple):
    """One row that says that a model can do something."""

    model_id: str
    word: str
    catalog: str
    row: str


def spellings(name: str) -> set[str]:
    """Return a model's ID without prefixes and case, dashes for dots."""
    # As in `vercel/openai/gpt-5.4`, `us.anthropic.claude-fable-5`, `digitalocean/anthropic-claude-fable-5`.
    last = name.lower().rpartition("/")[2]
    return {word.replace(".", "-") for word in (last, _VENDOR.sub("", last, count=1))}


def affirmed(known: Iterable[Record]) -> list[Yes]:
    """List all rows of other catalogs that say yes to a capability of these models."""
    ours: dict[str, str] = {}
    for record in known:
        for name in (record["model_id"], *record["aliases"]):
            ours |= dict.fromkeys(spellings(name), record["model_id"])
    rows = [(*row, words) for name, file in SOURCES for *row, words in _rows(name, file)]
    return [
        Yes(model_id, word, catalog, row)
        for catalog, row, words in rows
        for model_id in {ours[name] for name in spellings(row) if name in ours}
        for word in words
    ]


def refuted(known: Iterable[Record]) -> list[Yes]:
    """List what is denied of a model and other catalogs affirm."""
    denied = {(record["model_id"], word) for record in known for word in record["lacks"]}
    return [yes for yes in affirmed(known) if (yes.model_id, yes.word) in denied]


def _rows(name: str, file: str) -> Iterator[tuple[str, str, set[str]]]:
    content = (DATA / file).read_bytes()
    for entry in FORMATS[name].read(content, file, AT).document.models:
        yield name, entry.listed_as[0], {*_words(entry)}
    if name == "models-dev":
        for provider, values in json.loads(content).items():
            for id_, row in values["models"].items():
                yield name, f"{provider}/{id_}", {*_efforts(row)}


def _words(entry: ModelEntry) -> Iterator[str]:
    yield from (word for word, has_it in entry.abilities.items() if has_it)
    reads, writes = (entry.fields.get(f"{side}_modalities") or () for side in ("input", "output"))
    yield from (word for word, kind in READS.items() if kind in reads and "text" in writes)
    yield from (word for word, kind in WRITES.items() if kind in writes)


def _efforts(row: Mapping[str, Any]) -> Iterator[str]:
    # The importer leaves these out: efforts of a gateway are not what the model's own API takes.
    for option in row.get("reasoning_options") or ():
        yield from (EFFORTS[word] for word in option.get("values") or () if word in EFFORTS)
