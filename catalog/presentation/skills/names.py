"""Names of skills, of their addresses and files: safe everywhere and unique.

    skill_name("claude") -> "claude"        skill_name("veo-3.1") -> "veo-3-1-78b5d8"

A slug that the specification does not allow as a name gets a piece of its hash.
"""

import hashlib
import re

CATALOG = "model-catalog"
LONGEST = 64
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_OTHER = re.compile(r"[^a-z0-9]+")
# What no folder may be called where files have drive letters.
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
_HASHED = 6
_PLAIN_SLUG = re.compile(r"[a-z0-9]+(?:[.\-_][a-z0-9]+)*")
# An address that ends so is a file of another skill, or a page's twin.
_ENDINGS = (".zip", ".gz", ".md", ".json")


def skill_name(slug: str) -> str:
    """Return a family's skill name, valid by the specification."""
    # Of its own slug alone, so that no other family can take or change it.
    return slug if _is_name(slug) and slug != CATALOG else _hashed(slug, LONGEST)


def key_of(slug: str) -> str:
    """Return the last part of a skill's address."""
    is_plain = _PLAIN_SLUG.fullmatch(slug) and slug != CATALOG and not slug.endswith(_ENDINGS)
    return slug if is_plain else skill_name(slug)


def is_hashed(name: str) -> bool:
    """Whether a name may be a hashed one."""
    return bool(re.fullmatch(rf"(?:[a-z0-9-]+-)?[0-9a-f]{{{_HASHED}}}", name))


def file_stem(slug: str) -> str:
    """Return the name of a model's files."""
    # Lower case, as some disks ignore case.
    return slug if _is_name(slug) else _hashed(slug, LONGEST)


def _is_name(word: str) -> bool:
    return len(word) <= LONGEST and bool(_NAME.fullmatch(word)) and word not in _DEVICES


def _hashed(word: str, longest: int) -> str:
    digest = hashlib.sha256(word.encode("utf-8", "surrogatepass")).hexdigest()[:_HASHED]
    readable = _OTHER.sub("-", word.lower()).strip("-")[: longest - _HASHED - 1].strip("-")
    return f"{readable}-{digest}" if readable else digest
