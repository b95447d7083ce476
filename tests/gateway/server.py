"""A gateway on this machine that answers as the catalog says, refuses all else, and records what arrived."""

import json
import re
import threading
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any

from catalog.records.record import Record
from catalog.snippets.call import CALLBACK
from gateway import answers, checking, made_files, protocols
from gateway.arrivals import Arrival, RefusedError, key_of, read_body, read_form, read_json
from gateway.routes import Catalog, Route
from gateway.webhooks import deliver, is_loopback

STEPS = ("pending", "processing", "completed")
FAILING = "Please fail."
"""A prompt that holds this makes a task that fails, to try what a client then does."""
QUERIES = {":streamGenerateContent": {"", "alt=sse"}}
LOOPBACK = re.compile(r"http://(127\.0\.0\.1|localhost|\[::1\])(:[0-9]+)?")
READABLE = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key",
    "Access-Control-Expose-Headers": "X-RunAPI-Task-Id",
}


def ended_as(body: Any) -> str:
    """Say how a task ends: as asked by its prompt, else well."""
    return "failed" if FAILING in json.dumps(body) else STEPS[-1]


@dataclass(slots=True)
class Task:
    """A task that was created, at which address, and how often it was asked for."""

    record: Record
    template: str
    body: Any
    made: dict[str, Any]
    asked: int = 0


@dataclass(slots=True)
class Answer:
    """What is sent back: a JSON document, a file, or events as they are written, one by one."""

    body: Any = None
    file: bytes | None = None
    events: Iterable[bytes] | None = None
    headers: dict[str, str] = field(default_factory=dict)


