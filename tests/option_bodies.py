"""What each protocol adds to a body to say an option: option -> protocol -> what is added."""

from catalog.snippets import dialect
from catalog.snippets.protocols import DIALECTS


def added(option):
    return {word: one.forms[option].added for word, one in DIALECTS.items() if option in one.forms}


CACHING = added(dialect.CACHING)
STRUCTURED = added(dialect.STRUCTURED)
THINKING = added(dialect.THINKING)
TOOLS = added(dialect.TOOLS)
