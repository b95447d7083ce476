"""Bounds how many requests use the database at once: while it hangs, threads are left to those without it.

Who finds no place waits for one, as long as the database answers: places become free all the time then, but
until then /livez and static files may wait, too. While the database hangs, nobody waits, and two threads are
left to /livez and static files.
"""

from threading import BoundedSemaphore

from config.outage import database

POLL = 0.05


class Places:
    """So many requests at once, or any number until a limit is given."""

    def __init__(self) -> None:
        self._free: BoundedSemaphore | None = None

    def limit(self, count: int) -> None:
        """Set how many there are; called before the first request."""
        self._free = BoundedSemaphore(count)

    def take(self) -> bool:
        """Take one, and wait for it while the database answers; tell whether there was one."""
        if self._free is None or self._free.acquire(blocking=False):
            return True
        while not database.is_silent():
            if self._free.acquire(timeout=POLL):
                return True
        return False

    def give_back(self) -> None:
        """Give one back that was taken."""
        if self._free is not None:
            self._free.release()


places = Places()
"""Those of this process."""
