"""How a call goes, step by step, in the words of the protocol it is made in."""

from dataclasses import dataclass

from catalog.record import EndpointRecord, Record
from catalog.vocabulary import Protocol
from catalog.wording.phrases import code, codes, main_call
from catalog.wording.subject import Subject

TASK_ENDS = ("completed", "failed")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; `text` marks code with backticks."""

    title: str
    text: str


def steps(subject: Subject) -> list[Step]:
    """Say how a model is called; nothing where it no longer answers or no address of it is recorded."""
    record = subject.record
    call = main_call(record)
    if call is None or subject.this.is_retired:
        return []
    if call["protocol"] == Protocol.TASK:
        rest = _task(subject, call)
    elif call["protocol"] == Protocol.REALTIME:
        rest = _realtime(subject, record)
    else:
        rest = _answered_at_once(subject, call)
    return [_key(subject), *rest]


def _key(subject: Subject) -> Step:
    variable = code(subject.site.calls.api_key_env)
    return Step("Set the key", f"Create an API key and put it into the environment variable {variable}.")


def _name_the_model(record: Record, endpoint: EndpointRecord) -> str:
    if "{model}" in endpoint["path"]:
        return f"Put {code(record['model_id'])} in the place of {code('{model}')} in the address."
    return f"Set {code('model')} to {code(record['model_id'])}."


def _answered_at_once(subject: Subject, endpoint: EndpointRecord) -> list[Step]:
    record = subject.record
    address = code(subject.site.calls.url(endpoint["path"]))
    body = "Send the request body of the quickstart above as JSON"
    if endpoint["protocol"] == Protocol.OPENAI_EMBEDDINGS:
        result = "The same response holds the embedding vectors."
    elif endpoint["protocol"] == Protocol.TASK_SYNC:
        result = "The same response holds the result: there is nothing to wait for."
    else:
        result = "The same response holds the answer and the number of tokens it took."
    names = {row["name"] for row in record["parameters"].get(endpoint["action"] or "", [])}
    takes_model = endpoint["protocol"] != Protocol.TASK_SYNC or "model" in names
    found = [
        *([Step("Name the model", _name_the_model(record, endpoint))] if takes_model else []),
        Step("Send the request", f"{body} with {code(endpoint['method'])} to {address}."),
        Step("Read the answer", result),
    ]
    if "streaming" in record["capabilities"]:
        found.append(Step("Or stream it", "Ask for streaming to receive the answer while it is written."))
    return found


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
    look = code(f"GET {subject.site.calls.url(polled['path'])}") if polled else "the task's own address"
    names = {row["name"] for row in record["parameters"].get(endpoint["action"] or "", [])}
    wait = f"Ask {look} until the task's {code('status')} is {codes(TASK_ENDS, 'or')}."
    if "callback_url" in names:
        wait += f" Or give {code('callback_url')} when creating it, and be called when it ends."
    return [
        Step("Create a task", f"Send {create}{_with_model(record, names)}."),
        Step("Keep its ID", f"The response holds the task's {code('id')}, not yet the result."),
        Step("Wait for it", wait),
        Step("Read the result", "The completed task holds the result; a failed one is not charged."),
    ]


def _with_model(record: Record, names: set[str]) -> str:
    return f" with {code('model')} set to {code(record['model_id'])}" if "model" in names else ""


def _realtime(subject: Subject, record: Record) -> list[Step]:
    addresses = codes(
        (f"{row['method']} {subject.site.calls.url(row['path'])}" for row in record["endpoints"]), "or"
    )
    return [Step("Open a session", f"Connect at {addresses}. What a session carries is not on record.")]
