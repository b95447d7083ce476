"""Filters for computed sentences and code."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_CODE = re.compile(r"`([^`]+)`")
_BREAKS = re.compile(r"([/_:.\-]+)")


@register.filter
def prose(text: object) -> SafeString:
    """Escape a sentence; backticks become code."""
    escaped = str(conditional_escape(str(text)))
    return mark_safe(_CODE.sub(r"<code>\1</code>", escaped))  # noqa: S308 - escaped just above


@register.filter
def breakable(identifier: object) -> SafeString:
    """Escape an ID or path, and allow line breaks in it."""
    parts = _BREAKS.split(str(identifier))
    return mark_safe(  # noqa: S308 - each part is escaped
        "".join(
            str(conditional_escape(part)) + ("<wbr>" if number % 2 else "")
            for number, part in enumerate(parts)
        )
    )
