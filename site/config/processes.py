"""Commands of the site's processes: server, MCP server, webhook deliveries."""

import os
import resource
import secrets
import sys
import tempfile

from django.conf import settings

from config.supervisor import SEPARATOR

# Of each worker, at once: requests that use the database; threads, each with its own connection to the
# database; and requests with a body, so that some places are left to readers. While the database hangs,
# two threads are left to /livez and static files.
DATABASE_PLACES = 2 * (os.cpu_count() or 1) + 1
THREADS = DATABASE_PLACES + 2
BODIES = DATABASE_PLACES - 2
CONNECTIONS = 1024  # of a worker, idle ones too: every browser keeps several
FILES = 8192  # open files and connections of a process, if the system allows so many
OTHER_FILES = 128  # of these, for other things than visitors, such as the database
HEADER_SECONDS = 10  # for a request's head, and for a connection to rest between two
WORKER_GRACE = 6  # seconds to finish answers; the supervisor gives the server two more


def supervisor_command() -> tuple[list[str], dict[str, str]]:
    """Return the supervisor's command and environment."""
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
            str(os.getpid()),  # the supervisor's: it replaces this process
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
    # Child processes inherit the limit.
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        return most
    return FILES if soft == resource.RLIM_INFINITY else soft


def _server(open_files: int) -> list[str]:
    return [
        *("granian", "--interface", "wsgi", "--host", settings.HOST, "--port", str(settings.PORT)),
        *("--workers", str(settings.WORKERS), "--blocking-threads", str(THREADS)),
        *("--backpressure", str(max(1, min(CONNECTIONS, open_files - OTHER_FILES)))),
        *("--http1-header-read-timeout", str(1000 * HEADER_SECONDS), "--no-ws", "--log-level", "error"),
        *("--respawn-failed-workers", "--workers-kill-timeout", str(WORKER_GRACE)),
        "config.worker:application",
    ]
