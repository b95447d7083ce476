"""Checks of IDs, names and addresses, for the admin and for files."""

import re
import unicodedata
from datetime import date
from urllib.parse import urlsplit

from catalog.text.refusal import shown

LONGEST_MODEL_ID = 200
LONGEST_NAME = 80
"""Characters; real catalogs reach 56."""
# Other formats of a page have its address with such an ending, so no name may end like that.
FILE_ENDINGS = (".atom", ".csv", ".ics", ".json", ".md", ".png", ".tar.gz", ".txt", ".xml", ".zip")
# Letters and digits of ASCII, and the marks that model IDs are known to hold.
_MODEL_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9/:@.~_+\-]*")
_SLUG = re.compile(r"[a-z0-9]+(?:[.\-_][a-z0-9]+)*")
_CUTOFF = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")
# A name with a dot whose last part is no number: 127.1, 0x7f.1 and the like are addresses within a network.
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
_INNER = (".internal", ".local", ".localhost", ".localdomain", ".home.arpa", ".lan")
_BREAKS = re.compile(r"[ \t]*\n[ \t]*|\t")
_OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")
_UNWANTED = frozenset({"Cc", "Cs", "Zl", "Zp"})
# Invisible letters: tag characters spell out what a model reads and no person sees.
_HIDDEN = frozenset([*map(chr, range(0xE0000, 0xE0080)), "\u200b", "\u2060", "\ufeff", "\u00ad"])
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def check_model_id(text: str) -> str:
    """Return a valid model ID; raise ValueError."""
    if len(text) > LONGEST_MODEL_ID:
        raise ValueError(f"{shown(text)} has {len(text)} characters: at most {LONGEST_MODEL_ID}")
    if not _MODEL_ID.fullmatch(text) or text.endswith("/") or "//" in text:
        raise ValueError(
            f"{shown(text)} is not a model ID: use letters, digits and / : @ . ~ _ + -, a letter first"
        )
    if any(part in {".", ".."} for part in text.split("/")):
        raise ValueError(f"{shown(text)} holds a path step: '.' and '..' cannot stand between slashes")
    return _check_no_file(text)


def check_slug(text: str) -> str:
    """Return a valid slug of a provider or family; raise ValueError."""
    if not _SLUG.fullmatch(text) or len(text) > 100:
        raise ValueError(f"{shown(text)} is not a slug: use lower-case letters, digits, hyphens and dots")
    return _check_no_file(text)


def file_ending(text: str) -> str:
    """Return the ending that makes a name look like a file, or ""."""
    return next((ending for ending in FILE_ENDINGS if text.lower().endswith(ending)), "")


def _check_no_file(text: str) -> str:
    if ending := file_ending(text):
        raise ValueError(f"{shown(text)} looks like a file: end it otherwise than in {ending}")
    return text


def check_cutoff(text: str) -> str:
    """Return a knowledge cutoff: a month or a day; raise ValueError."""
    try:
        if _CUTOFF.fullmatch(text) and date.fromisoformat(text if len(text) == 10 else f"{text}-01"):
            return text
    except ValueError:
        pass
    raise ValueError(f"{shown(text)} is neither a month (2025-01) nor a day (2025-01-31)")


def check_text(text: str, *, longest: int, lines: bool = False) -> str:
    """Return text without forbidden characters; `lines` allows breaks and tabs."""
    if len(text) > longest:
        raise ValueError(f"{shown(text)} has {len(text)} characters: at most {longest}")
    if fault := unwanted(text, lines=lines):
        raise ValueError(f"{shown(text)} holds {fault}")
    return text


def check_name(text: str) -> str:
    """Return a valid display name of one line."""
    return check_text(text, longest=LONGEST_NAME)


def short_name(text: str) -> str:
    """Return a display name, cut to one line of 80 characters."""
    # Rows stored before the limit may have longer names.
    line = " ".join(mended(text).split())
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1].rstrip()}…"


def unwanted(text: str, *, lines: bool = False) -> str:
    """Return the first forbidden character and its position, or ""."""
    for position, letter in enumerate(text, start=1):
        if not _is_unwanted(letter) or (lines and letter in "\n\t"):
            continue
        if letter in _HIDDEN:
            return f"U+{ord(letter):04X} at position {position}, which nobody sees"
        if letter in _BIDI:
            return f"U+{ord(letter):04X} at position {position}, a mark that reorders what is read"
        return f"the control character U+{ord(letter):04X} at position {position}"
    return ""


def unix_lines(text: str) -> str:
    """Return text with LF line ends."""
    # Browsers send the text of forms with CRLF.
    return text.replace("\r\n", "\n").replace("\r", "\n")


def mended(text: str, *, lines: bool = False) -> str:
    """Return stored text without forbidden characters; without `lines`, breaks become spaces."""
    text = _OTHER_BREAKS.sub("\n", unix_lines(text))
    if not lines:
        text = _BREAKS.sub(" ", text)
    return "".join(letter for letter in text if not _is_unwanted(letter) or letter in "\n\t")


def _is_unwanted(letter: str) -> bool:
    if letter in _BIDI or letter in _HIDDEN:
        return True
    return not letter.isprintable() and unicodedata.category(letter) in _UNWANTED


def check_web_address(text: str) -> str:
    """Return a public web address; raise ValueError."""
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    host = parts.netloc.lower()
    if parts.scheme not in {"http", "https"} or not host or not text.isprintable() or " " in text:
        raise ValueError(f"{shown(text)} is not an http or https address")
    # Parsers split such addresses in different ways: `http://a\@b` leads to a or to b.
    is_split = "\\" in text or "@" in text.partition("//")[2].partition("/")[0]
    if is_split or host.endswith(_INNER) or not _HOST.fullmatch(host):
        raise ValueError(
            f"{shown(text)} is no address of the public web: use a name with a dot, no account and no port"
        )
    return text
