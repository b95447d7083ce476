"""Text that every feed and calendar can carry."""

import re

# What XML 1.0 cannot hold in any spelling: controls but tab and line ends, lone surrogates, U+FFFE, U+FFFF.
_UNSPEAKABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAKS = re.compile("\r\n?|[\x85\u2028\u2029]")


def plain_text(text: str) -> str:
    """Return text that XML can hold, with LF line ends."""
    return _UNSPEAKABLE.sub("", _BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """Return text on one line, for titles."""
    return " ".join(plain_text(text).split())
