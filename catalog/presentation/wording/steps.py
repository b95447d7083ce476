"""How to make a call, by protocol."""

from dataclasses import dataclass

from catalog.presentation.wording.subject import Subject
from catalog.records.phrases import code, codes, main_call
from catalog.records.record import EndpointRecord, Record
from catalog.snippets.protocols import DIALECTS
from catalog.text.language import mark, say

TASK_ENDS = ("completed", "failed")
ANSWERS = {
    "text": mark("The same response holds the answer and the number of tokens it took."),
    "vectors": mark("The same response holds the embedding vectors."),
    "result": mark("The same response holds the result: there is nothing to wait for."),
}
"""What an answer holds -> sentence."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step; backticks mark code."""

    title: str
    text: str


def steps(subject: Subject) -> list[Step]:
    """List the steps; none for a retired model or one without endpoints."""
    record = subject.record
    call = main_call(record)
    if call is None or subject.this.is_retired:
        return []
    dialect = DIALECTS[call["protocol"]]
    if dialect.is_asynchronous:
        rest = _task(subject, call)
    # A session, such as realtime, is opened and not answered.
    elif not dialect.calls:
        rest = _realtime(subject, record)
    else:
        rest = _answered_at_once(subject, call)
    return [_key(subject), *rest]


def _key(subject: Subject) -> Step:
    variable = code(subject.site.calls.api_key_env)
    return Step(
        say("Set the key"),
        say("Create an API key and put it into the environment variable {variable}.", variable=variable),
    )


def _name_the_model(record: Record, endpoint: EndpointRecord) -> str:
    # Some protocols name the model in the path, not in the body.
    if "{model}" in endpoint["path"]:
        place = code("{model}")
        return say(
            "Put {id} in the place of {place} in the address.", id=code(record["model_id"]), place=place
        )
    return say("Set {field} to {value}.", field=code("model"), value=code(record["model_id"]))


def _answered_at_once(subject: Subject, endpoint: EndpointRecord) -> list[Step]:
    record = subject.record
    address = code(subject.site.calls.url(endpoint["path"]))
    sent = say(
        "Send the request body of the quickstart above as JSON with {method} to {address}.",
        method=code(endpoint["method"]),
        address=address,
    )
    dialect = DIALECTS[endpoint["protocol"]]
    names = {row["name"] for row in record["parameters"].get(endpoint["action"] or "", [])}
    takes_model = dialect.names_model or "model" in names
    rows = [
        *([Step(say("Name the model"), _name_the_model(record, endpoint))] if takes_model else []),
        Step(say("Send the request"), sent),
        Step(say("Read the answer"), say(ANSWERS[dialect.answers])),
    ]
    if "streaming" in record["capabilities"]:
        streamed = say("Ask for streaming to receive the answer while it is written.")
        rows.append(Step(say("Or stream it"), streamed))
    return rows


def _task(subject: Subject, endpoint: EndpointRecord) -> list[Step]:
    record = subject.record
    create = code(f"POST {subject.site.calls.url(endpoint['path'])}")
    polled = next(
        (
            other
            for other in record["endpoints"]
            if other["method"] == "GET" and other["action"] == endpoint["action"]
        ),
        None,
    )
    look = code(f"GET {subject.site.calls.url(polled['path'])}") if polled else say("the task's own address")
    names = {row["name"] for row in record["parameters"].get(endpoint["action"] or "", [])}
    wait = say(
        "Ask {address} until the task's {field} is {ends}.",
        address=look,
        field=code("status"),
        ends=codes(TASK_ENDS, "or"),
    )
    if "callback_url" in names:
        called = say(
            "Or give {field} when creating it, and be called when it ends.", field=code("callback_url")
        )
        wait = f"{wait} {called}"
    return [
        Step(say("Create a task"), _create(create, record, names)),
        Step(
            say("Keep its ID"),
            say("The response holds the task's {field}, not yet the result.", field=code("id")),
        ),
        Step(say("Wait for it"), wait),
        Step(say("Read the result"), say("The completed task holds the result.")),
    ]


def _create(call: str, record: Record, names: set[str]) -> str:
    if "model" not in names:
        return say("Send {call}.", call=call)
    return say(
        "Send {call} with {field} set to {value}.",
        call=call,
        field=code("model"),
        value=code(record["model_id"]),
    )


def _realtime(subject: Subject, record: Record) -> list[Step]:
    addresses = codes(
        (f"{row['method']} {subject.site.calls.url(row['path'])}" for row in record["endpoints"]), "or"
    )
    return [
        Step(
            say("Open a session"),
            say("Connect at {addresses}. What a session carries is not on record.", addresses=addresses),
        )
    ]
