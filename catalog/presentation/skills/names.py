"""What a skill, its address and its files are called: safe everywhere, and never another's name.

    skill_name("claude") -> "claude"        skill_name("veo-3.1") -> "veo-3-1-78b5d8"

A name depends on its own slug alone, so that no other family can take it or change it. What is not already a
name that the specification allows gets one that is like it, with a piece of the slug's hash.
"""

import hashlib
import re

CATALOG = "model-catalog"
"""The skill of the catalog itself."""
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
    """Name the skill of a family, by the rules of the specification."""
    return slug if _is_name(slug) and slug != CATALOG else _hashed(slug, LONGEST)


def key_of(slug: str) -> str:
    """Give the last part of the address of a family's skill: its slug, or where that cannot be its name."""
    is_plain = _PLAIN_SLUG.fullmatch(slug) and slug != CATALOG and not slug.endswith(_ENDINGS)
    return slug if is_plain else skill_name(slug)


def is_hashed(name: str) -> bool:
    """Say whether a name may be one that was made of another word."""
    return bool(re.fullmatch(rf"(?:[a-z0-9-]+-)?[0-9a-f]{{{_HASHED}}}", name))


def file_stem(slug: str) -> str:
    """Name the files about a model, all in lower case: some disks know no other."""
    return slug if _is_name(slug) else _hashed(slug, LONGEST)


def _is_name(word: str) -> bool:
    return len(word) <= LONGEST and bool(_NAME.fullmatch(word)) and word not in _DEVICES


def _hashed(word: str, longest: int) -> str:
    digest = hashlib.sha256(word.encode("utf-8", "surrogatepass")).hexdigest()[:_HASHED]
    readable = _OTHER.sub("-", word.lower()).strip("-")[: longest - _HASHED - 1].strip("-")
    return f"{readable}-{digest}" if readable else digest
