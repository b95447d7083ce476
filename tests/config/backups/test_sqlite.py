"""SQLite is copied while others write: it ends, at one instant, and keeps nobody waiting."""

import sqlite3
import threading
import time
from contextlib import closing

import pytest

from config.backups import sqlite
from config.backups.progress import Stages
from config.backups.sqlite import Sqlite

pytestmark = pytest.mark.engine("sqlite")


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "catalog.sqlite3"
    with closing(sqlite3.connect(path)) as link:
        link.execute("PRAGMA journal_mode=WAL")
        link.execute("CREATE TABLE pair (name PRIMARY KEY, number, filling)")
        link.executemany("INSERT INTO pair VALUES (?, 0, ?)", [(f"n{at}", "x" * 3_000) for at in range(300)])
        link.commit()
    return path


@pytest.fixture
def writes(database):
    """Counts the writes of another connection, which writes as long as the test goes on."""
    written, is_over = [], threading.Event()

    def write():
        with closing(sqlite3.connect(database, timeout=5, isolation_level=None)) as link:
            number = 0
            while not is_over.is_set():
                number += 1
                link.execute("BEGIN IMMEDIATE")
                link.execute("UPDATE pair SET number = ? WHERE name IN ('n1', 'n299')", [number])
                link.execute("COMMIT")
                written.append(number)

    thread = threading.Thread(target=write)
    thread.start()
    while len(written) < 20:
        time.sleep(0.001)
    yield lambda: len(written)
    is_over.set()
    thread.join()


def test_a_copy_in_many_steps_ends_while_somebody_writes(database, writes, tmp_path, monkeypatch):
    """A step that sees a write of another connection begins anew, unless all steps read one snapshot."""
    monkeypatch.setattr(sqlite, "PAGES", 5)
    steps = []

    def step(done, total):
        steps.append(done)
        assert len(steps) < 5_000, "the copy begins anew again and again"
        time.sleep(0.001)

    stages = Stages()
    monkeypatch.setattr(Stages, "refuse_when_stopped", lambda _stages: step(0, 0))
    before = writes()
    with Sqlite(database).snapshot(tmp_path / "work", stages) as taken:
        path = tmp_path / "copy.sqlite3"
        path.write_bytes(b"".join(taken.dump))
    assert len(steps) > 50
    assert writes() > before + 5
    with closing(sqlite3.connect(path)) as copy:
        numbers = {number for (number,) in copy.execute("SELECT number FROM pair WHERE number > 0")}
        assert len(numbers) == 1
        assert copy.execute("SELECT count(*) FROM pair WHERE number > 0").fetchone() == (2,)


def test_the_digest_of_a_table_knows_its_values_and_not_where_they_lie(tmp_path):
    def digest(*statements):
        path = tmp_path / "one.sqlite3"
        path.unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as link:
            link.execute("CREATE TABLE t (a, b)")
            for statement in statements:
                link.execute(statement)
            link.commit()
        with Sqlite(path).snapshot(tmp_path / "work", Stages()) as taken:
            return taken.contents.tables["t"]

    row, other = "INSERT INTO t VALUES (1, 'x')", "INSERT INTO t VALUES (2, NULL)"
    same = digest(row, other)
    assert digest(other, row) == same
    assert digest(row, "INSERT INTO t VALUES (9, 9)", other, "DELETE FROM t WHERE a = 9") == same
    different = [
        digest(row),
        digest(row, other, other),
        digest("INSERT INTO t VALUES ('1', 'x')", other),
        digest("INSERT INTO t VALUES (1.5, 'x')", other),
        digest(row, "INSERT INTO t VALUES (2, '')"),
        digest(row, "INSERT INTO t VALUES (NULL, 2)"),
        digest(row, "INSERT INTO t VALUES (2, '-')"),
        digest("INSERT INTO t VALUES (x'78', 'x')", other),
    ]
    assert len({table.sha256 for table in [same, *different]}) == len(different) + 1
