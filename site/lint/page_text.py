"""Parses a rendered page."""

from dataclasses import dataclass
from html.parser import HTMLParser

from lint.page_parts import Block, PageTable, PageText

BLOCKS = frozenset(
    {"p", "li", "tr", "h1", "h2", "h3", "h4", "dd", "dt", "summary", "blockquote", "caption", "title"}
)
ROWS = frozenset({"tr", "li", "p"})
CELLS = frozenset({"td", "th"})
CODE = frozenset({"code", "pre"})
SILENT = frozenset({"script", "style", "template"})
VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr", "col"})


def read_page(path: str, html: str) -> PageText:
    """Parse a page."""
    reader = _Reader(path)
    reader.feed(html)
    reader.close()
    page = reader.page
    page.code = " ".join(reader.code)
    return page


@dataclass(slots=True)
class _Open:
    """An element that is not closed yet."""

    tag: str
    is_shared: bool
    section: str


class _Reader(HTMLParser):
    """Collects blocks; a row includes its cells."""

    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page = PageText(path)
        self.code: list[str] = []
        self._open: list[_Open] = []
        # Of each open block: its tag, and its pieces of text with whether they are code.
        self._texts: list[tuple[str, list[tuple[str, bool]]]] = []
        self._cell: list[str] = []
        self._listing: list[str] = []

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
        self._open.append(_Open(tag, "data-shared" in values, values.get("id", "")))
        if tag in BLOCKS:
            self._texts.append((tag, []))
        self._begin(tag)

    def _begin(self, tag: str) -> None:
        if tag == "table":
            self.page.tables.append(PageTable(self._section()))
        elif tag == "tr" and self.page.tables and not self._is_in("thead"):
            self.page.tables[-1].rows.append([])
        elif tag in CELLS:
            self._cell = []
        elif tag == "pre":
            self._listing = []

    def handle_endtag(self, tag: str) -> None:
        # A stray end tag closes nothing.
        if not self._is_in(tag):
            return
        is_shared = any(element.is_shared for element in self._open)
        is_main, section = self._is_in("main"), self._section()
        while self._open:
            # End tags such as `</li>` may be left out: all inner elements are closed, too.
            closed = self._open.pop().tag
            self._end(closed)
            if closed in BLOCKS and self._texts:
                name, parts = self._texts.pop()
                if block := _block(name, parts, is_shared=is_shared, section=section):
                    self._keep(block, is_main=is_main)
            if closed == tag:
                return

    def _end(self, tag: str) -> None:
        if tag in CELLS and self.page.tables and self.page.tables[-1].rows and not self._is_in("thead"):
            self.page.tables[-1].rows[-1].append(" ".join("".join(self._cell).split()))
        elif tag == "pre":
            self.page.listings.append("".join(self._listing).strip("\n"))

    def handle_data(self, data: str) -> None:
        tags = {element.tag for element in self._open}
        if tags & SILENT:
            return
        if tags & CODE:
            self.code.append(data)
        if "pre" in tags:
            self._listing.append(data)
        self._cell.append(data)
        for _tag, parts in self._texts:
            parts.append((" " if "pre" in tags else data, bool(tags & CODE)))
        # Cells and labels stand apart on the page, without a space in the HTML.
        if self._texts and self._open and self._open[-1].tag in ("td", "th", "dt", "dd", "span", "small"):
            self._texts[-1][1].append((" ", False))

    def _keep(self, block: Block, *, is_main: bool) -> None:
        if block.tag == "title":
            self.page.title = block.text
        elif is_main:
            self.page.blocks.append(block)

    def _is_in(self, tag: str) -> bool:
        return any(element.tag == tag for element in self._open)

    def _section(self) -> str:
        around = (element.section for element in reversed(self._open) if element.tag == "section")
        return next(filter(None, around), "")


def _block(tag: str, parts: list[tuple[str, bool]], *, is_shared: bool, section: str) -> Block | None:
    text = " ".join("".join(part for part, _is_code in parts).split())
    prose = " ".join("".join(" " if is_code else part for part, is_code in parts).split())
    return Block(tag, text, prose, is_shared, section) if text else None
