"""Markdown as it is stored: no raw HTML, no images, no links that run or lead astray. Code stays as it is.

    clean("Good.<script>x()</script> See [it](javascript:x), `<b>` and ![a](https://b.example/c.png).")
    == "Good. See it, `<b>` and [a](https://b.example/c.png)."

Readers of Markdown differ at the edges of code. So only what all of them take for code is left alone: a
fence, an indented block outside of lists, and a span in a paragraph whose backticks pair up line by line.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote

MOST_PASSES = 8
LONGEST_TARGET = 2_000
"""Characters of an address: a longer one is not taken for safe."""
UNSURE = -1

_FENCE = re.compile(r"( {0,3})(`{3,}(?=[^`]*$)|~{3,})(.*)")
# A fence in a list or a quotation: how far it reaches, no two readers agree on.
_FENCE_ANYWHERE = re.compile(r"[\s>*+\-0-9.)]*(?:`{3,}[^`]*$|~{3,})")
_INFO = re.compile(r"\s*[\w+#.-]*")
_INDENTED = re.compile(r"(?: {4}| {0,3}\t)\s*\S")
_MARKER = re.compile(r" {0,3}(?:[-*+](?:\s|$)|\d{1,9}[.)](?:\s|$)|>|\[)")
_PLAIN = re.compile(r"[^`<\\!\]]+")
_MARK = re.compile(r"\\[^<\n]|`+")
_ELEMENT = re.compile(
    r"<(script|style|iframe|object|noscript|title|textarea|svg|math)\b[^<>]*>", re.IGNORECASE
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<[!?][^<>]*>")
_OPEN_TAG = re.compile(r"<(?=[A-Za-z/!?])")
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


def clean(source: str) -> str:
    """Return Markdown that may be stored and given out; clean Markdown comes back as it is."""
    text = source
    for _ in range(MOST_PASSES):
        before, text = text, _pass(text)
        if text == before:
            return text
    # Nested against us: nothing of it is a tag or a link, code included.
    return _OPEN_TAG.sub("< ", text).replace("](", "] (").replace("]:", "] :")


def is_safe_link(target: str) -> bool:
    """Whether an address is one of http, https or mailto, or leads to a page of this site."""
    if len(target) > LONGEST_TARGET:
        return False
    for _ in range(3):
        target = html.unescape(target)
    seen = "".join(letter for letter in target if unicodedata.category(letter) not in _UNSEEN)
    return all(_is_harmless(form.replace("\\", "/")) for form in (seen, _ESCAPED.sub("", seen)))


def _is_harmless(address: str) -> bool:
    scheme = _SCHEME.match(address)
    if scheme is None:
        return not address.startswith("//")
    if scheme[1].lower() in {"http", "https"}:
        return bool(re.match(r"//[^/]", address[scheme.end() :]))
    return scheme[1].lower() == "mailto"


def _pass(source: str) -> str:
    return "\n".join(
        "\n".join(lines) if kind == "code" else _prose("\n".join(lines), has_code=kind == "prose")
        for kind, lines in _blocks(source.split("\n"))
    )


def _blocks(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Split into `code`, `prose` and, from where parsers disagree, `unsure`: nothing in it is code."""
    kind, paragraph = "prose", list[str]()
    in_list, after_blank, at = False, True, 0
    while at < len(lines):
        line = lines[at]
        is_blank = not line.strip()
        end = _code_end(lines, at, after_blank and not in_list) if kind == "prose" else at
        if end == UNSURE:
            kind, end = "unsure", at
        if (is_blank or end > at) and paragraph:
            yield kind, paragraph
            paragraph = []
        if end > at:
            yield "code", _closed(lines[at:end])
        elif is_blank:
            yield "code", [line]
        else:
            paragraph.append(line)
            if _MARKER.match(line):
                in_list = True
            elif after_blank and not line[0].isspace():
                in_list = False
        after_blank = is_blank or (end > at and not _FENCE.fullmatch(line))
        at = max(end, at + 1)
    if paragraph:
        yield kind, paragraph


def _code_end(lines: list[str], at: int, may_be_indented: bool) -> int:  # noqa: FBT001
    """Return the line after the code block that begins at a line; the line itself where none does."""
    if may_be_indented and _INDENTED.match(lines[at]):
        return at + 1
    fence = _FENCE.fullmatch(lines[at])
    if fence is None:
        return UNSURE if _FENCE_ANYWHERE.match(lines[at]) else at
    indent, mark = len(fence[1]), fence[2]
    closing = re.compile(rf"( *){re.escape(mark[0])}{{{len(mark)},}}\s*")
    for number in range(at + 1, len(lines)):
        line = lines[number]
        before = len(line) - len(line.lstrip(" "))
        if closing.fullmatch(line) and indent <= before <= 3:
            return number + 1
        # Within an item of a list it would end here, at the top of the text it would go on.
        if indent and line.strip() and (before < indent or line[before] == "\t" or closing.fullmatch(line)):
            return UNSURE
    return len(lines)


def _closed(lines: list[str]) -> list[str]:
    """Return a code block with its fence closed, and one word beside its fence where a tag stands there."""
    fence = _FENCE.fullmatch(lines[0])
    if fence is None:
        return lines
    indent, mark, info = fence[1], fence[2], fence[3]
    word = _INFO.match(info)
    first = f"{indent}{mark}{word[0] if word else ''}" if "<" in info or "]" in info else lines[0]
    last = lines[-1].strip()
    is_closed = len(lines) > 1 and last.startswith(mark) and not last.strip(mark[0])
    return [first, *lines[1:], *([] if is_closed else [f"{indent}{mark}"])]


def _prose(text: str, *, has_code: bool) -> str:
    has_code = has_code and all(map(_pairs_up, text.split("\n")))
    cleaned = _Prose(text, has_code=has_code).read()
    return (_Prose(text, has_code=False).read() or "") if cleaned is None else cleaned


def _pairs_up(line: str) -> bool:
    at = 0
    while mark := _MARK.search(line, at):
        at = mark.end() if mark[0][0] == "\\" else _span_end(line, mark)
        if at == UNSURE:
            return False
    return True


def _span_end(line: str, ticks: re.Match[str]) -> int:
    runs = re.compile(r"`+").finditer(line, ticks.end())
    return next((run.end() for run in runs if len(run[0]) == len(ticks[0])), UNSURE)


def _bare(target: str) -> str:
    """Return an address without angle brackets, which would be a tag wherever no link is read."""
    if not target.startswith("<"):
        return target
    return re.sub(r"[\s()]", lambda mark: quote(mark[0]), target.strip("<>"))


class _Prose:
    """Reads one paragraph from start to end, and leaves out what may not stand there."""

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
        """Return what is left; None where parsers may disagree on what of it is code."""
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
            elif mark := _MARK.match(text, at):
                is_code = self.has_code and mark[0][0] == "`"
                end = _span_end(text, mark) if is_code else mark.end()
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
        self.out.append("< " if _OPEN_TAG.match(text, at) else "<")
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
        """Read what follows the text of a link: its address, or that of its label."""
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
        """Keep the text of a link without its brackets, where they are plainly its own."""
        before = "".join(self.out)
        start = before.rfind("[")
        if start < 0 or "]" in before[start:] or before[:start].endswith("\\"):
            self.out = [before, "]"]
        else:
            self.out = [before[:start], before[start + 1 :]]
