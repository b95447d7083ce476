"""The front matter of SKILL.md."""

import json
import re
import unicodedata
from collections.abc import Mapping

LONGEST_DESCRIPTION, LONGEST_COMPATIBILITY = 1024, 500
# Control and format characters, halves of pairs, and breaks of lines and paragraphs.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def front_matter(name: str, description: str, compatibility: str, metadata: Mapping[str, str]) -> str:
    """Return the front matter, with delimiters."""
    lines = [
        "---",
        f"name: {name}",
        f"description: {_quoted(plain(description, LONGEST_DESCRIPTION))}",
        f"compatibility: {_quoted(plain(compatibility, LONGEST_COMPATIBILITY))}",
        "metadata:",
        *(f"  {key}: {_quoted(plain(value, LONGEST_DESCRIPTION))}" for key, value in metadata.items()),
        "---",
    ]
    return "\n".join(lines) + "\n"


def plain(text: str, longest: int) -> str:
    """Return one visible line, cut to the allowed length."""
    seen = "".join(" " if unicodedata.category(letter) in _UNSEEN else letter for letter in text)
    # Clients refuse what looks like a tag.
    words = re.sub(r"[<>]", " ", seen).split()
    whole = " ".join(words)
    return whole if len(whole) <= longest else f"{whole[: longest - 1].rstrip()}…"


def _quoted(text: str) -> str:
    # JSON strings are YAML. Some parsers end the front matter at any three hyphens: they are encoded.
    return json.dumps(text, ensure_ascii=False).replace("---", "-\\x2d-")
