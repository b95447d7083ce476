"""Limits how many requests use the database at once, so that a hanging database leaves some threads free.

While the database answers, requests wait for a place, and /livez and static files may wait, too. While it
hangs, nobody waits, and two threads stay free for /livez and static files.
"""

from threading import BoundedSemaphore

from config.database_state import database

POLL = 0.05


class Places:
    """A number of requests at once; unlimited until a limit is set."""

    def __init__(self) -> None:
        self._free: BoundedSemaphore | None = None

    def limit(self, count: int) -> None:
        """Set the limit, before the first request."""
        self._free = BoundedSemaphore(count)

    def take(self) -> bool:
        """Take a place, waiting while the database answers; return whether one was free."""
        if self._free is None or self._free.acquire(blocking=False):
            return True
        while not database.is_silent():
            if self._free.acquire(timeout=POLL):
                return True
        return False

    def give_back(self) -> None:
        """Free a place."""
        if self._free is not None:
            self._free.release()


places = Places()
"""Those of this process."""
