"""Sections without a Markdown template, from their HTML."""

from html.parser import HTMLParser

from catalog.presentation.wording import markdown
from pages.markdown_pages import leading

HIDDEN = frozenset({"button", "script", "style", "svg", "template"})
BLOCKS = frozenset({"div", "dd", "dt", "details", "ol", "p", "section", "summary", "table", "ul"})


def html_to_markdown(html: str, site_url: str) -> str:
    """Return paragraphs, lists, tables, links and code as Markdown."""
    writer = _Writer(site_url)
    writer.feed(html)
    writer.close()
    writer.end_block()
    return "\n".join(writer.lines).strip("\n")


class _Writer(HTMLParser):
    def __init__(self, site_url: str) -> None:
        super().__init__()
        self.site_url = site_url
        self.lines: list[str] = []
        self.line = ""
        self.mark = ""
        self.cells: list[str] = []
        self.rows = 0
        self.hidden = 0
        self.code: list[str] | None = None
        self.is_listing = False
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # Counted, as what is hidden may hold more of it.
        if tag in HIDDEN or self.hidden:
            self.hidden += tag in HIDDEN
        elif tag == "a":
            self.links.append(dict(attrs).get("href") or "")
            self.line += "["
        elif tag in {"code", "pre"}:
            self.is_listing = self.is_listing or tag == "pre"
            self.code = []
        elif tag in {"h3", "h4"}:
            self.end_block()
            self.mark = "#" * int(tag[1]) + " "
        elif tag == "li":
            self.end_line()
            self.mark = "- "
        elif tag in BLOCKS:
            self.end_block()
            self.rows = 0

    def handle_endtag(self, tag: str) -> None:
        if self.hidden:
            self.hidden -= tag in HIDDEN
        elif tag == "a" and self.links:
            self.line += f"]({markdown.address(leading(self.links.pop()), self.site_url)})"
        elif tag == "code" and self.code is not None and not self.is_listing:
            self.line += markdown.cell_code("".join(self.code))
            self.code = None
        elif tag == "pre" and self.code is not None:
            self.end_block()
            self.lines += [markdown.fenced("".join(self.code)), ""]
            self.code, self.is_listing = None, False
        elif tag in {"td", "th"}:
            self.cells.append(self.line.strip())
            self.line = ""
        elif tag == "tr":
            self._end_row()
        elif tag == "li":
            self.end_line()
        elif tag in BLOCKS or tag in {"h3", "h4"}:
            self.end_block()

    def handle_data(self, data: str) -> None:
        if self.hidden:
            return
        if self.code is not None:
            self.code.append(data)
        elif self.line or data.strip():
            words = " ".join(data.split()) if data.strip() else ""
            # Spaces around a tag part words, but never double or after an opening bracket.
            before = " " if data[:1].isspace() and self.line[-1:] not in ("", " ", "[") else ""
            self.line += before + markdown.piece(words) + (" " if words and data[-1:].isspace() else "")

    def end_line(self) -> None:
        if line := self.line.strip():
            self.lines.append(f"{self.mark}{line if self.mark else markdown_start(line)}")
        self.line = self.mark = ""

    def end_block(self) -> None:
        self.end_line()
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def _end_row(self) -> None:
        self.lines.append(f"| {' | '.join(self.cells)} |")
        # Markdown has no table without a head: the first row is taken for it.
        if not self.rows:
            self.lines.append(f"| {' | '.join('---' for _ in self.cells)} |")
        self.rows += 1
        self.cells = []


def markdown_start(line: str) -> str:
    """Escape a line that would begin a heading or list."""
    return f"\\{line}" if line[:1] in "-+#" else line
