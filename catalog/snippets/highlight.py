"""Highlights code as HTML on the server."""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import ClassVar

import pygments
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.lexers.data import JsonLexer
from pygments.lexers.shell import BashLexer
from pygments.token import String, _TokenType
from pygments.util import ClassNotFound

_Token = tuple[int, _TokenType, str]


class ShellLexer(BashLexer):
    """Bash, with single-quoted JSON objects highlighted."""

    name = "Shell with JSON"
    aliases: ClassVar[list[str]] = []

    def get_tokens_unprocessed(self, text: str, stack: Iterable[str] = ("root",)) -> Iterator[_Token]:
        """Lex as bash, then split quoted JSON."""
        for index, kind, value in super().get_tokens_unprocessed(text, stack):
            if kind is String.Single and value.startswith("'{") and value.endswith("}'"):
                yield index, String.Single, "'"
                for at, inner, part in _JSON.get_tokens_unprocessed(value[1:-1]):
                    yield index + 1 + at, inner, part
                yield index + len(value) - 1, String.Single, "'"
            else:
                yield index, kind, value


_JSON: Lexer = JsonLexer()
_FORMATTER: HtmlFormatter[str] = HtmlFormatter(nowrap=True)
_OWN: dict[str, type[Lexer]] = {"bash": ShellLexer, "sh": ShellLexer, "shell": ShellLexer}


@cache
def _lexer(name: str) -> Lexer:
    try:
        return _OWN[name](stripnl=False) if name in _OWN else get_lexer_by_name(name, stripnl=False)
    except ClassNotFound:
        # Markdown may name any language: code of an unknown one is only escaped.
        return get_lexer_by_name("text", stripnl=False)


@lru_cache(maxsize=2048)
def highlight(code: str, lexer: str) -> str:
    """Return the inside of `<pre><code>`, with Pygments' short classes."""
    return pygments.highlight(code, _lexer(lexer), _FORMATTER)
