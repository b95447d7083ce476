"""Renders editors' Markdown as sanitized HTML, when saved, never per request."""

import re
import threading

import nh3
from markdown import Markdown

from catalog.text.clean_prose import is_safe_link

TAGS = {
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "div",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "span",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
}
LONGEST = 100_000
# Python-Markdown searches from each `[` to the end of the text for its `]`: that is quadratic.
MOST_BRACKET_STEPS = 4_000_000

_SAFE_LINK = re.compile(r"(?:https?://[^/\s]|mailto:|/(?!/)|#|[\w.-]+(?:[/?#]|$))", re.IGNORECASE)


def render_markdown(text: str) -> str:
    """Render Markdown without raw HTML, images or unsafe links."""
    if not text:
        return ""
    text = text[:LONGEST].replace("\0", "")
    if text.count("[") * len(text) > MOST_BRACKET_STEPS:
        text = text.replace("[", "\\[")
    return sanitise(_renderer().reset().convert(text))


def sanitise(html: str) -> str:
    """Keep only harmless elements and links."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href", "title"}, "code": {"class"}, "span": {"class"}, "div": {"class"},
                    "th": {"align"}, "td": {"align"}, **{f"h{level}": {"id"} for level in range(2, 7)}},
        attribute_filter=_filter,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )  # fmt: skip


def _filter(element: str, attribute: str, value: str) -> str | None:
    if (element, attribute) == ("a", "href") and not (_SAFE_LINK.match(value) and is_safe_link(value)):
        return None
    return value


_of_thread = threading.local()


def _renderer() -> Markdown:
    # A renderer keeps state while it converts, so threads must not share one.
    if not hasattr(_of_thread, "renderer"):
        _of_thread.renderer = Markdown(
            extensions=["fenced_code", "tables", "sane_lists"], output_format="html"
        )
    renderer: Markdown = _of_thread.renderer
    return renderer
