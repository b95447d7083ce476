"""The site's processes: the server with its workers, the MCP server, webhook deliveries."""

import os
import resource
import secrets
import sys
import tempfile

from django.conf import settings

from config.supervisor import SEPARATOR

DATABASE_PLACES = 2 * (os.cpu_count() or 1) + 1
"""How many requests of a worker use the database at once."""
THREADS = DATABASE_PLACES + 2
"""How many requests a worker answers at once; each thread keeps a connection to the database.

While the database hangs, two threads are left to /livez and static files.
"""
BODIES = DATABASE_PLACES - 2
"""How many of them may have a body: the others are left to those who read."""
CONNECTIONS = 1024
"""How many connections a worker holds open. Idle ones count too, and every browser keeps several."""
FILES = 8192
"""How many files and connections a process may have open, where the system allows so many."""
OTHER_FILES = 128
"""How many of these a worker keeps for other things than visitors, such as its database."""
HEADER_SECONDS = 10
"""How long the head of a request may take, and how long a connection may rest between two requests."""
WORKER_GRACE = 6
"""Seconds a worker has to finish its answers; the supervisor gives the whole server two more."""


def supervisor_command() -> tuple[list[str], dict[str, str]]:
    """Return command and environment of the supervisor that replaces this process."""
    environment = _environment()
    programs = {"server": _server(_raise_open_files()), "webhooks": ["django", "deliver_webhooks"]}
    if settings.MCP:
        programs["mcp"] = ["django", "serve_mcp", "--own-folder"]
        if not settings.MCP_SOCKET:
            # Short, as names of sockets must be; the process makes the folder, and removes it when it ends.
            environment["MCP_SOCKET"] = f"{tempfile.gettempdir()}/catalog-mcp-{secrets.token_hex(8)}/socket"
    command = [sys.executable, "-m", "config.supervisor"]
    for name, program in programs.items():
        command += [
            name,
            sys.executable,
            "-m",
            "config.under_supervisor",
            str(os.getpid()),
            *program,
            SEPARATOR,
        ]
    return command[:-1], environment


def _environment() -> dict[str, str]:
    paths = [str(settings.REPOSITORY), str(settings.REPOSITORY / "site"), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    environment.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    return environment


def _raise_open_files() -> int:
    """Raise the limit of open files, which child processes inherit, and return it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        return most
    return FILES if soft == resource.RLIM_INFINITY else soft


def _server(open_files: int) -> list[str]:
    """Return module and arguments of the web server."""
    return [
        *("granian", "--interface", "wsgi", "--host", settings.HOST, "--port", str(settings.PORT)),
        *("--workers", str(settings.WORKERS), "--blocking-threads", str(THREADS)),
        *("--backpressure", str(max(1, min(CONNECTIONS, open_files - OTHER_FILES)))),
        *("--http1-header-read-timeout", str(1000 * HEADER_SECONDS), "--no-ws", "--log-level", "error"),
        *("--respawn-failed-workers", "--workers-kill-timeout", str(WORKER_GRACE)),
        "config.worker:application",
    ]
