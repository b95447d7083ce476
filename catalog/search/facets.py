"""The facets that models are found by, one row each: what a model counts as, and how values are said.

Values of time (lifecycle, status, prices) hold for spans; all others hold as long as the record does.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto

from catalog.pricing.money import plain, usd
from catalog.records.record import Record
from catalog.text.language import mark, say
from catalog.vocabulary import CAPABILITIES, Lifecycle, Modality, Protocol, Severity

UNKNOWN = "unknown"
ABOVE = "above"
CONTEXTS = (8_000, 32_000, 128_000, 200_000, 400_000, 1_000_000)
AMOUNTS = tuple(map(Decimal, ("0", "0.1", "0.25", "0.5", "1", "2", "3", "5", "10", "25", "100")))
OFFERED_AMOUNTS = tuple(map(Decimal, ("0", "0.1", "0.5", "1", "3", "10")))
RETIRED = "retired"
RETIRING = frozenset({"deprecated", RETIRED})


class Kind(Enum):
    """How the values of a facet are chosen."""

    ANY = auto()
    """Several are alternatives."""
    ALL = auto()
    """A model has several; all that are chosen are wanted."""
    LEAST = auto()
    """One lower bound of a number."""
    MOST = auto()
    """One upper bound of an amount."""
    AFTER = auto()
    """One day that models are younger than."""
    FLAG = auto()
    """Chosen or not."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet; `name` is its parameter.

    `source` is the facet that is stored where that is another, `read` what a record counts as; a facet of
    time has none. A `wide` facet has so many values that pages show the commonest only.
    """

    name: str
    heading: str
    kind: Kind = Kind.ANY
    read: Callable[[Record], Iterable[str]] | None = None
    labels: dict[str, str] | None = None
    source: str = ""
    wide: bool = False

    @property
    def stored(self) -> str:
        """Name the facet under which its bits are stored."""
        return self.source or self.name


def _context(record: Record) -> list[str]:
    return [context_step(record["context_window"])]


def _weights(record: Record) -> list[str]:
    return [UNKNOWN if record["open_weights"] is None else str(record["open_weights"]).lower()]


FACETS: dict[str, Facet] = {
    facet.name: facet
    for facet in (
        Facet(
            "capability", mark("Capability"), Kind.ALL, lambda record: record["capabilities"], CAPABILITIES
        ),
        Facet("min_context", mark("Context window"), Kind.LEAST, _context, source="context"),
        Facet("max_input_price", mark("Input per 1M tokens"), Kind.MOST, source="input_price"),
        Facet("max_output_price", mark("Output per 1M tokens"), Kind.MOST, source="output_price"),
        Facet("retiring", mark("Availability"), Kind.FLAG, source="lifecycle"),
        Facet("priced", mark("Availability"), Kind.FLAG),
        Facet("retired", mark("Availability"), Kind.FLAG, source="lifecycle"),
        Facet("lifecycle", mark("Lifecycle"), labels=dict(Lifecycle.choices)),
        Facet("status", mark("Status"), labels=dict(Severity.choices)),
        Facet(
            "modality",
            mark("Modality"),
            read=lambda record: [record["modality"] or UNKNOWN],
            labels=dict(Modality.choices),
        ),
        Facet(
            "input_modality",
            mark("Input modality"),
            Kind.ALL,
            lambda record: record["input_modalities"],
            dict(Modality.choices),
        ),
        Facet(
            "output_modality",
            mark("Output modality"),
            Kind.ALL,
            lambda record: record["output_modalities"],
            dict(Modality.choices),
        ),
        Facet("provider", mark("Provider"), read=lambda record: [record["provider"]["slug"]], wide=True),
        Facet("family", mark("Family"), read=lambda record: [record["family"]["slug"]], wide=True),
        Facet(
            "protocol",
            mark("Protocol"),
            Kind.ALL,
            lambda record: [endpoint["protocol"] for endpoint in record["endpoints"]],
            dict(Protocol.choices),
        ),
        Facet(
            "open_weights",
            mark("Open weights"),
            read=_weights,
            labels={"true": mark("Open"), "false": mark("Not open")},
        ),
        Facet(
            "released_after",
            mark("Released"),
            Kind.AFTER,
            lambda record: [(record["released_on"] or UNKNOWN)[:7]],
            source="released",
        ),
    )
}
LISTS = tuple(name for name, facet in FACETS.items() if facet.kind in (Kind.ANY, Kind.ALL))
"""The facets of which several values can be chosen."""


def still(record: Record) -> Iterable[tuple[str, str]]:
    """Give the stored facets and values of a record that time does not change."""
    yield "", ""
    for facet in FACETS.values():
        if facet.read:
            for value in sorted(set(facet.read(record))):
                yield facet.stored, value[:100]


def context_step(tokens: int | None) -> str:
    """Give the largest step that a context window reaches, 0 where it is less than all."""
    if tokens is None:
        return UNKNOWN
    return str(max((step for step in CONTEXTS if step <= tokens), default=0))


def amount_step(amount: Decimal) -> str:
    """Give the smallest step that an amount is within."""
    return next((plain(step) for step in AMOUNTS if amount <= step), ABOVE)


def label(name: str, value: str) -> str:
    """Say a value for people; a name that only the database knows stays as it is."""
    facet = FACETS[name]
    if facet.kind is Kind.LEAST:
        return say("{number} or more", number=f"{int(value):,}")
    if facet.kind is Kind.MOST:
        return say("{amount} or less", amount=usd(value)) if Decimal(value) else say("Free")
    if facet.kind is Kind.AFTER:
        day = date.fromisoformat(value)
        if (day.month, day.day) == (12, 31):
            return say("{year} or later", year=day.year + 1)
        return say("After {day}", day=value)
    if name == "retiring":
        return say("Being retired") if value == "true" else say("Not being retired")
    if name == "priced":
        return say("With a sell price")
    if name == "retired":
        return say("Retired models, too")
    if value == UNKNOWN:
        return say("Not stated")
    return say(facet.labels[value]) if facet.labels and value in facet.labels else value
