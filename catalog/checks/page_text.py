"""Reads a rendered page as its visitors do: blocks of text, links, anchors, and what is code."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

BLOCKS = frozenset(
    {"p", "li", "tr", "h1", "h2", "h3", "h4", "dd", "dt", "summary", "blockquote", "caption", "title"}
)
ROWS = frozenset({"tr", "li", "p"})
CODE = frozenset({"code", "pre"})
SILENT = frozenset({"script", "style", "template"})
VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr", "col"})


@dataclass(slots=True)
class Block:
    """One block of text of the main part; `is_shared` where its section says the same of many models.

    `prose` is the text without inline code.
    """

    tag: str
    text: str
    prose: str
    is_shared: bool


@dataclass(slots=True)
class PageText:
    """What a page says and where it leads."""

    path: str
    blocks: list[Block] = field(default_factory=list)
    code: str = ""
    links: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    h1_count: int = 0
    title: str = ""
    canonical: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Give the words of the main part, without its code."""
        return "\n".join(block.text for block in self.blocks)


def read_page(path: str, html: str) -> PageText:
    """Parse a page."""
    reader = _Reader(path)
    reader.feed(html)
    reader.close()
    page = reader.page
    page.code = " ".join(reader.code)
    return page


class _Reader(HTMLParser):
    """Collects blocks; an inner block's words count for the outer one too (a row holds its cells)."""

    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page = PageText(path)
        self.code: list[str] = []
        self._open: list[tuple[str, bool]] = []
        # Of each open block: its tag, and its pieces of text with whether they are code.
        self._texts: list[tuple[str, list[tuple[str, bool]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.page.ids.add(values["id"])
        if tag == "a" and "href" in values:
            self.page.links.append(values["href"])
        if tag == "link" and values.get("rel") == "canonical":
            self.page.canonical.append(values.get("href", ""))
        if tag == "h1":
            self.page.h1_count += 1
        if tag in VOID:
            if tag == "br":
                self.handle_data(" ")
            return
        self._open.append((tag, "data-shared" in values))
        if tag in BLOCKS:
            self._texts.append((tag, []))

    def handle_endtag(self, tag: str) -> None:
        if not any(open_tag == tag for open_tag, _shared in self._open):
            return
        is_shared = any(shared for _tag, shared in self._open)
        is_main = any(open_tag == "main" for open_tag, _shared in self._open)
        while self._open:
            closed, _ = self._open.pop()
            if closed in BLOCKS and self._texts:
                self._finish(*self._texts.pop(), is_main=is_main, is_shared=is_shared)
            if closed == tag:
                return

    def handle_data(self, data: str) -> None:
        tags = {tag for tag, _shared in self._open}
        if tags & SILENT:
            return
        if tags & CODE:
            self.code.append(data)
        for _tag, parts in self._texts:
            parts.append((" " if "pre" in tags else data, bool(tags & CODE)))
        if self._texts and self._open and self._open[-1][0] in ("td", "th", "dt", "dd", "span", "small"):
            self._texts[-1][1].append((" ", False))

    def _finish(self, tag: str, parts: list[tuple[str, bool]], *, is_main: bool, is_shared: bool) -> None:
        text = " ".join("".join(part for part, _is_code in parts).split())
        prose = " ".join("".join(" " if is_code else part for part, is_code in parts).split())
        if tag == "title":
            self.page.title = text
        elif text and is_main:
            self.page.blocks.append(Block(tag, text, prose, is_shared))
