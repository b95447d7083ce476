"""PostgreSQL: the dump is read back, a digest knows values alone, and a server that is too old is named."""

import json
import time
import zipfile

import psycopg
import pytest

import backups
from config.backups import archive, manifest, targets
from config.backups.errors import BackupError
from config.backups.progress import Stages
from config.backups.restore import restore

pytestmark = [pytest.mark.engine("postgresql"), pytest.mark.django_db]

HANG_UP = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'COPY %'
"""


def with_manifest(backup, path, change):
    """Copy a backup with a manifest that has been changed."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        said = json.loads(old.read(manifest.MANIFEST))
        change(said)
        for name in said["files"]:
            new.writestr(name, old.read(name))
        new.writestr(manifest.MANIFEST, json.dumps(said))
    return path


def test_a_dump_that_does_not_hold_the_rows_that_were_read_is_no_backup(origin, backup, tmp_path):
    def change(said):
        said["contents"]["tables"]["public.catalog_price"]["sha256"] = "0" * 64

    target = backups.engine(origin)
    with archive.opened(backup) as made:
        target.check(made, Stages())
    path = with_manifest(backup, tmp_path / "x.zip", change)
    with archive.opened(path) as made, pytest.raises(BackupError, match="catalog_price holds other values"):
        target.check(made, Stages())


def test_a_server_older_than_the_backup_is_refused(backup, empty, tmp_path):
    path = with_manifest(backup, tmp_path / "x.zip", lambda said: said.update(server="99.1"))
    target = backups.engine(empty)
    with pytest.raises(BackupError, match=r"is of PostgreSQL 99\.1 and this server is \d+\.\d+: restore it"):
        restore(path, target, Stages(), known=targets.known_migrations())
    target.refuse_unless_empty()


def test_a_dump_that_fails_half_way_leaves_nothing(backup, empty, tmp_path):
    """One transaction: what a server refuses at the end takes all that came before with it."""
    with psycopg.connect(empty["DATABASE_URL"], autocommit=True) as link:
        # Restored last, after all tables and their rows: the name is taken where nobody looks for tables.
        link.execute("CREATE TYPE catalog_price_no_overlap AS (x integer)")
    target = backups.engine(empty)
    target.refuse_unless_empty()
    with pytest.raises(BackupError, match=r"pg_restore failed: .*catalog_price_no_overlap.* already exists"):
        restore(backup, target, Stages(), known=targets.known_migrations())
    target.refuse_unless_empty()


def test_a_digest_knows_the_values_and_not_where_they_lie(empty, tmp_path):
    def digest(*statements, settings=""):
        with psycopg.connect(empty["DATABASE_URL"], autocommit=True) as link:
            link.execute("DROP TABLE IF EXISTS t")
            link.execute("CREATE TABLE t (a numeric(15,9), gone text, b jsonb, c timestamptz, d bytea)")
            link.execute("ALTER TABLE t DROP COLUMN gone")
            for statement in statements:
                link.execute(statement)
            if settings:
                link.execute(f"ALTER DATABASE {link.info.dbname} SET {settings}")
        with backups.engine(empty).snapshot(tmp_path / "work", Stages()) as taken:
            list(taken.dump)
            return taken.contents.tables["public.t"]

    row = "INSERT INTO t VALUES (1.5, '{\"b\": 1, \"a\": 2}', '2026-11-26T12:00Z', '\\x00ff')"
    other = "INSERT INTO t VALUES (NULL, NULL, NULL, NULL)"
    same = digest(row, other)
    assert digest(other, row) == same
    assert digest(row, other, "UPDATE t SET a = a", "VACUUM FULL t") == same
    written = (
        row.replace("1.5", "1.500").replace('"b": 1, "a": 2', '"a": 2, "b": 1').replace("12:00Z", "13:00+01")
    )
    assert digest(written, other, settings="timezone = 'Asia/Tokyo'") == same
    assert digest(row, other, settings="datestyle = 'German'") == same
    assert digest(row, other, settings="bytea_output = 'escape'") == same
    assert digest(row, other.replace("NULL, NULL)", "NULL, '')")).sha256 != same.sha256
    assert digest(row.replace("1.5", "1.500000001"), other).sha256 != same.sha256


def test_a_server_that_hangs_up_is_one_line(origin, tmp_path):
    url = origin["DATABASE_URL"]
    with psycopg.connect(url) as holder, psycopg.connect(url, autocommit=True) as link:
        # The backup waits for this table until it is cut off.
        holder.execute("LOCK TABLE catalog_price IN ACCESS EXCLUSIVE MODE")
        process = backups.start("backup", tmp_path / "to", settings=origin)
        while process.poll() is None:
            link.execute(HANG_UP)
            time.sleep(0.05)
    _out, err = process.communicate()
    assert process.returncode == 1
    assert err.count("\n") == 1, err
    assert "CommandError: The database says: " in err
    assert list((tmp_path / "to").glob("*.*")) == [tmp_path / "to/.catalog-backup.lock"]
