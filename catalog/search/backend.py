"""What a database must do for search: name candidates, at a cost that does not grow with the catalog."""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from django.db.backends.base.base import BaseDatabaseWrapper


class Backend(Protocol):
    """The functions that a module for a database has; none of them orders what it finds."""

    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Create the index where it is missing."""

    def missing(self, connection: BaseDatabaseWrapper) -> list[str]:
        """Name what of the index is missing."""

    def markers(self, position: int) -> set[str]:
        """Give the terms that an entry needs besides its words."""

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
        """Fetch entries whose key begins so, and for each list those that hold all of its terms."""

    def every(self, connection: BaseDatabaseWrapper, terms: Sequence[str]) -> Iterator[int]:
        """Give the positions of all models that hold these terms, in no order."""

    def held(self, connection: BaseDatabaseWrapper, found: Sequence[str], prefix: str = "") -> set[str]:
        """Say which of these terms any entry holds."""
