"""How an official SDK makes a call."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ToolLoop:
    """How an SDK calls a model until it asks for no more tools.

    What stands in « and » is for TypeScript alone.
    """

    # The body's field that holds the turns, and the variable for them.
    name: str
    turns: str
    # Code that lists the `calls` of an answer, and that adds their results to the turns.
    calls: str
    add: str
    # The type of the turns.
    type: str = ""
    loads: tuple[str, ...] = ()


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
    # Options with a call of their own.
    calls: Mapping[str, str] = field(default_factory=dict)
    loop: ToolLoop | None = None


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
    # Options with a call of their own.
    calls: Mapping[str, str] = field(default_factory=dict)
    loop: ToolLoop | None = None
