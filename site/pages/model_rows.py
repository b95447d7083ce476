"""Models as rows or tiles of lists."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from catalog.pricing.price import PriceRecord
from catalog.pricing.units import unit_label
from catalog.records.facts import Facts, headline
from catalog.records.fields import BY_NAME
from catalog.records.phrases import amount
from catalog.text.dates_and_ratios import spoken
from catalog.text.language import say
from catalog.vocabulary import Lifecycle, Modality, Severity


@dataclass(frozen=True, slots=True)
class RowPrice:
    """A price in a list."""

    text: str
    unit: str = ""
    is_list: bool = False
    is_known: bool = True
    is_inferred: bool = False  # its unit


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One model in a list."""

    model_id: str
    name: str
    path: str
    provider: str
    provider_slug: str
    family: str
    family_slug: str
    modality: str
    lifecycle: str
    lifecycle_label: str
    status: str
    status_label: str
    context: str
    released: str
    input: RowPrice
    output: RowPrice
    headline: RowPrice
    is_token_priced: bool
    retires: str
    released_on: str = ""
    retires_on: str = ""
    context_applies: bool = True


@dataclass(frozen=True, slots=True)
class ModelTable:
    """A table of models."""

    rows: list[ModelRow]

    # A column that no row could fill is left out.
    @property
    def is_token_priced(self) -> bool:
        """Whether input and output have columns."""
        return any(row.is_token_priced for row in self.rows)

    @property
    def has_context(self) -> bool:
        """Whether any model states a context window."""
        return any(row.context for row in self.rows)

    @property
    def has_released(self) -> bool:
        """Whether any model states a release date."""
        return any(row.released for row in self.rows)


def not_published() -> RowPrice:
    """Return the words for a missing price."""
    return RowPrice(say("Not on record"), is_known=False)  # never 0


def listing(models: Iterable[Facts]) -> ModelTable:
    """Return models as a table."""
    return ModelTable(rows(models))


def rows(models: Iterable[Facts]) -> list[ModelRow]:
    """Return models as rows."""
    return [row(facts) for facts in models]


def row(facts: Facts) -> ModelRow:
    """Return one model as a row."""
    record = facts.record
    is_token_priced = any(price["meter"].endswith("_tokens") for price in facts.prices)
    return ModelRow(
        model_id=record["model_id"],
        name=record["name"],
        path=record["path"],
        provider=record["provider"]["name"],
        provider_slug=record["provider"]["slug"],
        family=record["family"]["name"],
        family_slug=record["family"]["slug"],
        modality=str(Modality(record["modality"]).label) if record["modality"] else say("Not stated"),
        lifecycle=facts.lifecycle or "unknown",
        lifecycle_label=str(Lifecycle(facts.lifecycle).label) if facts.lifecycle else say("Not stated"),
        status=facts.status.severity if facts.status else "",
        status_label=str(Severity(facts.status.severity).label) if facts.status else "",
        context=f"{record['context_window']:,}" if record["context_window"] else "",
        released=spoken(record["released_on"]) if record["released_on"] else "",
        input=_quoted(facts.quoted("input_tokens")),
        output=_quoted(facts.quoted("output_tokens")),
        headline=_headline(facts),
        is_token_priced=is_token_priced,
        retires=spoken(record["retires_on"]) if record["retires_on"] and not facts.is_retired else "",
        released_on=record["released_on"] or "",
        retires_on=record["retires_on"] or "",
        context_applies=BY_NAME["context_window"].applies_to(record),
    )


def _quoted(price: PriceRecord | None) -> RowPrice:
    if price is None:
        return not_published()
    has_amount = price["amount"] is not None
    return RowPrice(
        amount(price),
        unit_label(price["meter"], price["per"]) if has_amount else "",
        is_list=price["kind"] == "list",
        is_known=has_amount,
        is_inferred=price["unit_is_inferred"],
    )


def _headline(current: Facts) -> RowPrice:
    # A tile has room for one price.
    first = headline(current)
    price = _quoted(first.price if first else None)
    if not (first and first.is_from):
        return price
    return replace(price, text=say("from {amount}", amount=price.text))
