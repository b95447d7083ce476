"""Large made-up catalogs in databases of their own, made once and kept: in `var/bench`, or on a server.

What makes them up is part of their names: another one is made where that has changed.
"""

import hashlib
import os
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "var" / "bench"
EDITION = hashlib.sha256((ROOT / "catalog/exchange/synthetic.py").read_bytes()).hexdigest()[:8]


def manage(url, *words):
    """Run a command of manage.py on a database."""
    environment = {**os.environ, "DATABASE_URL": url, "DEBUG": "on"}
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=environment, check=True)


def catalog(count):
    """The address of a database that holds so many made-up models."""
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith("postgres"):
        return _on_server(url, count)
    KEPT.mkdir(parents=True, exist_ok=True)
    made = KEPT / f"{count}-{EDITION}.sqlite3"
    if not made.exists():
        unfinished = KEPT / f"{count}.unfinished.sqlite3"
        for old in KEPT.glob(f"{unfinished.name}*"):
            old.unlink()
        _fill(f"sqlite:///{unfinished}", count)
        unfinished.rename(made)
    manage(f"sqlite:///{made}", "migrate", "--verbosity", "0")
    return f"sqlite:///{made}"


def _on_server(url, count):
    import psycopg

    name = f"bench_{count}_{EDITION}"
    server, _, _ = url.partition("?")[0].rpartition("/")
    with psycopg.connect(url, autocommit=True) as link:
        is_there = link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not is_there:
            link.execute(f"CREATE DATABASE {name}_unfinished")
            _fill(f"{server}/{name}_unfinished", count)
            link.execute(f"ALTER DATABASE {name}_unfinished RENAME TO {name}")
    manage(f"{server}/{name}", "migrate", "--verbosity", "0")
    return f"{server}/{name}"


def _fill(url, count):
    manage(url, "migrate", "--verbosity", "0")
    manage(url, "make_large_catalog", "--models", str(count))


@contextmanager
def empty_worker(script):
    """A process that looks at an empty catalog, which is gone afterwards."""
    url = os.environ.get("DATABASE_URL", "")
    with ExitStack() as stack:
        if url.startswith("postgres"):
            url = stack.enter_context(_passing(url))
        else:
            url = f"sqlite:///{stack.enter_context(TemporaryDirectory())}/empty.sqlite3"
        manage(url, "migrate", "--verbosity", "0")
        yield stack.enter_context(_worker(script, url))


@contextmanager
def _passing(url):
    import psycopg

    name = f"bench_empty_{os.getpid()}"
    server, _, _ = url.partition("?")[0].rpartition("/")
    with psycopg.connect(url, autocommit=True) as link:
        link.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{server}/{name}"
        finally:
            link.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def workers(script, *counts):
    """Processes that each look at one catalog and answer a line for a line, so that rounds can alternate."""
    with ExitStack() as stack:
        yield [stack.enter_context(_worker(script, catalog(count))) for count in counts]


@contextmanager
def _worker(script, url):
    environment = {**os.environ, "DATABASE_URL": url, "DEBUG": "off"}
    command = [sys.executable, str(Path(__file__).with_name(script))]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=-1, stdout=-1, text=True) as process:
        yield lambda line: _ask(process, line)
        process.stdin.close()


def _ask(process, line):
    process.stdin.write(f"{line}\n")
    process.stdin.flush()
    return process.stdout.readline().strip()
