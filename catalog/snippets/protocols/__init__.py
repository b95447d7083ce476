"""Protocols, a module each, named as in `catalog.vocabulary.Protocol`."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from catalog.snippets.protocol import Dialect, Field


def _declared() -> Iterator[Dialect]:
    # Found by their files, so that a new protocol needs no entry in a list.
    for module in iter_modules(__path__):
        dialect = import_module(f"{__name__}.{module.name}").DIALECT
        if not isinstance(dialect, Dialect) or dialect.word.replace("-", "_") != module.name:
            raise TypeError(f"{__name__}.{module.name}: DIALECT is to be a Dialect of the module's own name")
        yield dialect


DIALECTS: Mapping[str, Dialect] = MappingProxyType({dialect.word: dialect for dialect in _declared()})
PROTOCOL_FIELDS: Mapping[str, Mapping[str, Field]] = MappingProxyType(
    {word: dialect.named for word, dialect in DIALECTS.items() if dialect.named}
)
"""Protocol -> fields, as in the SDKs anthropic 2.12.0, openai 3.54.0 and google-genai 3.4.0."""
LENGTHS = ("max_tokens", "max_completion_tokens", "max_output_tokens")
"""Fields that bound an answer's length."""
