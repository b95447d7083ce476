"""Names other catalogs' models: `{provider}/{id}`, or the bare ID for one chosen provider."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from catalog.exchange.document import Citation, FamilyEntry, ModelEntry, PriceEntry, ProviderEntry
from catalog.exchange.file_prices import checked
from catalog.exchange.file_table import FileTable
from catalog.exchange.foreign_endings import source_rows
from catalog.exchange.offered_prices import OfferedPrices
from catalog.exchange.reader_base import CatalogReading, ReadCatalog
from catalog.pricing.money import check_currency
from catalog.records.end_of_life import governed
from catalog.text.identifiers import check_model_id, check_name, check_slug, check_text, short_name
from catalog.text.refusal import shown
from catalog.vocabulary import CAPABILITIES

LONGEST_FAMILY = 100
LONGEST_PROVIDER = LONGEST_FAMILY - len(".models")
_NOT_OF_SLUGS = re.compile(r"[^a-z0-9]+")


@dataclass(slots=True)
class ForeignListing:
    """A catalog being read; `chosen` limits it to one provider."""

    reading: CatalogReading
    origin: ReadCatalog
    chosen: str | None = None
    _slugs: set[str] = field(default_factory=set)

    def wants(self, provider: str) -> bool:
        """Whether to read a provider."""
        return self.chosen is None or provider == self.chosen

    def model_id(self, provider: str, id_: str) -> str:
        """Return the ID that a model of a provider has here."""
        return id_ if self.chosen else f"{provider}/{id_}"

    def offer(self, table: FileTable, source_url: str | None = None) -> OfferedPrices:
        """Begin a row's prices."""
        currency = checked(table, "currency", table.text("currency") or "USD", check_currency)
        return OfferedPrices(table, self.origin, source_url or self.origin.url, currency)

    def model(
        self,
        table: FileTable,
        id_: str,
        provider: tuple[str, str],
        *,
        family: str | None,
        fields: Mapping[str, Any],
        abilities: Mapping[str, bool | None],
        prices: list[PriceEntry],
    ) -> ModelEntry:
        """Return a row's entry, with provider and family."""
        slug, name = provider
        id_ = id_.strip()
        model_id = self.model_id(slug, id_)
        try:
            check_text(id_, longest=10_000)
            check_slug(slug)
            check_text(slug, longest=LONGEST_PROVIDER)
            check_model_id(model_id)
            check_name(name)
        except ValueError as error:
            raise table.refuse(None, str(error)) from error
        line, line_name = _line(slug, name, family, id_)
        self._parents(table, (slug, name), (line, line_name))
        stated = {name: value for name, value in fields.items() if value is not None}
        if stated.get("end_of_life"):
            stated = {name: value for name, value in governed(stated).items() if value is not None}
        for key, answer in (("capabilities", True), ("lacks", False)):
            words = [word for word in CAPABILITIES if abilities.get(word) is answer]
            stated |= {key: words} if words else {}
        sources = source_rows(self.cited(), stated.keys(), stated.get("end_of_life", ()))
        return ModelEntry(
            model_id=model_id,
            family=line,
            fields={"slug": _slug_of(id_, model_id), **stated},
            place=table.place(),
            groups={"sources": sources} if sources else {},
            prices=prices,
            abilities={word: has_it for word, has_it in abilities.items() if has_it is not None},
            listed_as=(f"{slug}/{id_}", id_),
        )

    def alias(self, table: FileTable, provider: str, id_: str) -> str:
        """Return the name that an alias at a provider has here."""
        try:
            return check_model_id(self.model_id(provider, check_text(id_, longest=200)))
        except ValueError as error:
            raise table.refuse(None, f"the alias {shown(id_)}: {error}") from error

    def cited(self) -> Citation:
        """Return the catalog as a source."""
        return Citation(self.origin.label, self.origin.url, self.origin.day)

    def _parents(self, table: FileTable, provider: tuple[str, str], family: tuple[str, str]) -> None:
        place, document = table.place(), self.reading.document
        if provider[0] not in self._slugs:
            self._slugs.add(provider[0])
            document.providers.append(ProviderEntry(provider[0], {"name": provider[1]}, place))
        if f"/{family[0]}" not in self._slugs:
            self._slugs.add(f"/{family[0]}")
            document.families.append(FamilyEntry(family[0], provider[0], {"name": family[1]}, place))


def _line(provider: str, provider_name: str, family: str | None, id_: str) -> tuple[str, str]:
    word = family or (id_.partition("/")[0] if "/" in id_ else "")
    rest = _NOT_OF_SLUGS.sub("-", word.lower()).strip("-")
    if not rest:
        return f"{provider}.models", provider_name
    # A family has one provider here: openrouter.anthropic is not vercel.anthropic.
    return f"{provider}.{rest}"[:LONGEST_FAMILY].rstrip("-."), short_name(word)


def _slug_of(id_: str, model_id: str) -> str:
    try:
        return check_model_id(id_)
    except ValueError:
        return model_id
