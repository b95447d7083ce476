"""`manage.py serve`: prepare the site, then supervise its processes."""

import hashlib
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from catalog.models import triggers
from config import processes, start_lock
from config.startup import refuse_wrong_settings
from config.supervisor import ENDING
from docs import library
from docs.sources import ContentError

# Beside the collected files: a digest of what they were collected from.
FINGERPRINT = "fingerprint.txt"


class Command(BaseCommand):
    """Prepare database and static files, then become the supervisor."""

    help = "Migrate, load the bundled catalog into an empty database, collect static files, and serve."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        refuse_wrong_settings(serving=True)
        refuse_broken_pages()
        refuse_taken_port()
        with start_lock.alone(self._wait):
            call_command("migrate", interactive=False, verbosity=0)
            refuse_without_guards()
            call_command("load_catalog", if_empty=True)
            if not settings.DEBUG and collect():
                self.stdout.write("Collected the static files.")
        self.stdout.write(welcome())
        self.stdout.flush()
        become_supervisor()

    def _wait(self) -> None:
        self.stdout.write("Another start prepares this site: waiting for it ...")
        self.stdout.flush()


def refuse_broken_pages() -> None:
    """Stop where a page of the documentation cannot be read."""
    try:
        library.shelf()
    except ContentError as error:
        raise CommandError(f"The documentation cannot be read: {error}") from error


def refuse_without_guards() -> None:
    """Stop where the database would let a price in force be edited."""
    if lacking := triggers.missing(connection):
        raise CommandError(f"The database lacks its guards: {', '.join(lacking)}. Run manage.py migrate.")


def refuse_taken_port() -> None:
    """Stop where the port is taken."""
    # The server itself would share the port without a word.
    try:
        place = socket.getaddrinfo(settings.HOST.strip("[]"), settings.PORT, type=socket.SOCK_STREAM)[0]
        with socket.socket(place[0], place[1]) as probe:
            # Connections of a site that has just ended do not keep its port.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place[4])
    except OSError as error:
        where = f"HOST {settings.HOST}, PORT {settings.PORT}"
        raise CommandError(f"The site cannot listen there ({where}): {error.strerror}.") from error


def collect() -> bool:
    """Collect static files if one changed; return whether it did."""
    stored = settings.STATIC_ROOT / FINGERPRINT
    now = fingerprint(settings.STATICFILES_DIRS)
    if stored.is_file() and stored.read_text() == now:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stored.write_text(now)
    return True


def fingerprint(folders: list[Path]) -> str:
    """Return a digest of all files, and of Python's and Django's versions."""
    digest = hashlib.sha256(f"{sys.version} {django.get_version()}".encode())
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                digest.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def welcome() -> str:
    """Return the site's addresses, and how to make an administrator."""
    host = f"[{settings.HOST}]" if ":" in settings.HOST else settings.HOST
    python = os.path.relpath(sys.executable)
    return (
        f"\n  The site:   http://{host}:{settings.PORT}/\n"
        f"  The admin:  http://{host}:{settings.PORT}/admin/\n"
        f"  Make an administrator:  {python} manage.py createsuperuser\n"
        f"  Stop with Ctrl-C.\n"
    )


def become_supervisor() -> None:
    """Replace this process by the supervisor."""
    # By exec: signals to this process must reach the supervisor.
    command, environment = processes.supervisor_command()
    # Signals wait until the supervisor handles them: the kernel drops what the first process of a container
    # leaves to the default.
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        os.execve(sys.executable, command, environment)  # noqa: S606 - no shell, and no word of a visitor's
    except OSError as error:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        raise CommandError(f"The supervisor does not start: {error}") from error
