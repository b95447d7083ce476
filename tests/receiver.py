"""A subscriber of webhooks on this machine: keeps what arrives, answers as it is told."""

import json
import socket
import socketserver
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Arrived:
    """One request."""

    path: str
    headers: dict
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


@dataclass
class Receiver:
    """What has arrived, and the answers to come: `answers` first, one each, and then always `status`."""

    url: str = ""
    status: int = 204
    said: bytes = b""
    headers: dict = field(default_factory=dict)
    answers: list = field(default_factory=list)
    seconds: float = 0
    arrived: list = field(default_factory=list)

    def ids(self):
        return [each.headers["webhook-id"] for each in self.arrived]


@contextmanager
def receiving(**more):
    """A receiver, for as long as the block runs."""
    receiver = Receiver(**more)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.arrived.append(Arrived(self.path, headers, body))
            time.sleep(receiver.seconds)
            self.send_response(receiver.answers.pop(0) if receiver.answers else receiver.status)
            for name, value in {**receiver.headers, "Content-Length": str(len(receiver.said))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(receiver.said)

        def log_message(self, *_):
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

        def handle_error(self, *_):
            pass

    with Server(("127.0.0.1", 0), Handler) as server:
        receiver.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield receiver
        server.shutdown()


@contextmanager
def speaking(talk):
    """The port of a server whose connections are handed to a function, byte by byte."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            self.request.recv(65536)
            with suppress(OSError):
                talk(self.request)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@contextmanager
def never_called():
    """A port of loopback and the connections that were made to it, of which there must be none."""
    called = []
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0.1)
        ended = threading.Event()

        def listen():
            while not ended.is_set():
                try:
                    link, _ = listener.accept()
                except TimeoutError:
                    continue
                called.append(link.recv(1000) if link else b"")
                link.close()

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield listener.getsockname()[1], called
        time.sleep(0.15)
        ended.set()
        thread.join()
