"""The interface of a database for search."""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from django.db.backends.base.base import BaseDatabaseWrapper


class Backend(Protocol):
    """What a database's module offers; what it finds is in no order."""

    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Create the index where missing."""

    def missing(self, connection: BaseDatabaseWrapper) -> list[str]:
        """Return missing parts of the index."""

    def markers(self, position: int) -> set[str]:
        """Return extra terms that an entry needs."""

    def settle(self, connection: BaseDatabaseWrapper) -> None:
        """Finish a batch of writes."""

    def tidy(self, connection: BaseDatabaseWrapper) -> None:
        """Merge fragments of the index."""

    def candidates(
        self,
        connection: BaseDatabaseWrapper,
        key: str,
        any_of: Sequence[Sequence[str]],
        # Bounded, so that cost does not grow with the catalog; ranking is done in `finding`, for all
        # databases alike.
        caps: tuple[int, int, int],
    ) -> list[tuple[Any, ...]]:
        """Fetch entries by key prefix, or by lists of terms."""

    def every(self, connection: BaseDatabaseWrapper, terms: Sequence[str]) -> Iterator[int]:
        """Yield positions of all models with these terms."""

    def held(self, connection: BaseDatabaseWrapper, terms: Sequence[str], prefix: str = "") -> set[str]:
        """Return which terms any entry holds."""
