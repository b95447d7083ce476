"""Removes raw HTML, images and unsafe links from Markdown.

clean("Good.<script>x()</script> See [it](javascript:x), `<b>` and ![a](https://b.example/c.png).")
== "Good. See it, `<b>` and [a](https://b.example/c.png)."
"""

import re
from collections.abc import Iterator

from catalog.text.clean_prose import MARK, OPEN_TAG, UNSURE, Prose, span_end

# Removing a tag can join its neighbours to a new one: passes go on until nothing changes.
MOST_PASSES = 8

_FENCE = re.compile(r"( {0,3})(`{3,}(?=[^`]*$)|~{3,})(.*)")
# A fence in a list or a quotation: how far it reaches, no two readers agree on.
_FENCE_ANYWHERE = re.compile(r"[\s>*+\-0-9.)]*(?:`{3,}[^`]*$|~{3,})")
_INFO = re.compile(r"\s*[\w+#.-]*")
_INDENTED = re.compile(r"(?: {4}| {0,3}\t)\s*\S")
_MARKER = re.compile(r" {0,3}(?:[-*+](?:\s|$)|\d{1,9}[.)](?:\s|$)|>|\[)")


def clean(source: str) -> str:
    """Return Markdown that is safe to store and serve; clean Markdown stays the same."""
    text = source
    for _ in range(MOST_PASSES):
        before, text = text, _pass(text)
        if text == before:
            return text
    # Nested against us: nothing of it is a tag or a link, code included.
    return OPEN_TAG.sub("< ", text).replace("](", "] (").replace("]:", "] :")


def _pass(source: str) -> str:
    return "\n".join(
        "\n".join(lines) if kind == "code" else _prose("\n".join(lines), has_code=kind == "prose")
        for kind, lines in _blocks(source.split("\n"))
    )


def _blocks(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Split into `code`, `prose` and `unsure`."""
    kind, paragraph = "prose", list[str]()
    in_list, after_blank, at = False, True, 0
    while at < len(lines):
        line = lines[at]
        is_blank = not line.strip()
        end = _code_end(lines, at, after_blank and not in_list) if kind == "prose" else at
        if end == UNSURE:
            # From here on parsers disagree on what is code: all of it is cleaned as prose.
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
            # Parsers differ on indented code in lists, so nothing in a list counts as code.
            if _MARKER.match(line):
                in_list = True
            elif after_blank and not line[0].isspace():
                in_list = False
        after_blank = is_blank or (end > at and not _FENCE.fullmatch(line))
        at = max(end, at + 1)
    if paragraph:
        yield kind, paragraph


def _code_end(lines: list[str], at: int, may_be_indented: bool) -> int:  # noqa: FBT001
    """Return the line after a code block that begins here."""
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
    fence = _FENCE.fullmatch(lines[0])
    if fence is None:
        return lines
    indent, mark, info = fence[1], fence[2], fence[3]
    word = _INFO.match(info)
    # Some parsers take a tag beside the fence for HTML: one word is kept.
    first = f"{indent}{mark}{word[0] if word else ''}" if "<" in info or "]" in info else lines[0]
    last = lines[-1].strip()
    is_closed = len(lines) > 1 and last.startswith(mark) and not last.strip(mark[0])
    return [first, *lines[1:], *([] if is_closed else [f"{indent}{mark}"])]


def _prose(text: str, *, has_code: bool) -> str:
    # Parsers differ on spans over several lines: backticks must pair up within each line.
    has_code = has_code and all(map(_pairs_up, text.split("\n")))
    cleaned = Prose(text, has_code=has_code).read()
    return (Prose(text, has_code=False).read() or "") if cleaned is None else cleaned


def _pairs_up(line: str) -> bool:
    at = 0
    while mark := MARK.search(line, at):
        at = mark.end() if mark[0][0] == "\\" else span_end(line, mark)
        if at == UNSURE:
            return False
    return True
