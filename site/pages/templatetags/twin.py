"""Filters of Markdown templates."""

from typing import Any
from urllib.parse import quote, urlsplit

from django import template
from django.template.loader import render_to_string

from catalog.presentation.wording import markdown
from catalog.presentation.wording.subject import read_site
from pages import markdown_pages
from pages.html_to_markdown import html_to_markdown

register = template.Library()

# Nothing is escaped there by itself: each value passes through one of these.
register.filter("md", markdown.text)
register.filter("said", markdown.said)
register.filter("cell_said", markdown.cell_said)
register.filter("piece", markdown.piece)
register.filter("code", markdown.code)
register.filter("cell_code", markdown.cell_code)
register.filter("fenced", markdown.fenced)


@register.filter
def address(href: object) -> str:
    """Return a page's absolute address, or a source's as it is."""
    return markdown.address(href, read_site().url)


@register.filter
def twin(href: object) -> str:
    """Return the absolute address of a page's Markdown."""
    parts = urlsplit(str(href))
    path = "/index.md" if parts.path == "/" else f"{parts.path}.md"
    # The suffix belongs to the path, before the query.
    return address(f"{path}?{parts.query}" if parts.query else path)


@register.filter
def written(source: str, path: str = "") -> str:
    """Return an editor's Markdown."""
    site = read_site().url
    return markdown.written(source, site, f"{site}{path}", markdown_pages.leading)


@register.filter
def leading(href: object) -> str:
    """Return a link's absolute address, in Markdown where possible."""
    return address(markdown_pages.leading(str(href)))


@register.simple_tag(takes_context=True)
def section_from_html(context: template.Context, one: Any) -> str:
    """Write a section's HTML as Markdown."""
    values = {**{str(name): value for name, value in context.flatten().items()}, "content": one.content}
    return html_to_markdown(render_to_string(one.section.partial, values), read_site().url)


@register.filter
def family_path(slug: str) -> str:
    """Return a family's path."""
    return f"/models/{quote(slug, safe=':@~')}"


@register.filter
def provider_path(slug: str) -> str:
    """Return a provider's path."""
    return f"/providers/{quote(slug, safe=':@~')}"
