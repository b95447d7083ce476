"""A tag that says once more what a block of the page says, such as its title in the card of a link."""

from django import template
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockContext, BlockNode
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def again(context: Context, name: str) -> SafeString | str:
    """Render the block of this name as the page does; empty where it extends no other."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if isinstance(blocks, BlockContext) else None
    if not isinstance(block, BlockNode):
        return ""
    with context.push():
        return block.nodelist.render(context)
