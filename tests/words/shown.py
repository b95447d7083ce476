"""What of a page people read, and which pieces of it are outside the brackets of the pseudo language."""

import re

import dom
from words.pseudo import CLOSE, OPEN

READ = ("aria-label", "title", "placeholder", "alt", "data-label", "label")
_CODE = {"script", "style", "pre", "code", "samp", "kbd", "template"}
_WITHIN_A_LINE = {"a", "abbr", "b", "em", "i", "small", "span", "strong", "sub", "sup", "time", "wbr", "mark"}
_END = "\n"
_EDGE = " .,:;·()→\u2013—\xd7+/`"


def outside(html):
    """The pieces of a page that are not translated: names, code left out, and whatever was forgotten."""
    texts, line = [], []
    _read(dom.tree(html), texts, line)
    found = []
    for text in [*texts, "".join(line)]:
        found += [piece.strip(_EDGE) for piece in _unbracketed(text).split(_END)]
    return [piece for piece in found if re.search(r"[^\W\d_]{2}", piece)]


def _read(node, texts, line):
    """Gather the attributes that are read, and the text in its order with an end around each block."""
    texts += [node.attributes[name] for name in READ if name in node.attributes]
    if node.tag == "meta" and node.attributes.get("name") == "description":
        texts.append(node.attributes["content"])
    if node.tag in _CODE or (node.tag != "html" and node.attributes.get("lang") == "en"):
        line.append("`")
        return
    end = "" if node.tag in _WITHIN_A_LINE else _END
    line.append(end)
    for part in node.parts:
        if isinstance(part, str):
            line.append(re.sub(r"\s+", " ", part))
        else:
            _read(part, texts, line)
    line.append(end)


def _unbracketed(text):
    """The text without what is in brackets, which may hold others; ValueError where they do not pair."""
    depth, kept = 0, []
    for letter in text:
        if letter == OPEN:
            depth += 1
            kept.append(_END)
        elif letter == CLOSE:
            depth -= 1
            if depth < 0:
                raise ValueError(f"a bracket too many: {text[:200]!r}")
        elif depth == 0:
            kept.append(letter)
    if depth:
        raise ValueError(f"a bracket is not closed: {text[:200]!r}")
    return "".join(kept)
