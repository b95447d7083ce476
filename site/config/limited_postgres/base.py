"""Connections that give up on a hanging server."""

import time
from types import SimpleNamespace
from typing import Any

import psycopg
from django.db.backends.postgresql import base

from config.database_limits import ANSWER_SECONDS, CONNECT_SECONDS
from config.database_state import database


class LimitedConnection(psycopg.Connection[Any]):
    """A connection that closes where the server stays silent."""

    # TCP alone would wait for hours.
    patience: float = ANSWER_SECONDS

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait for one answer, `patience` seconds unless told otherwise."""
        limit = self.patience if timeout is None else timeout
        ends = time.monotonic() + limit
        with database.asking():
            try:
                return super().wait(gen, interval, limit)
            except psycopg.OperationalError:
                if timeout is None and time.monotonic() >= ends:
                    # The answer may still come: as that to another question.
                    self.close()
                raise
            finally:
                if not self.closed:
                    database.heard()


class DatabaseWrapper(base.DatabaseWrapper):
    """Connects within limits, and not to a hanging server."""

    Database: Any = SimpleNamespace(**{**vars(psycopg), "connect": LimitedConnection.connect})

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; watch a server that does not answer."""
        if database.hangs:
            raise psycopg.OperationalError("the server does not answer")
        try:
            with database.asking():
                return super().get_new_connection(conn_params)
        except psycopg.errors.ConnectionTimeout:
            database.watch(lambda: _answers(conn_params))
            raise

    def is_usable(self) -> bool:
        """Whether a connection that rested still answers soon."""
        if database.hangs or self.connection is None:
            return False
        self.connection.patience = CONNECT_SECONDS
        try:
            return super().is_usable()
        finally:
            self.connection.patience = ANSWER_SECONDS


def _answers(conn_params: dict[str, Any]) -> bool:
    try:
        psycopg.connect(**conn_params).close()
    except psycopg.errors.ConnectionTimeout:
        return False
    except psycopg.Error:  # refused in time: requests find out by themselves
        return True
    return True
