"""What scripts say: the words that go through gettext, and those that do not."""

import re

from words.templates import Message

_PIECE = re.compile(
    r"(?P<comment>//[^\n]*|/\*.*?\*/)"
    r"|(?P<regex>(?<=[=(,:?&|!>\[])\s*/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*)"
    r"|(?P<text>\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)",
    re.DOTALL,
)
_SAID = re.compile(r"(?<![.\w])say\(\s*\Z")
_MESSAGE = re.compile(r"(?<![.\w])say\(\s*\"((?:[^\"\\]|\\.)+)\"")
"""Also within a text between backticks, whose values are code again."""
_VALUE = re.compile(r"\$\{[^{}]*\}")
_MARKUP = re.compile(r"<[^<>]*>")
_READ = re.compile(r"\b(?:aria-label|title|placeholder)=\"([^\"$]+)\"")
_WORDS = re.compile(r"^[A-Z][a-z]+(?:[ .:]|$)|[a-z]{2,}[.,;:]? +[a-z]{2,}")
_CODE = re.compile(r"[.#\[][\w-]+|[=>{}]|^use strict$|^(?:GET|POST|[a-z]+ [a-z]+[/;].*)$")


def _pieces(source):
    """Each text between quotes, and whether it is said through gettext; one with values in it never is."""
    for piece in _PIECE.finditer(source):
        if piece["text"]:
            is_said = _SAID.search(source, 0, piece.start()) and "${" not in piece["text"]
            yield piece, piece["text"][1:-1], bool(is_said)


def unsaid(source):
    """Give line and words of every text for people that does not go through gettext."""
    found = []
    for piece, text, is_said in _pieces(source):
        line = source.count("\n", 0, piece.start()) + 1
        if is_said:
            continue
        if "<" in text:
            texts = [*_READ.findall(text), *_MARKUP.split(_VALUE.sub("", text))]
        else:
            texts = [_VALUE.sub("", text)]
        found += [(line, one.strip()) for one in texts if _WORDS.search(one) and not _CODE.search(one)]
    return found


def messages(source, name):
    """Give the messages of a script, in their order."""
    code = _PIECE.sub(lambda piece: " " * len(piece[0]) if piece["comment"] else piece[0], source)
    return [
        Message(said[1].replace('\\"', '"'), "", f"{name}:{source.count(chr(10), 0, said.start()) + 1}")
        for said in _MESSAGE.finditer(code)
    ]
