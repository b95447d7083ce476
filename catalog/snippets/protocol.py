"""What a protocol declares; snippets, schemas and options follow from it.

Each protocol is one module of `catalog.snippets.protocols`.
"""

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import quote

from catalog.records.action_content import Content
from catalog.records.record import ParameterRecord
from catalog.snippets.sdk_calls import JavascriptSdk, PythonSdk

BASIC = "basic"
STREAMING = "streaming"
TOOLS = "tools"
IMAGE = "image"
STRUCTURED = "structured"
CACHING = "caching"
THINKING = "thinking"
WEBHOOK = "webhook"
RETRY = "retry"
CONVERSATION = "conversation"
TOOL_RESULT = "tool_result"
IMAGE_FILE = "image_file"
PDF = "pdf"
AUDIO = "audio"
BATCH = "batch"
COUNT = "count_tokens"
ASYNC = "async"
TIMEOUTS = "timeouts"
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
    # A capability this form asks for.
    without: str = ""
    # The form to use where a source denies that, or a rule of the model forbids this form.
    instead: "Form | None" = None

    def said(self, body: Mapping[str, Any], names: Container[str]) -> dict[str, Any]:
        """Return a body with this option; `names` are recorded parameters."""
        is_recorded = self.recorded and all(name in names for name in self.recorded)
        return {**body, **(self.recorded if is_recorded else self.added)}


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
    # What a call's address ends in that only counts its tokens, and the fields it does not take.
    counting: str = ""
    uncounted: tuple[str, ...] = ()
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

    def fits_sdk(self, path: str, model_id: str) -> bool:
        """Whether the protocol's official SDKs call this path."""
        if self.sdk_pattern is None:
            return bool(self.sdk_path) and path.removesuffix(self.counting).endswith(self.sdk_path)
        # Google's SDKs write the ID into the path unquoted, and refuse some.
        is_plain = quote(model_id, safe="", errors="surrogatepass") == model_id and ".." not in model_id
        return is_plain and self.sdk_pattern.fullmatch(path) is not None
