"""A folder of backups: private, one writer at a time, the oldest removed, other files left alone."""

import fcntl
import json
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest
import time_machine

import backups
from config.backups import archive, files
from config.backups.errors import BackupError
from config.backups.progress import Stages
from config.backups.write import back_up

pytestmark = pytest.mark.django_db


def at(hour, folder, origin, **options):
    with time_machine.travel(datetime(2026, 11, 26, hour, tzinfo=UTC), tick=False):
        return back_up(folder, backups.engine(origin), Stages(), **options)


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != files.LOCK)


def dumped(path):
    with archive.opened(path) as backup:
        (name,) = backup.manifest.files
        return b"".join(backup.pieces(name))


def copied(origin, path):
    with (
        closing(sqlite3.connect(backups.engine(origin).path)) as live,
        closing(sqlite3.connect(path)) as copy,
    ):
        live.backup(copy)


def test_the_folder_and_its_files_are_for_their_owner_alone(origin, tmp_path):
    before = os.umask(0)
    try:
        made = at(1, tmp_path / "new/folder", origin)
    finally:
        os.umask(before)
    assert made.path == tmp_path / "new/folder/catalog-2026-11-26T010000Z.zip"
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert made.path.parent.stat().st_mode & 0o777 == 0o700
    assert names(made.path.parent) == [made.path.name]


def test_no_byte_can_be_read_by_others_while_it_is_written(origin, tmp_path, monkeypatch):
    seen = {}
    step = Stages.refuse_when_stopped

    def look(stages):
        for path in tmp_path.glob("to/*"):
            seen[path.name.partition("Z.")[2]] = seen.get(path.name, 0) | path.stat().st_mode & 0o077
        step(stages)

    monkeypatch.setattr(Stages, "refuse_when_stopped", look)
    before = os.umask(0)
    try:
        at(1, tmp_path / "to", origin)
    finally:
        os.umask(before)
    assert {"zip.part"} | (set() if backups.IS_POSTGRES else {"copying.part", "sqlite3.part"}) <= set(seen)
    assert set(seen.values()) == {0}


def test_the_oldest_are_removed_and_nothing_else_is(origin, tmp_path):
    folder = tmp_path / "to"
    first = at(1, folder, origin, keep=2).path
    others = [
        "catalog-2026-11-25T010000Z.zip",  # has the name of a backup, and is none
        "catalog-2026-11-25T010000Z.zip.old",
        "mine.zip",
        "catalog.sqlite3",
    ]
    for name in others:
        (folder / name).write_text("dear to somebody")
    shutil.copy(first, folder / "copy-of-first.zip")
    (folder / "catalog-2026-11-25T020000Z.zip").symlink_to(first)
    others += ["copy-of-first.zip", "catalog-2026-11-25T020000Z.zip"]
    assert at(2, folder, origin, keep=2).removed == []
    third = at(3, folder, origin, keep=2)
    assert third.removed == [first]
    kept = ["catalog-2026-11-26T020000Z.zip", "catalog-2026-11-26T030000Z.zip"]
    assert names(folder) == sorted([*others, *kept])
    assert at(4, folder, origin).removed == []


def test_two_at_once_are_refused(origin, tmp_path):
    folder = tmp_path / "to"
    folder.mkdir()
    with (folder / files.LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BackupError, match=r"Another backup is being written to .*: wait until it ends"):
            at(1, folder, origin)
    assert names(folder) == []
    at(1, folder, origin)
    with pytest.raises(BackupError, match="exists already: wait a second"):
        at(1, folder, origin)


def test_what_a_killed_one_left_is_removed_and_nothing_else_is(origin, tmp_path):
    folder = tmp_path / "to"
    folder.mkdir()
    left = [f"catalog-2026-11-25T010000Z.{end}.part" for end in ("zip", "sqlite3", "copying")]
    for name in [*left, f"{left[1]}-journal", "catalog.zip.part", "catalog-2026-11-25T010000Z.zip"]:
        (folder / name).write_text("half")
    made = at(1, folder, origin).path.name
    assert names(folder) == sorted(["catalog.zip.part", "catalog-2026-11-25T010000Z.zip", made])


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["--keep", "0"], "argument --keep: '0' is not a number of backups: give 1 or more"),
        (["--every", "6"], "argument --every: '6' is not an interval up to 366 days: give one like 30m"),
        (["--every", "0h"], "argument --every: '0h' is not an interval"),
        (["--every", "367d"], "argument --every: '367d' is not an interval"),
    ],
)
@pytest.mark.programs
@pytest.mark.engine("sqlite")
def test_a_wrong_option_is_refused(tmp_path, words, line):
    done = backups.live.manage("backup", str(tmp_path / "to"), *words, CATALOG_VAR=tmp_path)
    assert done.returncode == 2
    assert line in done.stderr
    assert not (tmp_path / "to").exists()


