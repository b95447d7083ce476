"""Skills as those who install them have them: folders of files, judged by the specification's validator."""

import io
import tarfile
import zipfile
from pathlib import PurePosixPath

from skills_ref.parser import parse_frontmatter
from skills_ref.validator import validate

LIMIT = 50_000_000


def laid_out(folder, name, files):
    """Write the files of a skill into the folder that has its name."""
    home = folder / name
    for path, content in files.items():
        file = home / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return home


def faults(home):
    """What the specification's validator finds wrong."""
    return validate(home)


def split(text):
    """The front matter as values, and the body as it stands."""
    values, _ = parse_frontmatter(text)
    return values, text.split("\n---\n", 1)[1]


def unzipped(packed):
    """Name -> content of a zip archive, none of which is an address outside of it."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        entries = archive.infolist()
        assert all(entry.date_time == (1980, 1, 1, 0, 0, 0) for entry in entries)
        return _safe([(entry.filename, archive.read(entry)) for entry in entries])


def untarred(packed):
    """Name -> content of a compressed tar archive of plain files."""
    with tarfile.open(fileobj=io.BytesIO(packed), mode="r:gz") as archive:
        entries = archive.getmembers()
        assert all(entry.isreg() and entry.mtime == 0 and not entry.uname for entry in entries)
        return _safe([(entry.name, archive.extractfile(entry).read()) for entry in entries])


def _safe(entries):
    names = [name for name, _ in entries]
    assert names == sorted(names)
    assert len({name.lower() for name in names}) == len(names)
    assert "SKILL.md" in names
    for name in names:
        parts = PurePosixPath(name).parts
        assert not name.startswith("/"), name
        assert name.isascii(), name
        assert name.isprintable(), name
        assert not set(name) & set('\\:*?"<>| '), name
        assert ".." not in parts, name
        assert len(parts) <= 2, name
        assert len(name) <= 100, name
    assert sum(len(content) for _, content in entries) < LIMIT
    return dict(entries)
