"""Describes each call that a model's endpoints offer, once for all languages."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from catalog.record import EndpointRecord, ParameterRecord, Record, RuleRecord
from catalog.snippets import sample_values as known
from catalog.snippets.constraints import parameter
from catalog.snippets.samples import Purpose, sample_body

TASK_ID = "{task_id}"
STREAMED_CALL = ":streamGenerateContent"
"""The end of an address that answers as a stream; elsewhere the body asks for one."""
BASIC = "basic"
STREAMING = "streaming"


@dataclass(frozen=True, slots=True)
class Request:
    """One call: what is sent where; `poll_path` holds `{task_id}`, or is None where nothing is polled.

    One that `is_retried` carries a new `Idempotency-Key`, the same at each of its attempts.
    """

    protocol: str
    action: str | None
    model_id: str
    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: dict[str, Any]
    uploads: tuple[str, ...]
    poll_path: str | None
    is_asynchronous: bool
    is_streaming: bool
    option: str = BASIC
    is_retried: bool = False

    @property
    def address(self) -> str:
        """Give path and query together."""
        return f"{self.path}?{self.query}" if self.query else self.path


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one protocol is called: `calls` are endings of its main call's path, the preferred first."""

    calls: tuple[str, ...]
    fields: tuple[ParameterRecord, ...] = ()
    given: Callable[[], dict[str, Any]] = dict
    action: str | None = None
    is_asynchronous: bool = False


def _messages() -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": known.CHAT_PROMPT}]}


def _contents() -> dict[str, Any]:
    return {"contents": [{"role": "user", "parts": [{"text": known.CHAT_PROMPT}]}]}


_MODEL = parameter("model", "string", required=True)
_STREAM = parameter("stream", "boolean")

DIALECTS: dict[str, Dialect | None] = {
    "anthropic-messages": Dialect(
        calls=("/messages",),
        fields=(
            _MODEL,
            parameter("max_tokens", "integer", required=True, minimum="1"),
            parameter("messages", "array", required=True, min_items=1),
            _STREAM,
        ),
        given=_messages,
        action="message",
    ),
    "openai-chat": Dialect(
        calls=("/chat/completions",),
        fields=(_MODEL, parameter("messages", "array", required=True, min_items=1), _STREAM),
        given=_messages,
    ),
    "openai-responses": Dialect(
        calls=("/responses",),
        fields=(_MODEL, parameter("input", "string", required=True), _STREAM),
        given=lambda: {"input": known.CHAT_PROMPT},
    ),
    "openai-embeddings": Dialect(
        calls=("/embeddings",),
        fields=(
            _MODEL,
            parameter("input", "string", required=True),
            parameter("encoding_format", "string", enum=["float", "base64"]),
        ),
        # The SDKs ask for base64 on their own; said here, every language sends the same body.
        given=lambda: {"input": known.EMBEDDING_INPUT, "encoding_format": "float"},
    ),
    "gemini-generate-content": Dialect(
        calls=(":generateContent", ":streamGenerateContent"),
        fields=(parameter("contents", "array", required=True, min_items=1),),
        given=_contents,
    ),
    "task": Dialect(calls=("",), is_asynchronous=True),
    "task-sync": Dialect(calls=("",)),
    "realtime": None,
}
"""Protocol -> how it is called; None where nothing that runs by itself is known."""


def describe(record: Record) -> list[Request]:
    """Describe the main call of each protocol and action of a model, in the order of its endpoints.

    Behind each stands the same call answered as a stream, where the model's capabilities say that it can.
    """
    found: dict[tuple[str, str | None], tuple[int, Request]] = {}
    for endpoint in record["endpoints"]:
        dialect = DIALECTS.get(endpoint["protocol"])
        if dialect is None or endpoint["method"] != "POST":
            continue
        rank = next(
            (at for at, ending in enumerate(dialect.calls) if endpoint["path"].endswith(ending)), None
        )
        key = (endpoint["protocol"], endpoint["action"])
        if rank is None or (key in found and found[key][0] <= rank):
            continue
        request = _request(record, endpoint, dialect)
        if request:
            found[key] = (rank, request)
    return [option for _, basic in found.values() for option in (basic, *_streamed(record, basic))]


