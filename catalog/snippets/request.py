"""Describes a model's calls, once for all languages."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

from catalog.records.record import EndpointRecord, Record
from catalog.snippets import sample_values as known
from catalog.snippets.call import CALLBACK, TASK_ID, Request
from catalog.snippets.call_parameters import parameters_of, rules_of, uncounted
from catalog.snippets.fitting_values import Purpose, sample_value
from catalog.snippets.offered_bodies import offered_bodies
from catalog.snippets.protocol import (
    ASYNC,
    COUNT,
    RETRY,
    STREAMED_CALL,
    STREAMING,
    TIMEOUTS,
    WEBHOOK,
    Dialect,
)
from catalog.snippets.protocols import DIALECTS
from catalog.snippets.result_files import result_files
from catalog.snippets.sample_body import sample_body


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
    specs = {spec["name"]: spec for spec in parameters_of(record, basic.protocol, basic.action)}
    for option, body in offered_bodies(record, basic.protocol, basic.action, basic.body):
        if option == COUNT:
            yield from _counts(record, replace(basic, body=body, option=option))
        else:
            is_streaming = basic.is_streaming or option == STREAMING
            yield replace(basic, body=body, option=option, is_streaming=is_streaming)
    yield from _client_options(basic)
    if basic.is_asynchronous and CALLBACK in specs and CALLBACK not in basic.body:
        body = {**basic.body, CALLBACK: sample_value(specs[CALLBACK], Purpose(basic.action or ""))}
        yield replace(basic, body=body, poll_path=None, option=WEBHOOK)
    if basic.is_asynchronous:
        yield replace(basic, is_retried=True, option=RETRY)


def _counts(record: Record, request: Request) -> Iterator[Request]:
    """Describe the call that only counts the tokens of a body, if it has an address."""
    path = request.path + DIALECTS[request.protocol].counting
    if any(row["protocol"] == request.protocol and row["path"] == path for row in record["endpoints"]):
        left_out = uncounted(request.protocol, path)
        body = {name: value for name, value in request.body.items() if name not in left_out}
        yield replace(request, path=path, body=body, is_streaming=False)


def _client_options(basic: Request) -> Iterator[Request]:
    """Describe a call with options that are a matter of the client alone."""
    dialect = DIALECTS[basic.protocol]
    if dialect.answers != "text":
        return
    has_sdk = dialect.python and dialect.fits_sdk(basic.path, basic.model_id)
    if has_sdk and not basic.is_streaming and not basic.makes_images:
        yield replace(basic, option=ASYNC)
    yield replace(basic, option=TIMEOUTS)


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
    given, makes_images = dialect.given(), "image" in record["output_modalities"]
    if dialect.action and record["max_output_tokens"]:
        # A sample must not ask for more than the model can write.
        given["max_tokens"] = min(known.BY_NAME["max_tokens"], record["max_output_tokens"])
    if makes_images and "contents" in given:
        given["contents"] = [{"role": "user", "parts": [{"text": known.PROMPTS["text_to_image"]}]}]
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
        files=result_files(record, action or "") if dialect.answers == "result" else None,
        makes_images=makes_images,
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
