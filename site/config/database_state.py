"""Whether this process's database answers, and how many requests failed."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

SILENT_SECONDS = 2.0  # no query takes as long: a silent database may hang
PAUSE_SECONDS = 1.0  # between attempts to reach one that hangs
log = logging.getLogger("config.database_state")


class Database:
    """The database as this process's threads find it."""

    def __init__(self) -> None:
        self.hangs = False  # where it takes no connection, only the watch asks
        self._lock = threading.Lock()
        self._asking: dict[int, float] = {}
        self._heard = time.monotonic()
        self._away_since: float | None = None
        self._refused = 0

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Count this thread as waiting for the database."""
        thread = threading.get_ident()
        outer = self._asking.get(thread)
        self._asking[thread] = time.monotonic()
        try:
            yield
        finally:
            # Calls nest: only the outermost ends the wait.
            if outer is None:
                del self._asking[thread]

    def heard(self) -> None:
        """Note an answer, which ends an outage."""
        self._heard = time.monotonic()
        if self._away_since is not None:
            self._end()

    def is_silent(self) -> bool:
        """Whether it hangs, or answers nobody who asks."""
        now = time.monotonic()
        # A copy: other threads begin and end meanwhile.
        oldest = min(list(self._asking.values()), default=now)
        return self.hangs or now - max(oldest, self._heard) > SILENT_SECONDS

    def failed(self, reason: object) -> None:
        """Count a request that was refused; log the first."""
        with self._lock:
            self._refused += 1
            if self._away_since is not None:
                return
            self._away_since = time.monotonic()
        log.error("The database is away, requests are answered 503: %s", _line(reason))

    def was_busy(self, path: str, reason: object) -> None:
        """Log a request that another write, or its own duration, ended."""
        log.warning("%s was answered 503: %s", path, _line(reason))

    def watch(self, answers: Callable[[], bool]) -> None:
        """Refuse everybody until it answers again, which a thread polls."""
        with self._lock:
            if self.hangs:
                return
            self.hangs = True
        threading.Thread(target=self._watch, args=(answers,), name="database-watch", daemon=True).start()

    def _watch(self, answers: Callable[[], bool]) -> None:
        try:
            while True:
                time.sleep(PAUSE_SECONDS)
                if answers():
                    break
        finally:
            self.hangs = False

    def _end(self) -> None:
        with self._lock:
            if self._away_since is None:
                return
            seconds, count = time.monotonic() - self._away_since, self._refused
            self._away_since, self._refused = None, 0
        log.warning("The database answers again after %.0f s; %d requests were answered 503.", seconds, count)


def _line(reason: object) -> str:
    return " ".join(str(reason).split())[:500] or "no reason is known"


database = Database()
