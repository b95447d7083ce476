"""Uploads are in a backup, and come back below their folder."""

import pytest

import backups
from config.backups import archive, targets
from config.backups.errors import BackupError
from config.backups.progress import Stages
from config.backups.restore import restore
from config.backups.write import back_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def uploads(tmp_path):
    folder = tmp_path / "uploads"
    (folder / "logos").mkdir(parents=True)
    (folder / "logos/größe.svg").write_text("<svg/>")
    (folder / "empty.bin").touch()
    (folder / "link").symlink_to("/etc/passwd")
    return folder


def test_uploads_come_back_as_they_were(origin, empty, uploads, tmp_path):
    made = back_up(tmp_path / "to", backups.engine(origin), Stages(), media=uploads)
    target = tmp_path / "restored"
    target.mkdir()
    restore(made.path, backups.engine(empty), Stages(), known=targets.known_migrations(), media=target)
    found = {path.relative_to(target).as_posix(): path for path in target.rglob("*") if path.is_file()}
    # A link leads out of the folder: what it names is not an upload.
    assert set(found) == {"logos/größe.svg", "empty.bin"}
    assert found["logos/größe.svg"].read_text() == "<svg/>"
    assert {path.stat().st_mode & 0o777 for path in found.values()} == {0o600}
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.parametrize("has_folder", [True, False])
def test_uploads_never_overwrite_others(origin, empty, uploads, tmp_path, has_folder):
    made = back_up(tmp_path / "to", backups.engine(origin), Stages(), media=uploads)
    assert sorted(made.manifest.files)[1:] == [f"{archive.MEDIA}empty.bin", f"{archive.MEDIA}logos/größe.svg"]
    target = backups.engine(empty)
    with pytest.raises(BackupError, match="is not empty" if has_folder else "no folder is set for them"):
        restore(
            made.path,
            target,
            Stages(),
            known=targets.known_migrations(),
            media=uploads if has_folder else None,
        )
    target.refuse_unless_empty()
    assert (uploads / "link").is_symlink()
