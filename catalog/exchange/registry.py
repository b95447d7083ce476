"""The formats that are read and written: a new one is a module and a row here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from catalog.exchange import catalog_file, genai_prices, litellm, models_dev, openrouter
from catalog.exchange.exports.writing import WRITERS, Writer
from catalog.exchange.reader_base import CatalogReading, ReadCatalog

Parse = Callable[..., CatalogReading]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: name, citation, reader."""

    name: str
    label: str
    url: str
    parse: Parse | None = None
    reads_tree: bool = False

    @property
    def render(self) -> Writer | None:
        """Return its writer, if any."""
        return WRITERS.get(self.name)

    def read(self, content: Any, file: str, at: datetime, provider: str | None = None) -> CatalogReading:
        """Read a file or tree; CatalogFileError if it is neither."""
        if self.parse is None:
            raise TypeError(f"{self.name} is not read")
        return self.parse(content, ReadCatalog(self.name, self.label, self.url, at, file), provider)


# States a whole catalog; other formats are cited value by value.
OWN = "toml"

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        row.name: row
        for row in (
            Format(OWN, "This site's own format", "", catalog_file.read_upload, reads_tree=True),
            Format(
                "models-dev", "models.dev", "https://models.dev/api.json", models_dev.parse, reads_tree=True
            ),
            Format(
                "litellm",
                "LiteLLM",
                "https://github.com/BerriAI/litellm/blob/main/model_prices_and_context_window.json",
                litellm.parse,
            ),
            Format("openrouter", "OpenRouter", "https://openrouter.ai/api/v1/models", openrouter.parse),
            Format(
                "genai-prices", "genai-prices", "https://github.com/pydantic/genai-prices", genai_prices.parse
            ),
        )
    }
)

READABLE: tuple[str, ...] = tuple(name for name, row in FORMATS.items() if row.parse and name != OWN)
