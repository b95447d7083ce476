"""The interface of a database for search: candidates at a cost that does not grow with the catalog."""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from django.db.backends.base.base import BaseDatabaseWrapper


class Backend(Protocol):
    """The functions of a database module; none of them sorts what it finds."""

    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Create the index where it is missing."""

    def missing(self, connection: BaseDatabaseWrapper) -> list[str]:
        """Return the names of missing parts of the index."""

    def markers(self, position: int) -> set[str]:
        """Return extra terms that an entry needs."""

    def settle(self, connection: BaseDatabaseWrapper) -> None:
        """Finish a batch of writes."""

    def tidy(self, connection: BaseDatabaseWrapper) -> None:
        """Merge what many writes left in pieces."""

    def candidates(
        self,
        connection: BaseDatabaseWrapper,
        key: str,
        any_of: Sequence[Sequence[str]],
        caps: tuple[int, int, int],
    ) -> list[tuple[Any, ...]]:
        """Fetch entries whose key has this prefix, and for each list of terms those that hold all of them."""

    def every(self, connection: BaseDatabaseWrapper, terms: Sequence[str]) -> Iterator[int]:
        """Return the positions of all models that hold these terms, unordered."""

    def held(self, connection: BaseDatabaseWrapper, terms: Sequence[str], prefix: str = "") -> set[str]:
        """Return which of these terms any entry holds."""