def _streamed(record: Record, basic: Request) -> Iterator[Request]:
    if "streaming" not in record["capabilities"] or basic.is_streaming:
        return
    dialect = DIALECTS[basic.protocol]
    if dialect is not None and _STREAM in dialect.fields:
        body = {**basic.body, "stream": True}
        yield replace(basic, body=body, is_streaming=True, option=STREAMING)
    for endpoint in record["endpoints"]:
        if dialect and basic.protocol == endpoint["protocol"] and endpoint["path"].endswith(STREAMED_CALL):
            request = _request(record, endpoint, dialect)
            if request:
                yield replace(request, option=STREAMING)


def parameters_of(record: Record, protocol: str, action: str | None) -> list[ParameterRecord]:
    """List what a body may hold: the protocol's own fields and the model's recorded parameters, which win."""
    dialect = DIALECTS.get(protocol)
    recorded = record["parameters"].get((dialect and dialect.action) or action or "", [])
    fields = {spec["name"]: spec for spec in (dialect.fields if dialect else ())}
    typed = {spec["name"]: _typed(spec, fields.get(spec["name"])) for spec in recorded}
    return list((fields | typed).values())


def rules_of(record: Record, protocol: str, action: str | None) -> Sequence[RuleRecord]:
    """List the rules that hold for a body."""
    dialect = DIALECTS.get(protocol)
    return record["rules"].get((dialect and dialect.action) or action or "", [])


def expand(path: str, model_id: str) -> str:
    """Put the quoted model ID into a path, and quote what else a URL cannot hold."""
    quoted = quote(model_id, safe="", errors="surrogatepass")
    return quote(path, safe="/:~%{}", errors="surrogatepass").replace("{model}", quoted)


def _rank(endpoint: EndpointRecord, dialect: Dialect) -> int | None:
    return next((at for at, ending in enumerate(dialect.calls) if endpoint["path"].endswith(ending)), None)


def _typed(recorded: ParameterRecord, field: ParameterRecord | None) -> ParameterRecord:
    if field is None or recorded["type"]:
        return recorded
    return recorded | {"type": field["type"], "minimum": recorded["minimum"] or field["minimum"]}


def _request(record: Record, endpoint: EndpointRecord, dialect: Dialect) -> Request | None:
    protocol, action, model_id = endpoint["protocol"], endpoint["action"], record["model_id"]
    parameters = parameters_of(record, protocol, action)
    if not parameters:  # an action whose parameters are not on record: any body would be a guess
        return None
    given = dialect.given()
    if dialect.action and record["max_output_tokens"]:
        given["max_tokens"] = min(known.BY_NAME["max_tokens"], record["max_output_tokens"])
    output = next((kind for kind in record["output_modalities"] if kind != "text"), record["modality"])
    purpose = Purpose(action or "", output)
    body = sample_body(purpose, model_id, parameters, rules_of(record, protocol, action), given)
    uploads = tuple(name for name in body if name == "file")
    is_streaming = endpoint["path"].endswith(STREAMED_CALL)
    return Request(
        protocol=protocol,
        action=action,
        model_id=model_id,
        method="POST",
        path=expand(endpoint["path"], model_id),
        query="alt=sse" if is_streaming else "",
        headers={} if uploads else {"Content-Type": "application/json"},
        body=body,
        uploads=uploads,
        poll_path=_poll_path(record, endpoint) if dialect.is_asynchronous else None,
        is_asynchronous=dialect.is_asynchronous,
        is_streaming=is_streaming,
    )


def _poll_path(record: Record, created: EndpointRecord) -> str | None:
    start = created["path"] + "/"
    return next(
        (
            expand(endpoint["path"], record["model_id"])
            for endpoint in record["endpoints"]
            if endpoint["method"] == "GET"
            and endpoint["path"].startswith(start)
            and TASK_ID in endpoint["path"]
        ),
        None,
    )
