"""Renders documentation pages as HTML."""

import re
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from catalog.snippets.highlight import highlight
from catalog.text.language import mark, say
from catalog.text.markdown_to_html import sanitise
from docs.fences import Fence, pieces

_HEADING = re.compile(r'<h([23]) id="([\w-]+)">(.*?)</h\1>', re.DOTALL)
_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_CODE = re.compile(
    r'(?:<div class="caption">(?P<caption>[^<]*)</div>\s*)?<pre><code class="language-(?P<language>\w+)">'
)
_TAG = re.compile(r"<[^>]+>")
LABELS = {
    "bash": mark("Shell"),
    "javascript": mark("JavaScript"),
    "json": mark("JSON"),
    "nginx": mark("nginx"),
    "python": mark("Python"),
    "toml": mark("TOML"),
}
"""Language -> label; all others are plain text."""


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of "on this page"; `level` is 2 or 3."""

    level: int
    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page's HTML and headings."""

    html: str
    headings: tuple[Heading, ...]


def render(text: str) -> Rendered:
    """Render a page, sanitized like all Markdown."""
    writer = Markdown(extensions=["tables", "sane_lists", "toc", _Fences()], output_format="html")
    html = sanitise(writer.convert(text))
    tokens: list[dict[str, Any]] = writer.toc_tokens  # type: ignore[attr-defined]
    return Rendered(_dress(html), tuple(_headings(tokens)))


def _headings(tokens: list[dict[str, Any]]) -> list[Heading]:
    headings: list[Heading] = []
    for token in tokens:
        if token["level"] in (2, 3):
            headings.append(Heading(token["level"], token["id"], unescape(token["name"])))
        headings += _headings(token["children"])
    return headings


def _dress(html: str) -> str:
    # After the sanitizer, which forbids these attributes to editors.
    html = _HEADING.sub(_anchored, html)
    html = _TABLE.sub(_framed, html)
    return _CODE.sub(_labelled, html)


def _anchored(match: re.Match[str]) -> str:
    level, anchor, inner = match.groups()
    name = _TAG.sub("", inner)
    attributes = f'aria-label="{_named(say("Link to this section: {name}", name=name))}" data-markdown-ignore'
    link = f'<a class="anchor" href="#{anchor}" {attributes}>#</a>'
    return f'<h{level} id="{anchor}">{inner} {link}</h{level}>'


def _framed(match: re.Match[str]) -> str:
    frame = f'<div class="table-scroll" role="group" aria-label="{_named(say("Table"))}" tabindex="0">'
    return f"{frame}{match[0]}</div>"


def _labelled(match: re.Match[str]) -> str:
    language, caption = match["language"], match["caption"]
    label = _named(say(LABELS.get(language, mark("Text"))))
    above = f'<div class="code-caption">{caption}</div>' if caption else ""
    named = f"{label}, {caption}" if caption else label
    frame = f'<pre class="code" tabindex="0" role="group" aria-label="{named}">'
    return f'{above}{frame}<code class="language-{language}">'


def _named(words: str) -> str:
    """Escape words for an attribute."""
    return words.replace('"', "&quot;")


class _Fences(Extension):
    """Fenced code, highlighted as on model pages."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        # 25 is the priority of the library's own fences: after line ends are unified, before HTML is read.
        md.preprocessors.register(_FencePreprocessor(md), "fences", 25)


class _FencePreprocessor(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        written: list[str] = []
        for piece in pieces(lines):
            written += [piece] if isinstance(piece, str) else ["", self._block(piece), ""]
        return written

    def _block(self, fence: Fence) -> str:
        coloured = highlight(fence.code, fence.language) if fence.language in LABELS else escape(fence.code)
        caption = f'<div class="caption">{escape(fence.caption)}</div>' if fence.caption else ""
        html = f'<pre><code class="language-{escape(fence.language)}">{coloured.rstrip()}\n</code></pre>'
        # Stashed, so that nothing in the code is read as Markdown.
        return str(self.md.htmlStash.store(caption + html))
