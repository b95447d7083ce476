"""The real site as `make run` starts it: a process of its own, with a database and files of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import clock
import collected

REPOSITORY = Path(__file__).resolve().parents[1]
MANAGE = REPOSITORY / "manage.py"
SETTINGS = {
    *("DATABASE_URL", "CACHE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "DEBUG", "SITE_NAME", "SITE_URL", "HOST"),
    *(
        "API_BASE_URL",
        "API_KEY_ENV",
        "SUPPORT_EMAIL",
        "SUPPORT_URL",
        "SKILLS_OWNER",
        "TRUSTED_PROXIES",
        "LOG_FORMAT",
    ),
    *(
        "PORT",
        "HSTS_PRELOAD",
        "TRY_IT",
        "PRICE_FLOOR",
        "RATE_LIMIT",
        "SITE_LANGUAGE",
        "WORKERS",
        "MCP",
        "MCP_SOCKET",
        "WEBHOOKS_ALLOW_PRIVATE",
        "CATALOG_VAR",
        "DJANGO_SETTINGS_MODULE",
        "PYTHONPATH",
        "DJANGO_ALLOW_ASYNC_UNSAFE",
    ),
}
LONGEST_START = 90


def environment(**given):
    """This environment without its settings of the site, with the given ones and the clock of the tests."""
    kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    return {**kept, **clock.environment(), **{name: str(value) for name, value in given.items()}}


def manage(*arguments, **given):
    """Run a command of manage.py with these settings only."""
    command = [sys.executable, str(MANAGE), *arguments]
    return subprocess.run(
        command, check=False, env=environment(**given), capture_output=True, text=True, timeout=120
    )


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def status(url):
    """The status of an answer, or None where nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    except OSError:
        return None


def spawn(folder, *, command=(), is_collected=True, **given):
    """Start the site on a free port with its files in this folder; `output.txt` there holds what it says.

    `command` runs it, such as `["prlimit", "--nofile=300"]`. A site that is not `is_collected` collects its
    static files itself, as a first start does.
    """
    port = free_port()
    given = {
        "CATALOG_VAR": folder,
        "DATABASE_URL": f"sqlite:///{folder}/catalog.sqlite3",
        "PORT": port,
        "WORKERS": 1,
        **given,
    }
    if is_collected:
        collected.put_into(given["CATALOG_VAR"], environment())
    with (folder / "output.txt").open("w") as output:
        process = subprocess.Popen(
            [*command, sys.executable, str(MANAGE), "serve"],
            env=environment(**given),
            cwd=REPOSITORY,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return process, f"http://127.0.0.1:{port}"


def wait(process, url, folder):
    """Wait until the site is ready; fail with its output when it ends or takes too long."""
    ends = time.monotonic() + LONGEST_START
    while time.monotonic() < ends and process.poll() is None:
        if status(f"{url}/readyz") == 200:
            return
        time.sleep(0.1)
    raise AssertionError(f"the site is not ready:\n{(folder / 'output.txt').read_text()}")


def stop(process, with_signal=signal.SIGTERM):
    """Ask the site to end and give its exit code; what does not end in ten seconds is killed and shown."""
    process.send_signal(with_signal)
    try:
        return process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise


@contextmanager
def running(folder, **given):
    """Give the address of a site that runs while the block does."""
    process, url = spawn(folder, **given)
    try:
        wait(process, url, folder)
        yield url
    finally:
        if process.poll() is None:
            stop(process)
