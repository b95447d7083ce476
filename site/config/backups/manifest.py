"""What a backup says of itself."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from config.backups.contents import Contents
from config.backups.progress import MEGABYTE

FORMAT = 1
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 16 * MEGABYTE


class Member(BaseModel):
    """Size and digest of one file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    size: int
    sha256: str


class Manifest(BaseModel):
    """What was backed up; `tool` wrote the dump."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int
    made_at: datetime
    project: str
    kind: str
    server: str
    tool: str
    left_out: tuple[str, ...]
    contents: Contents
    files: dict[str, Member]


class ManifestFormat(BaseModel):
    """The one key of every format."""

    format: int