class Gateway:
    """Decides what each request is answered; `keys` are those that it knows, None means any.

    Pages of the `origins` may read its answers; without, no page may.
    """

    def __init__(
        self,
        records: Sequence[Record],
        at: datetime | None = None,
        keys: set[str] | None = None,
        origins: re.Pattern[str] | None = None,
    ) -> None:
        self.origins = origins
        self.catalog = Catalog(records, at or datetime.now(UTC))
        self.keys = keys
        self.arrivals: list[Arrival] = []
        self.tasks: dict[str, Task] = {}
        self.makers: dict[str, str | None] = {}
        """Task -> the API key with which it was made."""
        self.once: dict[tuple[str | None, str], str] = {}
        """API key and Idempotency-Key -> the task that was made for them."""
        self.is_unsteady = False
        """Whether the first answer to each Idempotency-Key gets lost: its task is made, 503 is answered."""
        self.lock = threading.Lock()

    def readable(self, origin: str | None) -> dict[str, str]:
        """Give the headers with which a browser lets a page of this origin read an answer."""
        if origin is None or self.origins is None or not self.origins.fullmatch(origin):
            return {}
        return {"Access-Control-Allow-Origin": origin, "Vary": "Origin", **READABLE}

    def take(self, arrival: Arrival) -> Answer:
        """Record a request and answer it, or raise a RefusedError."""
        with self.lock:
            self.arrivals.append(arrival)
        task_id = made_files.task_of(arrival)
        if task_id in self.makers and arrival.method == "GET":
            arrival.key = self.makers[task_id]
            return Answer(file=made_files.content(arrival.path))
        arrival.key = key_of(arrival.headers)
        route, held = self.catalog.find(arrival.method, arrival.path)
        if arrival.key is None or (self.keys is not None and arrival.key not in self.keys):
            raise RefusedError(401, "unauthorized", "the key is missing or wrong")
        endings = [ending for ending in QUERIES if route.template.endswith(ending)]
        if arrival.query not in (QUERIES[endings[0]] if endings else {""}):
            raise RefusedError(400, "invalid_query", f"unknown query: {arrival.query}")
        if route.protocol == "models":
            return Answer(answers.models(self.catalog.served))
        if route.method == "GET":
            return self._task(route, held.get("task_id", ""))
        (read_form if checking.takes_a_form(route) else read_json)(arrival)
        record = checking.check(self.catalog, route, held, arrival)
        return self._answer(record, route, arrival)

    def _answer(self, record: Record, route: Route, arrival: Arrival) -> Answer:
        model_id, body = record["model_id"], arrival.body
        if route.template.endswith(checking.COUNTING):
            return Answer({"input_tokens": answers.COUNTED})
        if route.protocol == "task":
            return self._created(record, route, arrival)
        if route.protocol == "task-sync":
            task_id, made = self._made(record, route, arrival)
            return Answer(answers.task(record, body, task_id, "completed", made))
        if route.protocol not in protocols.WHOLE:
            raise RefusedError(503, "not_served", f"this gateway does not speak {route.protocol}")
        if not checking.is_stream(route, arrival):
            whole = protocols.WHOLE[route.protocol](model_id, body)
            return Answer(made_files.with_picture(record, whole))
        pieces = list(protocols.PIECES[route.protocol](model_id, body))
        if route.protocol == "gemini-generate-content" and arrival.query != "alt=sse":
            return Answer([data for _, data in pieces])
        return Answer(events=[answers.written(piece) for piece in pieces])

    def _made(self, record: Record, route: Route, arrival: Arrival) -> tuple[str, dict[str, Any]]:
        """Make a task's ID and list the files that it makes."""
        task_id = str(uuid.uuid4())
        with self.lock:
            self.makers[task_id] = arrival.key
        return task_id, made_files.listed(record, route.action, task_id, arrival.headers["host"])

    def _created(self, record: Record, route: Route, arrival: Arrival) -> Answer:
        new_id, files = self._made(record, route, arrival)
        made = Task(record, route.template, arrival.body, files)
        once = arrival.headers.get("idempotency-key")
        if len(once or "") > 512:
            raise RefusedError(400, "invalid_header", "Idempotency-Key: longer than 512 characters")
        task_id, is_new = self._once(arrival.key, once, new_id, made)
        if once and is_new and self.is_unsteady:
            raise RefusedError(503, "unavailable", "this answer was lost on purpose: ask again")
        if is_new and is_loopback(arrival.body.get(CALLBACK)):
            ended = answers.task(record, arrival.body, task_id, ended_as(arrival.body), files)
            threading.Thread(target=deliver, args=(arrival.body[CALLBACK], ended), daemon=True).start()
        return Answer({"id": task_id}, headers={"X-RunAPI-Task-Id": task_id})

    def _once(self, key: str | None, once: str | None, task_id: str, made: Task) -> tuple[str, bool]:
        """Keep a task, or find the one that the same call made before; give its ID and whether it is new."""
        with self.lock:
            earlier = self.once.setdefault((key, once), task_id) if once else task_id
            known = self.tasks.setdefault(earlier, made)
        if (known.record, known.template, known.body) != (made.record, made.template, made.body):
            raise RefusedError(409, "idempotency_conflict", "this Idempotency-Key came with another request")
        return earlier, earlier == task_id

    def _task(self, route: Route, task_id: str) -> Answer:
        with self.lock:
            task = self.tasks.get(task_id)
            if task is None or route.template != f"{task.template}/{{task_id}}":
                raise RefusedError(404, "task_not_found", f"there is no task {task_id!r} here")
            steps = (*STEPS[:-1], ended_as(task.body))
            status = steps[min(task.asked, len(steps) - 1)]
            task.asked += 1
        return Answer(answers.task(task.record, task.body, task_id, status, task.made))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    gateway: Gateway
    log: bool
    pace: float

    def server_bind(self) -> None:
        """Bind without asking for this machine's name, which can take long."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no fault of the gateway."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 60
    server: _Server
    readable: dict[str, str]

    def _serve(self) -> None:
        path, _, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.readable = self.server.gateway.readable(headers.get("origin"))
        if self.readable and self.command == "OPTIONS" and "access-control-request-method" in headers:
            self.send_response(204)
            self._end_headers()
            return
        arrival = Arrival(self.command, path, query, headers)
        try:
            self._read(arrival)
            answer = self.server.gateway.take(arrival)
            arrival.status = 200
        except RefusedError as refusal:
            answer, arrival.status, arrival.said = Answer(refusal.body), refusal.status, refusal.message
        except Exception as error:  # noqa: BLE001 - a fault of the gateway is told to its caller
            arrival.status, arrival.said = 500, f"{type(error).__name__}: {error}"
            answer = Answer({"error": {"code": "gateway_fault", "message": arrival.said}})
        if self.server.log:
            print(arrival.method, arrival.address, arrival.status, arrival.said, flush=True)  # noqa: T201
        if answer.events is None:
            self._send(arrival.status, answer)
        else:
            self._stream(answer.events)

    def _read(self, arrival: Arrival) -> None:
        """Read the body; where that cannot be, nobody knows where the next request would begin."""
        gateway = self.server.gateway
        try:
            arrival.raw = read_body(arrival.headers, self.rfile)
        except RefusedError:
            self.close_connection = True
            with gateway.lock:
                gateway.arrivals.append(arrival)
            raise

    def _send(self, status: int, answer: Answer) -> None:
        content = json.dumps(answer.body).encode() if answer.file is None else answer.file
        kind = "application/json" if answer.file is None else "application/octet-stream"
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        if self.close_connection:
            self.send_header("Connection", "close")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self._end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _stream(self, events: Iterable[bytes]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self._end_headers()
        for number, event in enumerate(events):
            time.sleep(self.server.pace if number else 0)
            self.wfile.write(b"%x\r\n%s\r\n" % (len(event), event))
        self.wfile.write(b"0\r\n\r\n")

    def _end_headers(self) -> None:
        for name, value in self.readable.items():
            self.send_header(name, value)
        self.end_headers()

    def __getattr__(self, name: str) -> Any:
        """Serve every method there is: what is not allowed is to be recorded too."""
        if name.startswith("do_"):
            return self._serve
        raise AttributeError(name)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that http.server gives it
        """Say nothing: arrivals are recorded."""


def listen(gateway: Gateway, port: int = 0, *, log: bool = False, pace: float = 0) -> _Server:
    """Bind a server of this gateway on this machine only; the caller runs and closes it.

    It waits `pace` seconds between the events of a stream.
    """
    server = _Server(("127.0.0.1", port), _Handler)
    server.gateway, server.log, server.pace = gateway, log, pace
    return server


@contextmanager
def serving(gateway: Gateway) -> Iterator[str]:
    """Give the address of a gateway that answers while the block runs."""
    with listen(gateway) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
