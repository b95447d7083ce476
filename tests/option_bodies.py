"""What each protocol adds to a body to say an option: option -> protocol -> what is added."""

from catalog.snippets import protocol
from catalog.snippets.protocols import DIALECTS


def added(option):
    return {word: one.forms[option].added for word, one in DIALECTS.items() if option in one.forms}


CACHING = added(protocol.CACHING)
STRUCTURED = added(protocol.STRUCTURED)
THINKING = added(protocol.THINKING)
TOOLS = added(protocol.TOOLS)
