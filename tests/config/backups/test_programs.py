"""The programs of PostgreSQL are found beside the PATH, and one that does not fit is named."""

import os

import pytest

import backups
from config.backups import programs
from config.backups.errors import BackupError

pytestmark = pytest.mark.programs


def program(folder, name, version):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version} (Debian)'\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture(autouse=True)
def _nothing_is_installed(tmp_path, monkeypatch):
    monkeypatch.setattr(programs, "FOLDERS", (f"{tmp_path}/usr/*/bin",))
    monkeypatch.setenv("PATH", str(tmp_path / "path"))


def test_the_version_of_the_server_is_taken_or_the_next_later_one(tmp_path):
    paths = {
        version: program(tmp_path / f"usr/{version}/bin", "pg_dump", f"{version}.4") for version in (13, 15)
    }
    later = program(tmp_path / "path", "pg_dump", "17beta1")
    assert programs.find("pg_dump", 15) == (paths[15], "15.4")
    assert programs.find("pg_dump", 14) == (paths[15], "15.4")
    assert programs.find("pg_dump", 13) == (paths[13], "13.4")
    assert programs.find("pg_dump", 16) == (later, "17beta1")


def test_one_that_is_missing_or_too_old_is_named_with_its_package(tmp_path):
    with pytest.raises(BackupError) as missing:
        programs.find("pg_dump", 15)
    assert str(missing.value) == (
        "pg_dump 15 or later is needed, and there is none: "
        "install the package postgresql-client-15 (Debian) or postgresql15 (Red Hat)."
    )
    old = program(tmp_path / "path", "pg_dump", "9.6.24")
    program(tmp_path / "usr/1/bin", "pg_dump", "no version")
    with pytest.raises(BackupError, match=f"pg_dump 15 or later is needed, and {old} is 9.6.24: install"):
        programs.find("pg_dump", 15)


def test_a_program_that_fails_is_quoted(tmp_path):
    path = tmp_path / "pg_dump"
    path.write_text("#!/bin/sh\necho part; echo 'pg_dump: error: the disk is gone' >&2; exit 1\n")
    path.chmod(0o755)
    with pytest.raises(BackupError) as caught, programs.output([str(path)], os.environ) as out:
        assert out.read() == b"part\n"
    assert str(caught.value) == "pg_dump failed: the disk is gone"


def test_a_program_that_reads_nothing_does_not_hang(tmp_path):
    path = tmp_path / "pg_restore"
    path.write_text("#!/bin/sh\necho 'pg_restore: error: no' >&2; exit 1\n")
    path.chmod(0o755)
    pieces = iter([b"x" * 2**20] * 9)
    with pytest.raises(BackupError, match="failed: no"), programs.output([path], os.environ, pieces) as out:
        out.read()


def test_what_fails_while_it_is_fed_is_raised(tmp_path):
    def pieces():
        yield b"x"
        raise BackupError("damaged")

    path = tmp_path / "cat"
    path.write_text("#!/bin/sh\n/bin/cat\n")
    path.chmod(0o755)
    with pytest.raises(BackupError, match="damaged"), programs.output([path], os.environ, pieces()) as out:
        out.read()


@pytest.mark.engine("postgresql")
def test_a_backup_needs_none_of_them_on_the_path(origin, tmp_path):
    made = backups.made(tmp_path / "to", **origin, PATH=str(tmp_path / "path"))
    assert made["rows"] > 3_000
