"""Filters of Markdown templates, where nothing is escaped: every value passes through one."""

from typing import Any
from urllib.parse import quote, urlsplit

from django import template
from django.template.loader import render_to_string

from catalog.presentation.wording import markdown
from catalog.presentation.wording.subject import read_site
from pages import markdown_pages
from pages.html_to_markdown import html_to_markdown

register = template.Library()

register.filter("md", markdown.text)
register.filter("said", markdown.said)
register.filter("cell_said", markdown.cell_said)
register.filter("piece", markdown.piece)
register.filter("code", markdown.code)
register.filter("cell_code", markdown.cell_code)
register.filter("fenced", markdown.fenced)


@register.filter
def address(href: object) -> str:
    """Return the absolute address of a page of this site, or of a source as it is."""
    return markdown.address(href, read_site().url)


@register.filter
def twin(href: object) -> str:
    """Return the absolute address of a page's Markdown: `.md` comes before the query."""
    parts = urlsplit(str(href))
    path = "/index.md" if parts.path == "/" else f"{parts.path}.md"
    return address(f"{path}?{parts.query}" if parts.query else path)


@register.filter
def written(source: str, path: str = "") -> str:
    """Return an editor's Markdown."""
    site = read_site().url
    return markdown.written(source, site, f"{site}{path}", markdown_pages.leading)


@register.filter
def leading(href: object) -> str:
    """Return the absolute address of a link's target, in Markdown where it is a page of this site."""
    return address(markdown_pages.leading(str(href)))


@register.simple_tag(takes_context=True)
def section_from_html(context: template.Context, one: Any) -> str:
    """Write the HTML of a section as Markdown."""
    values = {**{str(name): value for name, value in context.flatten().items()}, "content": one.content}
    return html_to_markdown(render_to_string(one.section.partial, values), read_site().url)


@register.filter
def family_path(slug: str) -> str:
    """Return the path of a family's page."""
    return f"/models/{quote(slug, safe=':@~')}"


@register.filter
def provider_path(slug: str) -> str:
    """Return the path of a provider's page."""
    return f"/providers/{quote(slug, safe=':@~')}"
