"""The protocols, a module each: a new one is a module here and its word in `catalog.vocabulary.Protocol`."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from catalog.snippets.protocol import Dialect, Field


def _declared() -> Iterator[Dialect]:
    for module in iter_modules(__path__):
        dialect = import_module(f"{__name__}.{module.name}").DIALECT
        if not isinstance(dialect, Dialect) or dialect.word.replace("-", "_") != module.name:
            raise TypeError(f"{__name__}.{module.name}: DIALECT is to be a Dialect of the module's own name")
        yield dialect


DIALECTS: Mapping[str, Dialect] = MappingProxyType({dialect.word: dialect for dialect in _declared()})
"""Protocol -> what is declared of it."""
PROTOCOL_FIELDS: Mapping[str, Mapping[str, Field]] = MappingProxyType(
    {word: dialect.named for word, dialect in DIALECTS.items() if dialect.named}
)
"""Protocol -> its fields, by the SDKs anthropic 2.12.0, openai 3.54.0 and google-genai 3.4.0."""
LENGTHS = ("max_tokens", "max_completion_tokens", "max_output_tokens")
"""Fields that bound how long an answer is: none can ask for more than the model can give."""
