"""Database timeouts of processes that answer visitors; `manage.py` jobs have none."""

from collections.abc import Mapping
from typing import Any

CONNECT_SECONDS = 3  # to connect, or for a connection that rested to answer
LOCK_SECONDS = 8  # a write waits for another: publishing 1,000 prices takes about 7
STATEMENT_SECONDS = 10  # the server's own limit for one statement
ANSWER_SECONDS = 12  # kept on this side: a server that hangs keeps no time itself


def for_visitors(database: Mapping[str, Any]) -> dict[str, Any]:
    """Return changed settings; none for SQLite, with its own timeout."""
    if not database["ENGINE"].endswith("postgresql"):
        return {}
    given = database.get("OPTIONS", {})
    limits = f"-c statement_timeout={STATEMENT_SECONDS}s -c lock_timeout={LOCK_SECONDS}s"
    options = {
        "connect_timeout": CONNECT_SECONDS,
        **given,
        # The last one counts: what DATABASE_URL asks for wins.
        "options": f"{limits} {given.get('options', '')}".rstrip(),
    }
    return {"ENGINE": "config.limited_postgres", "OPTIONS": options}
