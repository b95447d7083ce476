"""Describes a model's calls, once for all languages."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from catalog.records.record import EndpointRecord, Record
from catalog.snippets import sample_values as known
from catalog.snippets.call_parameters import parameters_of, recorded_parameters, rules_of
from catalog.snippets.fitting_values import Purpose, sample_value
from catalog.snippets.options import forms_of
from catalog.snippets.protocol import BASIC, RETRY, STREAMED_CALL, STREAMING, WEBHOOK, Dialect
from catalog.snippets.protocols import DIALECTS
from catalog.snippets.sample_body import sample_body

TASK_ID = "{task_id}"
CALLBACK = "callback_url"


@dataclass(frozen=True, slots=True)
class Request:
    """One call: what is sent where."""

    protocol: str
    action: str | None
    model_id: str
    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: dict[str, Any]
    uploads: tuple[str, ...]
    # Holds `{task_id}`; None if nothing is polled.
    poll_path: str | None
    is_asynchronous: bool
    is_streaming: bool
    option: str = BASIC
    # All attempts carry the same new `Idempotency-Key`.
    is_retried: bool = False

    @property
    def address(self) -> str:
        """Return path and query."""
        return f"{self.path}?{self.query}" if self.query else self.path


def describe(record: Record) -> list[Request]:
    """Describe the main call of each protocol and action, then its options."""
    best: dict[tuple[str, str | None], tuple[int, Request]] = {}
    for endpoint in record["endpoints"]:
        dialect = DIALECTS.get(endpoint["protocol"])
        if dialect is None or endpoint["method"] != "POST":
            continue
        rank = next(
            (at for at, ending in enumerate(dialect.calls) if endpoint["path"].endswith(ending)), None
        )
        key = (endpoint["protocol"], endpoint["action"])
        # A protocol may have several addresses: the preferred ending wins.
        if rank is None or (key in best and best[key][0] <= rank):
            continue
        request = _request(record, endpoint, dialect)
        if request:
            best[key] = (rank, request)
    return [option for _, basic in best.values() for option in (basic, *_options(record, basic))]


def _options(record: Record, basic: Request) -> Iterator[Request]:
    """Describe a call with each option of its model."""
    yield from _streams(record, basic)
    names = {spec["name"] for spec in recorded_parameters(record, basic.protocol, basic.action)}
    for option, form in forms_of(record, basic.protocol).items():
        body, is_streaming = form.said(basic.body, names), basic.is_streaming or option == STREAMING
        yield replace(basic, body=body, option=option, is_streaming=is_streaming)
    specs = {spec["name"]: spec for spec in parameters_of(record, basic.protocol, basic.action)}
    if basic.is_asynchronous and CALLBACK in specs and CALLBACK not in basic.body:
        body = {**basic.body, CALLBACK: sample_value(specs[CALLBACK], Purpose(basic.action or ""))}
        yield replace(basic, body=body, poll_path=None, option=WEBHOOK)
    if basic.is_asynchronous:
        yield replace(basic, is_retried=True, option=RETRY)


def _streams(record: Record, basic: Request) -> Iterator[Request]:
    # Some protocols stream at another address instead of by a field.
    dialect = DIALECTS[basic.protocol]
    if dialect is None or "streaming" not in record["capabilities"] or basic.is_streaming:
        return
    for endpoint in record["endpoints"]:
        if basic.protocol == endpoint["protocol"] and endpoint["path"].endswith(STREAMED_CALL):
            request = _request(record, endpoint, dialect)
            if request:
                yield replace(request, option=STREAMING)


def expand(path: str, model_id: str) -> str:
    """Put the quoted model ID into a path."""
    quoted = quote(model_id, safe="", errors="surrogatepass")
    return quote(path, safe="/:~%{}", errors="surrogatepass").replace("{model}", quoted)


def _request(record: Record, endpoint: EndpointRecord, dialect: Dialect) -> Request | None:
    protocol, action, model_id = endpoint["protocol"], endpoint["action"], record["model_id"]
    parameters = parameters_of(record, protocol, action)
    if not parameters:  # an action whose parameters are not on record: any body would be a guess
        return None
    given = dialect.given()
    if dialect.action and record["max_output_tokens"]:
        # A sample must not ask for more than the model can write.
        given["max_tokens"] = min(known.BY_NAME["max_tokens"], record["max_output_tokens"])
    # A model that writes text and images gets a prompt for an image.
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