def test_a_place_that_is_no_folder_is_refused(origin, tmp_path):
    (tmp_path / "file").touch()
    assert "is a file: give a folder" in backups.refusal("backup", tmp_path / "file", **origin)
    assert "/proc/none" in backups.refusal("backup", "/proc/none", **origin)


@pytest.mark.programs
def test_an_empty_or_missing_database_is_refused(empty, tmp_path):
    assert "holds no tables" in backups.refusal("backup", tmp_path / "to", **empty)
    assert names(tmp_path / "to") == []


@pytest.mark.engine("sqlite")
def test_a_damaged_database_is_refused(origin, tmp_path):
    path = tmp_path / "catalog.sqlite3"
    copied(origin, path)
    with closing(sqlite3.connect(path)) as copy:
        (page,) = copy.execute("SELECT rootpage FROM sqlite_master WHERE name='catalog_price'").fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 + 8 : page * 4096] = b"\xff" * 4088
    path.write_bytes(content)
    line = backups.refusal("backup", tmp_path / "to", CATALOG_VAR=tmp_path, DATABASE_URL=f"sqlite:///{path}")
    assert "malformed" in line
    assert names(tmp_path / "to") == []


@pytest.mark.engine("sqlite")
def test_a_database_that_breaks_its_own_rules_is_refused(origin, tmp_path):
    """What can be copied and is wrong all the same: only a check of each row finds it."""
    path = tmp_path / "catalog.sqlite3"
    copied(origin, path)
    with closing(sqlite3.connect(path)) as copy:
        copy.execute("PRAGMA ignore_check_constraints=ON")
        copy.execute("UPDATE catalog_webhook SET failures = -1")
        copy.commit()
    line = backups.refusal("backup", tmp_path / "to", CATALOG_VAR=tmp_path, DATABASE_URL=f"sqlite:///{path}")
    assert line == (
        f"CommandError: {path} is damaged. SQLite says: CHECK constraint failed in catalog_webhook"
    )


def test_what_is_printed_says_what_was_written(origin, tmp_path):
    said = backups.manage("backup", tmp_path / "to", **origin)
    (name,) = names(tmp_path / "to")
    assert said.startswith(f"Wrote and checked {tmp_path / 'to' / name}: ")
    assert "revision 1, " in said
    made = json.loads(backups.manage("backup", tmp_path / "two", "--json", "--keep", "1", **origin))
    assert made["size"] == (tmp_path / "two").joinpath(made["path"]).stat().st_size > 50_000
    assert (made["revision"], made["removed"]) == (1, [])
    assert made["database"] == ("postgresql" if backups.IS_POSTGRES else "sqlite")


def test_neither_the_secret_key_nor_a_session_is_inside(origin, tmp_path):
    dump = dumped(at(1, tmp_path / "to", origin).path)
    if backups.IS_POSTGRES:
        import psycopg

        with psycopg.connect(origin["DATABASE_URL"]) as server:
            (key,) = server.execute("SELECT session_key FROM django_session").fetchone()
    else:
        with closing(sqlite3.connect(backups.engine(origin).path)) as live:
            (key,) = live.execute("SELECT session_key FROM django_session").fetchone()
    assert len(key) == 32
    assert key.encode() not in dump
    assert (origin["CATALOG_VAR"] / "secret_key").read_bytes().strip() not in dump
    assert b"whsec_1" in dump
    assert b"keeper@example.com" in dump


@pytest.mark.engine("sqlite")
def test_what_deleted_rows_leave_in_a_file_is_not_inside(origin, tmp_path):
    path = tmp_path / "catalog.sqlite3"
    copied(origin, path)
    with closing(sqlite3.connect(path)) as copy:
        copy.execute("PRAGMA secure_delete=OFF")
        copy.execute("CREATE TEMP TABLE former AS SELECT * FROM catalog_webhook")
        copy.execute("UPDATE former SET id = 99, secret = 'whsec_of_a_former_one'")
        copy.execute("INSERT INTO catalog_webhook SELECT * FROM former")
        copy.commit()
        copy.execute("DELETE FROM catalog_webhook WHERE id = 99")
        copy.commit()
    assert b"whsec_of_a_former_one" in path.read_bytes()
    made = at(1, tmp_path / "to", {"DATABASE_URL": f"sqlite:///{path}"})
    assert b"whsec_of_a_former_one" not in dumped(made.path)
