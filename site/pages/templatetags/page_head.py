"""Tags of a page's head: what it says to programs, and what it says once more for the card of a link."""

import json
from typing import Any

from django import template
from django.template.context import Context, RequestContext
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockContext, BlockNode
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from pages.structured_data import breadcrumbs

register = template.Library()

_ESCAPES = {ord(mark): f"\\u{ord(mark):04X}" for mark in "<>&"}


@register.simple_tag(takes_context=True)
def linked_data(context: RequestContext) -> SafeString | str:
    """Return the page's `things` and breadcrumb `trail` as one graph; nothing where it has neither."""
    things: list[dict[str, Any]] = list(context.get("things") or [])
    if trail := context.get("trail"):
        things.append(breadcrumbs(trail, context["site"].url))
    if not things:
        return ""
    graph = {"@context": "https://schema.org", "@graph": things}
    script = json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    # No character of it can end the element.
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(script))  # noqa: S308


@register.simple_tag(takes_context=True)
def again(context: Context, name: str) -> SafeString | str:
    """Render the block of this name, such as the title, as the page does; empty where it extends no other."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if isinstance(blocks, BlockContext) else None
    if not isinstance(block, BlockNode):
        return ""
    with context.push():
        return block.nodelist.render(context)
