"""The index for installers: every skill with its digest."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from catalog.presentation.skills.skill import Skill
from catalog.presentation.skills.skill_lookup import Shelf
from skills.packaging import ARCHIVES

SCHEMA = "https://schemas.agentskills.io/discovery/0.2.0/schema.json"
# An archive: a `SKILL.md` alone would be installed without its references.
KIND = "tar.gz"


@dataclass(frozen=True, slots=True)
class Index:
    """An index, and when one of its skills changes next."""

    text: bytes
    boundary: datetime | None


def whole(shelf: Shelf) -> Index:
    """Return the index of all skills."""
    return shelf.keep("index", lambda: _index(shelf.listed()))


def of_one(skill: Skill) -> Index:
    """Return the index of one skill."""
    return _index([skill])


def _index(skills: Sequence[Skill]) -> Index:
    body = {"$schema": SCHEMA, "skills": [_entry(skill) for skill in skills]}
    text = json.dumps(body, ensure_ascii=False, indent=1).encode()
    return Index(text, min((skill.boundary for skill in skills if skill.boundary), default=None))


def _entry(skill: Skill) -> dict[str, str]:
    _, pack = ARCHIVES[KIND]
    return {
        "name": skill.name,
        "type": "archive",
        "description": skill.description,
        "url": f"{quote(skill.path)}.{KIND}",
        "digest": f"sha256:{hashlib.sha256(pack(skill.files)).hexdigest()}",
    }
