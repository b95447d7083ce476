"""A backup that is killed, ended, or runs out of room leaves nothing that looks like a backup."""

import gc
import io
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import backups
import live
import needs
from clock import NOON
from config.backups import files
from config.backups.archive import Packing
from config.backups.progress import StoppedError

DEADLINE = 60


def wait_for(condition, process):
    ends = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < ends
        assert process.poll() is None, process.communicate()
        time.sleep(0.002)


def parts(folder):
    return list(folder.glob("*.part*"))


@pytest.mark.parametrize("ending", ["zip"] if backups.IS_POSTGRES else ["zip", "sqlite3", "copying"])
def test_one_that_is_killed_leaves_no_backup_and_the_next_clears_up(origin, tmp_path, ending):
    folder = tmp_path / "to"
    process = backups.start("backup", folder, settings=origin)
    wait_for(lambda: any(f".{ending}.part" in path.name for path in parts(folder)), process)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert parts(folder)
    assert files.finished(folder) == []
    assert list(folder.glob("*.zip")) == []
    made = backups.made(folder, **origin)
    assert files.finished(folder) == [Path(made["path"])]
    assert parts(folder) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_one_that_is_ended_clears_up_itself(origin, tmp_path, number):
    folder = tmp_path / "to"
    process = backups.start("backup", folder, settings=origin)
    wait_for(lambda: parts(folder), process)
    process.send_signal(number)
    _out, err = process.communicate(timeout=30)
    assert err == f"{number.name} received: no backup was written.\n"
    assert process.returncode == 128 + number
    assert [path.name for path in folder.iterdir()] == [files.LOCK]


class Ended(io.BytesIO):
    """A file at which the signal comes while an archive of it is being made."""

    @property
    def name(self):
        raise StoppedError


def test_one_that_is_ended_as_its_archive_is_made_prints_nothing(monkeypatch):
    printed = []
    monkeypatch.setattr(sys, "unraisablehook", printed.append)
    with pytest.raises(StoppedError):
        Packing(Ended(), NOON)
    gc.collect()
    assert [str(each.exc_value) for each in printed] == []


def test_a_disk_that_is_full_is_one_line_and_nothing_is_left(origin, tmp_path):
    """A file system of 40 KB in a name space of its own."""
    unshare = needs.program("unshare", "util-linux")
    if subprocess.run([unshare, "-rm", "true"], capture_output=True, check=False).returncode:
        needs.cannot_run("this system lets no test mount a file system", "run as root")
    folder = tmp_path / "small"
    folder.mkdir()
    script = f'mount -t tmpfs -o size=40k tmpfs {folder}; "$@"; code=$?; ls -A {folder}; exit $code'
    done = subprocess.run(
        [unshare, "-rm", "sh", "-c", script, "sh", sys.executable, str(live.MANAGE), "backup", str(folder)],
        env=live.environment(**origin),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert done.stderr == (f"CommandError: {folder} has no room left: free some, or give another folder.\n")
    assert done.stdout == f"{files.LOCK}\n"


def test_again_and_again_until_it_is_ended(origin, tmp_path):
    folder = tmp_path / "to"
    began = time.monotonic()
    process = backups.start("backup", folder, "--every", "2s", "--keep", "2", settings=origin)
    try:
        made = [process.stdout.readline() for _ in range(4)]
        took = time.monotonic() - began
        # A folder that goes away fails one backup, and the next one makes it anew.
        shutil.rmtree(folder)
        folder.touch()
        failed = process.stderr.readline()
        folder.unlink()
        made.append(process.stdout.readline())
    finally:
        process.send_signal(signal.SIGTERM)
        _out, err = process.communicate(timeout=30)
    assert all(line.startswith("Wrote and checked ") for line in made)
    assert f"ERROR config.backup The backup failed: {folder} is a file: give a folder." in failed
    assert took >= 6
    assert "SIGTERM received: no more backups are made." in err
    assert process.returncode == 0
    assert len(files.finished(folder)) == 1
    assert sum("Removed catalog-" in line for line in made) == 2


def test_again_and_again_ends_with_the_fate_of_the_last(origin, tmp_path):
    (tmp_path / "to").touch()
    process = backups.start("backup", tmp_path / "to", "--every", "1h", settings=origin)
    assert "The backup failed" in process.stderr.readline()
    process.send_signal(signal.SIGTERM)
    _out, err = process.communicate(timeout=30)
    assert err.endswith("CommandError: The last backup failed.\n")
    assert process.returncode == 1


def test_a_restore_that_is_killed_leaves_the_place_empty(backup, empty):
    target = backups.engine(empty)
    process = backups.start("restore", backup, settings=empty)
    if backups.IS_POSTGRES:
        wait_for(lambda: _restores(process.pid), process)
    else:
        wait_for(lambda: list(target.path.parent.glob("*.part")), process)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    if backups.IS_POSTGRES:
        time.sleep(0.5)
    else:
        # A command makes the file for its owner only before it fills it.
        assert not target.path.exists() or target.path.stat().st_size == 0
    backups.manage("restore", backup, **empty)


def _restores(parent):
    """Whether `pg_restore` runs as a child of this process."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return any(b"--single-transaction" in _command(child) for child in children)


def _command(process):
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


@pytest.mark.engine("postgresql")
def test_no_command_line_holds_the_password(origin, tmp_path):
    process = backups.start("backup", tmp_path / "to", settings=origin)
    seen = set()
    while process.poll() is None:
        for path in Path("/proc").glob("[0-9]*"):
            if path.name.isdigit() and b"pg_dump" in (line := _command(path.name)):
                seen.add(line)
    process.communicate()
    assert process.returncode == 0
    password = os.environ["DATABASE_URL"].partition("@")[0].rpartition(":")[2].encode()
    assert seen
    assert [line for line in seen if b":" + password in line or b"password" in line] == []
