"""Timeouts of the database for processes that answer visitors; `manage.py` jobs have none.

`config.wsgi` and `serve_mcp` use `settings.VISITORS_DATABASE`, which is built here.
"""

from collections.abc import Mapping
from typing import Any

CONNECT_SECONDS = 3
"""How long a connection may take to be made, and one that rested to answer."""
LOCK_SECONDS = 8
"""How long a write waits for another one: publishing 1,000 prices takes about 7 seconds."""
STATEMENT_SECONDS = 10
"""How long the server works on one statement."""
ANSWER_SECONDS = 12
"""How long a statement may stay without an answer: a server that hangs keeps no time itself."""


def for_visitors(database: Mapping[str, Any]) -> dict[str, Any]:
    """Return the changes to a database's settings; none for SQLite, which has its own timeout."""
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
