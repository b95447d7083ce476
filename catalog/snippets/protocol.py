"""What a protocol declares; snippets, schemas and options follow from it.

Each protocol is one module of `catalog.snippets.protocols`.
"""

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from catalog.records.action_content import Content
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
# An address that always streams; elsewhere the body asks for it.
STREAMED_CALL = ":streamGenerateContent"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a protocol: its type, if there is only one, and meaning."""

    kind: str | None
    meaning: str


@dataclass(frozen=True, slots=True)
class Form:
    """How a protocol expresses an option in its body."""

    added: Mapping[str, Any]
    # The field that the protocol has for it.
    asks: ParameterRecord | None = None
    # A further capability that this protocol requires.
    needs: str = ""
    # Takes the place of `added` where the model records all of these parameters.
    recorded: Mapping[str, Any] = field(default_factory=dict)
    # A capability this form asks for, and the form to use where a source denies it.
    without: str = ""
    instead: "Form | None" = None

    def said(self, body: Mapping[str, Any], names: Container[str]) -> dict[str, Any]:
        """Return a body with this option; `names` are recorded parameters."""
        is_recorded = self.recorded and all(name in names for name in self.recorded)
        return {**body, **(self.recorded if is_recorded else self.added)}


@dataclass(frozen=True, slots=True)
class PythonSdk:
    """One call of one Python SDK."""

    package: str
    load: str
    client: str
    call: str
    # Those that the SDK knows; all others go into `extra_body`.
    arguments: frozenset[str]
    # Code that prints the answer, and a piece of a stream; `shows` and `streams` are by option.
    show: str
    stream: str = ""
    shows: Mapping[str, str] = field(default_factory=dict)
    streams: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JavascriptSdk:
    """One call of one JavaScript SDK."""

    package: str
    client: str
    call: str
    show: str
    stream: str = ""
    shows: Mapping[str, str] = field(default_factory=dict)
    streams: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Names in other catalogs: LiteLLM's route and mode, the AI SDK's package."""

    litellm: str = ""
    mode: str = ""
    npm: str = ""


@dataclass(frozen=True, slots=True)
class Dialect:
    """One protocol."""

    word: str
    # Endings of its main call's path, the preferred first; without any, nothing can be run.
    calls: tuple[str, ...] = ()
    fields: tuple[ParameterRecord, ...] = ()
    # Builds the plain body.
    given: Callable[[], dict[str, Any]] = dict
    # Parameters of the protocol are recorded under this action.
    action: str | None = None
    is_asynchronous: bool = False
    # All fields of its documentation.
    named: Mapping[str, Field] = field(default_factory=dict)
    forms: Mapping[str, Form] = field(default_factory=dict)
    # What SDKs append to a base URL by themselves.
    sdk_path: str = ""
    # Paths that Google's SDKs build, given a version.
    sdk_pattern: re.Pattern[str] | None = None
    python: PythonSdk | None = None
    javascript: JavascriptSdk | None = None
    answers: Literal["text", "vectors", "result"] = "text"
    # What it is for, if not for any content.
    content: Content | None = None
    names_model: bool = True
    # A reader in `static/js/try_it_usage.js`.
    usage: str = ""
    elsewhere: Elsewhere = Elsewhere()

    def streams(self, path: str) -> bool:
        """Whether an answer may come piece by piece from this address."""
        is_main = any(path.endswith(ending) for ending in self.calls)
        return is_main and (STREAMING in self.forms or path.endswith(STREAMED_CALL))
