"""What is declared of a protocol: how it is called, what its bodies hold, and how its SDKs are used.

Each protocol is one module of `catalog.snippets.protocols`. From what it declares follow the snippets in
every language, the parameters of a call, its JSON Schema and its options.
"""

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from catalog.records.record import ParameterRecord

BASIC = "basic"
STREAMING = "streaming"
TOOLS = "tools"
IMAGE = "image"
STRUCTURED = "structured"
CACHING = "caching"
THINKING = "thinking"
WEBHOOK = "webhook"
RETRY = "retry"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a protocol: its type, None where it has several, and what it is for."""

    kind: str | None
    meaning: str


@dataclass(frozen=True, slots=True)
class Form:
    """How one protocol says an option: what its body gets, and the field that it has for this, if any.

    Where the model's own recorded parameters hold all of `recorded`, those say it instead. `needs` is a
    capability without which this protocol cannot say it.
    """

    added: Mapping[str, Any]
    asks: ParameterRecord | None = None
    needs: str = ""
    recorded: Mapping[str, Any] = field(default_factory=dict)

    def said(self, body: Mapping[str, Any], names: Container[str]) -> dict[str, Any]:
        """Return a plain body with this option in it; `names` are the model's recorded parameters."""
        is_recorded = self.recorded and all(name in names for name in self.recorded)
        return {**body, **(self.recorded if is_recorded else self.added)}


@dataclass(frozen=True, slots=True)
class PythonSdk:
    """One call of one SDK: `arguments` are those that it knows, the rest goes into `extra_body`.

    `show` prints the answer, `stream` a piece of it; `shows` and `streams` do so for options where that is
    another.
    """

    package: str
    load: str
    client: str
    call: str
    arguments: frozenset[str]
    show: str
    stream: str = ""
    shows: Mapping[str, str] = field(default_factory=dict)
    streams: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JavascriptSdk:
    """One call of one SDK; it sends every field of the object it is given.

    `shows` are the options whose answer is printed otherwise than a plain one, `streams` so of its pieces.
    """

    package: str
    client: str
    call: str
    show: str
    stream: str = ""
    shows: Mapping[str, str] = field(default_factory=dict)
    streams: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """How other catalogs name a protocol: LiteLLM's route and mode, and the AI SDK's package."""

    litellm: str = ""
    mode: str = ""
    npm: str = ""


@dataclass(frozen=True, slots=True)
class Dialect:
    """One protocol.

    `calls` are endings of its main call's path, the preferred first; without any, no call of it runs by
    itself. `fields` are those that each body has, `given` makes the plain body, `named` are all fields that
    its documentation names. A protocol with an `action` records its parameters under that. `sdk_path` is the
    end of the path that its SDKs add to a base URL by themselves; `sdk_pattern` matches the paths that
    Google's SDKs make, which are told a version. `answers` is what its answer holds, `usage` the reader in
    `static/js/try_it_usage.js` of what was used.
    """

    word: str
    calls: tuple[str, ...] = ()
    fields: tuple[ParameterRecord, ...] = ()
    given: Callable[[], dict[str, Any]] = dict
    action: str | None = None
    is_asynchronous: bool = False
    named: Mapping[str, Field] = field(default_factory=dict)
    forms: Mapping[str, Form] = field(default_factory=dict)
    sdk_path: str = ""
    sdk_pattern: re.Pattern[str] | None = None
    python: PythonSdk | None = None
    javascript: JavascriptSdk | None = None
    answers: Literal["text", "vectors", "result"] = "text"
    names_model: bool = True
    usage: str = ""
    elsewhere: Elsewhere = Elsewhere()
