"""Tags of a page's head."""

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
    """Return `things` and `trail` as one JSON-LD graph."""
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
    """Render a block once more, such as the title."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if isinstance(blocks, BlockContext) else None
    # A page that extends no other has no blocks.
    if not isinstance(block, BlockNode):
        return ""
    with context.push():
        return block.nodelist.render(context)
