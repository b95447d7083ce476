"""Limits how many requests use the database at once."""

from threading import BoundedSemaphore

from config.database_state import database

POLL = 0.05


# A database that hangs must leave some threads free.
class Places:
    """Places for requests; unlimited until a limit is set."""

    def __init__(self) -> None:
        self._free: BoundedSemaphore | None = None

    def limit(self, count: int) -> None:
        """Set the limit, before the first request."""
        self._free = BoundedSemaphore(count)

    def take(self) -> bool:
        """Take a place, waiting while the database answers; return whether one was free."""
        if self._free is None or self._free.acquire(blocking=False):
            return True
        # Once it hangs, nobody waits: /livez and static files need the threads.
        while not database.is_silent():
            if self._free.acquire(timeout=POLL):
                return True
        return False

    def give_back(self) -> None:
        """Free a place."""
        if self._free is not None:
            self._free.release()


places = Places()
