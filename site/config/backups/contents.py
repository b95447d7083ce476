"""What a database holds at one instant, and how two differ."""

import hashlib
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

# A session lets its holder in, so its row is in no backup.
LEFT_OUT = ("django_session",)
_WRAP = 2**256


class TableContents(BaseModel):
    """Count and digest of a table's rows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rows: int
    sha256: str


class Contents(BaseModel):
    """All tables, their migrations, and the catalog's revision."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    revision: int
    migrations: tuple[str, ...]
    tables: dict[str, TableContents]

    @property
    def rows(self) -> int:
        """The rows of all tables."""
        return sum(table.rows for table in self.tables.values())

    def differences(self, actual: "Contents") -> list[str]:
        """List how another database differs from this one."""
        lines = [
            _difference(name, self.tables.get(name), actual.tables.get(name))
            for name in sorted({*self.tables, *actual.tables})
            if self.tables.get(name) != actual.tables.get(name)
        ]
        if self.revision != actual.revision:
            lines.insert(0, f"revision {actual.revision} instead of {self.revision}")
        if self.migrations != actual.migrations:
            lines.append("other migrations are applied")
        return lines


# Rows as the database writes them: digests hold for one kind of database, of any version.
class RowDigests:
    """Adds up the digests of rows."""

    def __init__(self, columns: Iterable[str]) -> None:
        self.rows = 0
        self._sum = _digest("\0".join(columns).encode())

    def add(self, row: bytes) -> None:
        """Count one row."""
        self.rows += 1
        # A sum: neither the order of rows nor their place on disk matters.
        self._sum += _digest(row)

    def table(self) -> TableContents:
        """Return what was counted."""
        return TableContents(rows=self.rows, sha256=f"{self._sum % _WRAP:064x}")


def _digest(row: bytes) -> int:
    return int.from_bytes(hashlib.sha256(row).digest())


def _difference(name: str, expected: TableContents | None, actual: TableContents | None) -> str:
    if expected is None:
        return f"{name} is not in the backup"
    if actual is None:
        return f"{name} is missing"
    if expected.rows != actual.rows:
        return f"{name} holds {actual.rows} rows instead of {expected.rows}"
    return f"{name} holds other values"
