"""`pg_dump` and `pg_restore` that fit the server."""

import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from config.backups.errors import BackupError
from config.backups.progress import MEGABYTE

# Where Debian, Red Hat and Homebrew keep each version; none of them is on the PATH.
FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")
VERSION = re.compile(r"\(PostgreSQL\) ((\d+)[.\w]*)")


def find(name: str, major: int) -> tuple[str, str]:
    """Return path and version of the earliest program recent enough."""
    programs = sorted(_installed(name))
    for number, version, path in programs:
        if number >= major:
            return path, version
    there = "; ".join(f"{path} is {version}" for _number, version, path in programs) or "there is none"
    raise BackupError(
        f"{name} {major} or later is needed, and {there}: "
        f"install the package postgresql-client-{major} (Debian) or postgresql{major} (Red Hat)."
    )


def _installed(name: str) -> Iterator[tuple[int, str, str]]:
    paths = [str(path / name) for folder in FOLDERS for path in Path("/").glob(folder.lstrip("/"))]
    for path in (*paths, shutil.which(name)):
        if path is None or not Path(path).exists():
            continue
        try:
            printed = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
        except OSError:
            continue
        if version := VERSION.search(printed.stdout):
            yield int(version[2]), version[1], path


@contextmanager
def output(
    command: Sequence[str], environment: Mapping[str, str], pieces: Iterable[bytes] | None = None
) -> Iterator[IO[bytes]]:
    """Run a program, fed by a thread; raise where it fails."""
    feeder = _Feeder(pieces)
    # A file: a pipe that nobody reads would fill up and block the program.
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603 - no shell, and no word of a visitor's
            command,
            env=environment,
            stdin=subprocess.DEVNULL if pieces is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        assert process.stdout is not None  # noqa: S101 - for mypy
        try:
            feeder.begin(process.stdin)
            yield process.stdout
            feeder.end()
            process.stdout.close()
            code = process.wait()
        finally:
            process.kill()
            process.stdout.close()
            process.wait()
            feeder.end(quietly=True)
        if code:
            errors.seek(0)
            lines = errors.read(MEGABYTE).decode(errors="replace").split("\n")
            reason = next((line for line in lines if "error" in line), f"exit code {code}")
            raise BackupError(f"{Path(command[0]).name} failed: {reason.partition('error: ')[2] or reason}")


# A thread, since reading and writing in one could each wait for the other's full pipe.
class _Feeder:
    def __init__(self, pieces: Iterable[bytes] | None) -> None:
        self._pieces = pieces
        self._failure: BaseException | None = None
        self._thread: threading.Thread | None = None

    def begin(self, into: IO[bytes] | None) -> None:
        if self._pieces is not None and into is not None:
            self._thread = threading.Thread(target=self._feed, args=(self._pieces, into), daemon=True)
            self._thread.start()

    def end(self, *, quietly: bool = False) -> None:
        if self._thread is not None:
            self._thread.join()
        if self._failure is not None and not quietly:
            raise self._failure

    def _feed(self, pieces: Iterable[bytes], into: IO[bytes]) -> None:
        try:
            with into:
                for piece in pieces:
                    into.write(piece)
        except BrokenPipeError:
            pass  # the program has ended: its exit code says why
        except BaseException as error:  # noqa: BLE001 - raised again where the thread is awaited
            self._failure = error
