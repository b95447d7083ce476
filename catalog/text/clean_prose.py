"""Removes HTML, images and unsafe links from a paragraph of Markdown."""

import html
import re
import unicodedata
from urllib.parse import quote

# Characters of a link's address; a longer one is not trusted.
LONGEST_TARGET = 2_000
UNSURE = -1
_PLAIN = re.compile(r"[^`<\\!\]]+")
MARK = re.compile(r"\\[^<\n]|`+")
_ELEMENT = re.compile(
    r"<(script|style|iframe|object|noscript|title|textarea|svg|math)\b[^<>]*>", re.IGNORECASE
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<[!?][^<>]*>")
OPEN_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.\-]{1,31}:[^\s<>`\[\]]*|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)>")
_TAIL = re.compile(
    r"\(\s*+(?P<target><[^<>\n]*>|(?:[^\s()<>\\]|\\.|\((?:[^\s()\\]|\\.)*\))*)"
    r"""(?:\s++(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*+\)"""
)
# What follows a "]" decides nothing about an address, and would be read again from each "](" before it.
_LOOSE_TARGET = re.compile(rf"\s*+(<[^<>\n]*>|[^\s\]]{{0,{LONGEST_TARGET + 1}}})")
_UNCLOSED_TARGET = re.compile(rf"([^)\n\]]{{0,{LONGEST_TARGET + 1}}})")
_ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


def is_safe_link(target: str) -> bool:
    """Whether an address is http, https, mailto, or on this site."""
    if len(target) > LONGEST_TARGET:
        return False
    # Entities may be escaped more than once.
    for _ in range(3):
        target = html.unescape(target)
    # Browsers skip control characters and spaces within a scheme.
    seen = "".join(letter for letter in target if unicodedata.category(letter) not in _UNSEEN)
    # Browsers read a backslash as a slash; Markdown may remove it as an escape.
    return all(_is_harmless(form.replace("\\", "/")) for form in (seen, _ESCAPED.sub("", seen)))


def _is_harmless(address: str) -> bool:
    scheme = _SCHEME.match(address)
    if scheme is None:
        # Two slashes lead to another host.
        return not address.startswith("//")
    if scheme[1].lower() in {"http", "https"}:
        return bool(re.match(r"//[^/]", address[scheme.end() :]))
    return scheme[1].lower() == "mailto"


def span_end(line: str, ticks: re.Match[str]) -> int:
    """Return the end of a code span, or UNSURE."""
    runs = re.compile(r"`+").finditer(line, ticks.end())
    return next((run.end() for run in runs if len(run[0]) == len(ticks[0])), UNSURE)


def _bare(target: str) -> str:
    """Return an address without angle brackets."""
    # Angle brackets would be a tag wherever no link is parsed.
    if not target.startswith("<"):
        return target
    return re.sub(r"[\s()]", lambda mark: quote(mark[0]), target.strip("<>"))


class Prose:
    """Cleans one paragraph from start to end."""

    def __init__(self, text: str, *, has_code: bool) -> None:
        self.text = text
        self.has_code = has_code
        self.out: list[str] = []
        self.is_sure = True
        # So that nothing is looked for again and again up to the end of the text.
        self.last_tick = text.rfind("`")
        self.last_comment_end = text.rfind("-->")
        self.never_closed: set[str] = set()

    def read(self) -> str | None:
        """Return the rest; None where parsers may disagree on code."""
        at, text = 0, self.text
        while at < len(text) and self.is_sure:
            if plain := _PLAIN.match(text, at):
                self.out.append(plain[0])
                at = plain.end()
            elif text[at] == "<":
                at = self._angle(at)
            elif text[at] == "]":
                at = self._bracket(at)
            elif text[at] == "!":
                self.out.append("" if text.startswith("![", at) else "!")
                at += 1
            elif mark := MARK.match(text, at):
                is_code = self.has_code and mark[0][0] == "`"
                end = span_end(text, mark) if is_code else mark.end()
                # What was left out on the way may have held the other end of a span.
                self.is_sure = end != UNSURE and not (is_code and "\n" in text[at:end])
                self.out.append(text[at:end])
                at = end
            else:
                self.out.append(text[at])
                at += 1
        return "".join(self.out) if self.is_sure else None

    def _angle(self, at: int) -> int:
        text = self.text
        if link := _AUTOLINK.match(text, at):
            self.out.append(link[0] if is_safe_link(link[1]) else "")
            return link.end()
        if element := _ELEMENT.match(text, at):
            return self._element_end(element)
        if text.startswith("<!--", at) and self.last_comment_end >= at + 4:
            return text.index("-->", at + 4) + 3
        if tag := _TAG.match(text, at):
            return tag.end()
        self.out.append("< " if OPEN_TAG.match(text, at) else "<")
        return at + 1

    def _element_end(self, element: re.Match[str]) -> int:
        name, close = element[1].lower(), None
        if name not in self.never_closed:
            close = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self.text, element.end())
        if close is None:
            self.never_closed.add(name)
            return element.end()
        return close.end()

    def _bracket(self, at: int) -> int:
        """Check the address after a link's text, or after its label."""
        text, after = self.text, self.text[at + 1 : at + 2]
        if after == "(" and (tail := _TAIL.match(text, at + 1)):
            if not is_safe_link(tail["target"].strip("<>")):
                self._drop_link()
                return tail.end()
            self.is_sure = not (self.has_code and "`" in tail[0])
            self.out.append(text[at : tail.start("target")] + _bare(tail["target"]))
            return tail.end("target")
        if after in ("(", ":"):
            self.is_sure = not (self.has_code and self.last_tick > at)
            loose = (_LOOSE_TARGET if after == ":" else _UNCLOSED_TARGET).match(text, at + 2)
            target = loose[1] if loose else ""
            if not is_safe_link(target.strip("<>")):
                self.out.append("] ")
                return at + 1
            if loose and after == ":" and target.startswith("<"):
                self.out.append(text[at : loose.start(1)] + _bare(target))
                return loose.end()
        self.out.append("]")
        return at + 1

    def _drop_link(self) -> None:
        """Keep a link's text, without its brackets if they are certain."""
        before = "".join(self.out)
        start = before.rfind("[")
        if start < 0 or "]" in before[start:] or before[:start].endswith("\\"):
            self.out = [before, "]"]
        else:
            self.out = [before[:start], before[start + 1 :]]
