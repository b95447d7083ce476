"""What is no backup, is damaged, or does not belong here is refused with one line, and nothing is written."""

import json
import re
import zipfile
from pathlib import Path

import pytest

import backups
from config.backups import manifest, targets
from config.backups.errors import BackupError
from config.backups.progress import Stages
from config.backups.restore import restore

pytestmark = pytest.mark.django_db


def refused(path, empty, media=None):
    """Restore what must be refused; return the line. The database is as empty afterwards as it was before."""
    target = backups.engine(empty)
    with pytest.raises(BackupError) as caught:
        restore(path, target, Stages(), known=targets.known_migrations(), media=media)
    target.refuse_unless_empty()
    if not backups.IS_POSTGRES:
        assert list(target.path.parent.glob(f"{target.path.name}*")) == []
    line = str(caught.value)
    assert "\n" not in line
    return line


def changed(backup, path, **fields):
    """Copy a backup with another manifest."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == manifest.MANIFEST:
                content = json.dumps(json.loads(content) | fields).encode()
            new.writestr(name, content)
    return path


def contents(backup, **fields):
    return json.loads(backups.manifest(backup).contents.model_dump_json()) | fields


@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.999])
def test_a_file_whose_end_is_missing(backup, empty, tmp_path, share):
    whole = backup.read_bytes()
    path = tmp_path / "cut.zip"
    path.write_bytes(whole[: int(len(whole) * share)])
    assert "is no backup, or its end is missing" in refused(path, empty)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_file_with_a_changed_byte(backup, empty, tmp_path, share):
    content = bytearray(backup.read_bytes())
    content[int(len(content) * share)] ^= 1
    path = tmp_path / "changed.zip"
    path.write_bytes(content)
    assert "is damaged" in refused(path, empty)


def test_a_file_of_another_program(empty, tmp_path):
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as other:
        other.writestr("readme.txt", "nothing of ours")
    assert refused(path, empty) == f"{path} is no backup: it holds no manifest.json."


@pytest.mark.parametrize("text", ["{", "[]", '{"format": 1}', '{"format": "x"}'])
def test_a_manifest_that_cannot_be_read(empty, tmp_path, text):
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as other:
        other.writestr(manifest.MANIFEST, text)
    assert refused(path, empty) == f"{path} is damaged: its manifest.json cannot be read."


def test_a_later_format(backup, empty, tmp_path):
    path = changed(backup, tmp_path / "later.zip", format=2, something="new")
    assert f"{path} has format 2, this version reads 1" in refused(path, empty)


def test_a_later_version(backup, empty, tmp_path):
    migrations = [*backups.manifest(backup).contents.migrations, "catalog.9999_later"]
    path = changed(
        backup, tmp_path / "x.zip", project="9.0", contents=contents(backup, migrations=migrations)
    )
    line = refused(path, empty)
    assert "is of version 9.0, later than this one: it has the migration catalog.9999_later" in line


def test_another_kind_of_database(backup, empty, tmp_path):
    other = "sqlite" if backups.IS_POSTGRES else "postgresql"
    path = changed(backup, tmp_path / "x.zip", kind=other)
    names = ("SQLite", "PostgreSQL") if backups.IS_POSTGRES else ("PostgreSQL", "SQLite")
    assert "is of {} and DATABASE_URL names {}".format(*names) in refused(path, empty)


def test_a_database_that_is_not_empty(origin, backup):
    target = backups.engine(origin)
    before = backups.worker("state", settings=origin)
    with pytest.raises(BackupError, match=r"holds .*auth_group.*: a backup is restored into an empty"):
        restore(backup, target, Stages(), known=targets.known_migrations())
    assert backups.worker("state", settings=origin) == before


@pytest.mark.parametrize("field", ["rows", "sha256"])
def test_a_table_that_is_not_what_the_manifest_says(backup, empty, tmp_path, field):
    """A digest is compared after the restore, and what was restored is taken away again."""
    said = contents(backup)
    name = next(name for name in said["tables"] if name.endswith("catalog_price"))
    said["tables"][name][field] = 7 if field == "rows" else "0" * 64
    path = changed(backup, tmp_path / "x.zip", contents=said)
    what = r"\d+ rows instead of 7" if field == "rows" else "other values"
    assert re.search(rf"is not what its manifest says: {re.escape(name)} holds {what}", refused(path, empty))


def test_a_table_or_a_revision_too_many(backup, empty, tmp_path):
    said = contents(backup, revision=99)
    said["tables"]["catalog_other"] = {"rows": 0, "sha256": "0" * 64}
    path = changed(backup, tmp_path / "x.zip", contents=said)
    assert "says: revision 1 instead of 99; catalog_other is missing." in refused(path, empty)


@pytest.mark.parametrize(
    "name", ["media/../../x", "/etc/x", "media//x", "../x", "media/a\\b", "other/x", "media/./x", "media"]
)
def test_a_file_that_would_be_written_elsewhere(backup, empty, tmp_path, name):
    files = json.loads(backups.manifest(backup).model_dump_json())["files"]
    path = changed(backup, tmp_path / "x.zip", files={**files, name: {"size": 0, "sha256": "0" * 64}})
    with zipfile.ZipFile(path, "a") as more:
        more.writestr(name, "")
    assert f"names the file {name!r}" in refused(path, empty, tmp_path / "media")
    assert not (tmp_path / "media").exists()


def test_a_file_that_the_manifest_does_not_name(backup, empty, tmp_path):
    path = changed(backup, tmp_path / "x.zip")
    with zipfile.ZipFile(path, "a") as more:
        more.writestr("media/more", "x")
    assert "holds other files than its manifest names" in refused(path, empty)


def test_a_file_that_unpacks_to_more_than_it_says(backup, empty, tmp_path):
    name = f"database.{'pgdump' if backups.IS_POSTGRES else 'sqlite3'}"
    path = changed(backup, tmp_path / "x.zip", files={name: {"size": 10, "sha256": "0" * 64}})
    assert f"is damaged: {name} is not what was written" in refused(path, empty)


def test_a_folder_names_its_newest_backup(backup, empty):
    assert refused(backup.parent, empty) == f"{backup.parent} is a folder: give a file, such as {backup}."


@pytest.mark.programs
def test_a_file_that_is_not_there_is_one_line(empty, tmp_path):
    line = backups.refusal("restore", tmp_path / "none.zip", **empty)
    assert line == f"CommandError: {tmp_path}/none.zip: No such file or directory."


@pytest.mark.engine("sqlite")
def test_a_place_that_holds_something_else(backup, tmp_path):
    settings = {"CATALOG_VAR": tmp_path, "DATABASE_URL": f"sqlite:///{tmp_path}/notes.txt"}
    (tmp_path / "notes.txt").write_text("Not a database, and dear to somebody. " * 40)
    before = (tmp_path / "notes.txt").read_bytes()
    assert "is not a database of SQLite" in backups.refusal("restore", backup, **settings)
    assert (tmp_path / "notes.txt").read_bytes() == before
    settings["DATABASE_URL"] = f"sqlite:///{tmp_path}/none/catalog.sqlite3"
    assert "There is no folder" in backups.refusal("restore", backup, **settings)


@pytest.mark.engine("sqlite")
def test_an_empty_file_is_an_empty_place_and_what_is_restored_is_private(backup, tmp_path):
    target = tmp_path / "catalog.sqlite3"
    target.touch(mode=0o644)
    settings = {"CATALOG_VAR": tmp_path, "DATABASE_URL": f"sqlite:///{target}"}
    assert "all as they were. No migration is due." in backups.manage("restore", backup, **settings)
    assert target.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in Path(tmp_path).glob("*.part*")] == []
