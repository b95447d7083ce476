"""The facets of models, one row each."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from catalog.pricing.money import plain, usd
from catalog.records.record import Record
from catalog.search.facet import LIST_KINDS, UNKNOWN, AgentArgument, Facet, FacetDocs, Kind
from catalog.text.language import mark, say
from catalog.vocabulary import CAPABILITIES, Lifecycle, Modality, Protocol, Severity

ABOVE = "above"
CONTEXTS = (8_000, 32_000, 128_000, 200_000, 400_000, 1_000_000)
AMOUNTS = tuple(map(Decimal, ("0", "0.1", "0.25", "0.5", "1", "2", "3", "5", "10", "25", "100")))
OFFERED_AMOUNTS = tuple(map(Decimal, ("0", "0.1", "0.5", "1", "3", "10")))
RETIRED = "retired"
RETIRING = frozenset({"deprecated", RETIRED})
_PRICE_TOOL = AgentArgument("USD per 1M tokens, as a decimal string.")


def _context(record: Record) -> list[str]:
    return [context_step(record["context_window"])]


def _weights(record: Record) -> list[str]:
    return [UNKNOWN if record["open_weights"] is None else str(record["open_weights"]).lower()]


_ROWS = (
    Facet(
        "capability",
        mark("Capability"),
        FacetDocs(
            keeps="with this capability on record, such as `streaming`",
            asks="All of them must be recorded.",
            place=7,
            tool=AgentArgument("All of these, as in tool_use."),
        ),
        Kind.ALL,
        lambda record: record["capabilities"],
        labels=CAPABILITIES,
        is_open=True,
    ),
    Facet(
        "min_context",
        mark("Context window"),
        FacetDocs(
            keeps="whose context window is at least this many tokens",
            asks="Tokens.",
            place=11,
            tool=AgentArgument("Tokens."),
        ),
        Kind.LEAST,
        _context,
        source="context",
        steps=CONTEXTS,
        column="context_window",
        bound=mark("Context of at least"),
        is_open=True,
    ),
    Facet(
        "max_input_price",
        mark("Input per 1M tokens"),
        FacetDocs(
            keeps="that cost at most this many US dollars per 1M tokens, by sell price, else by list price",
            asks="USD per 1M tokens, sell price or else list price.",
            noun="price",
            place=12,
            tool=_PRICE_TOOL,
        ),
        Kind.MOST,
        source="input_price",
        bound=mark("Input at most, $ per 1M"),
        is_open=True,
    ),
    Facet(
        "max_output_price",
        mark("Output per 1M tokens"),
        FacetDocs(
            beside="max_input_price",
            asks="USD per 1M tokens, sell price or else list price.",
            noun="price",
            place=13,
            tool=_PRICE_TOOL,
        ),
        Kind.MOST,
        source="output_price",
        bound=mark("Output at most, $ per 1M"),
    ),
    Facet(
        "retiring",
        mark("Availability"),
        FacetDocs(
            keeps="neither deprecated nor retired, nor with a retirement date; `true` gives the others",
            asks="`false`: neither retired nor announced to be; `true`: one of both.",
            place=16,
            tool=None,
        ),
        Kind.EITHER,
        source="lifecycle",
        yes=RETIRING,
        labels={"true": mark("Being retired"), "false": mark("Not being retired")},
    ),
    Facet(
        "priced",
        mark("Availability"),
        FacetDocs(
            keeps="with a sell price in force",
            asks="Only models with a sell price in force.",
            place=15,
            tool=AgentArgument("Only models that this site charges a price for."),
        ),
        Kind.FLAG,
        labels={"true": mark("With a sell price")},
        is_open=True,
    ),
    Facet(
        "retired",
        mark("Availability"),
        FacetDocs(
            keeps="also retired models, which lists leave out; `lifecycle=retired` gives these alone",
            asks="Also retired models, which lists leave out; `lifecycle=retired` gives these alone.",
            place=17,
            tool=AgentArgument("Also retired models, which are left out else."),
        ),
        Kind.FLAG,
        source="lifecycle",
        labels={"true": mark("Retired models, too")},
    ),
    Facet(
        "lifecycle",
        mark("Lifecycle"),
        FacetDocs(keeps="at this stage", place=8, tool=AgentArgument("", takes_one=True)),
        words=Lifecycle,
    ),
    Facet(
        "status",
        mark("Status"),
        FacetDocs(keeps="in this health", place=9, tool=None),
        words=Severity,
    ),
    Facet(
        "modality",
        mark("Modality"),
        FacetDocs(
            keeps="with this modality",
            place=3,
            tool=AgentArgument("What the model mainly makes.", takes_one=True),
        ),
        read=lambda record: [record["modality"] or UNKNOWN],
        words=Modality,
    ),
    Facet(
        "input_modality",
        mark("Input modality"),
        FacetDocs(
            beside="modality",
            asks="All of them must be accepted.",
            noun="modality",
            place=4,
            tool=AgentArgument("All of these must be accepted; a model that sees takes image.", most=5),
        ),
        Kind.ALL,
        lambda record: record["input_modalities"],
        words=Modality,
    ),
    Facet(
        "output_modality",
        mark("Output modality"),
        FacetDocs(
            beside="modality",
            noun="modality",
            place=5,
            tool=AgentArgument("All of these must be made.", most=5),
        ),
        Kind.ALL,
        lambda record: record["output_modalities"],
        words=Modality,
    ),
    Facet(
        "provider",
        mark("Provider"),
        FacetDocs(
            keeps="of this provider or family, by slug",
            asks="Provider slug; repeat for alternatives.",
            place=1,
            tool=AgentArgument("Slug of a provider, as in anthropic.", takes_one=True),
        ),
        read=lambda record: [record["provider"]["slug"]],
        wide=True,
    ),
    Facet(
        "family",
        mark("Family"),
        FacetDocs(
            beside="provider",
            asks="Family slug; repeat for alternatives.",
            place=2,
            tool=AgentArgument("Slug of a family, as in claude.", takes_one=True),
        ),
        read=lambda record: [record["family"]["slug"]],
        wide=True,
    ),
    Facet(
        "protocol",
        mark("Protocol"),
        FacetDocs(
            keeps="that speak this protocol, such as `anthropic-messages`",
            place=6,
            tool=AgentArgument("As in anthropic-messages or openai-chat.", takes_one=True, place=8),
        ),
        Kind.ALL,
        lambda record: [endpoint["protocol"] for endpoint in record["endpoints"]],
        labels=dict(Protocol.choices),
    ),
    Facet(
        "open_weights",
        mark("Open weights"),
        FacetDocs(
            keeps="whose weights are open",
            asks="Whether the weights are open; alternatives.",
            place=10,
            tool=None,
        ),
        read=_weights,
        words=("true", "false", UNKNOWN),
        labels={"true": mark("Open"), "false": mark("Not open")},
        is_chip_named=True,
    ),
    Facet(
        "released_after",
        mark("Released"),
        FacetDocs(keeps="released after this date", noun="year of release", place=14, tool=AgentArgument("")),
        Kind.AFTER,
        lambda record: [(record["released_on"] or UNKNOWN)[:7]],
        source="released",
        column="released_on",
        bound=mark("Released after"),
    ),
)
FACETS: dict[str, Facet] = {facet.name: facet for facet in _ROWS}
"""Name -> facet, in the order of the list page."""
LISTS = tuple(name for name, facet in FACETS.items() if facet.kind in LIST_KINDS)
"""Facets with several values."""
PARAMETERS = tuple(sorted(FACETS.values(), key=lambda facet: facet.docs.place))
"""Facets in the order of the API's documentation."""


def still(record: Record) -> Iterable[tuple[str, str]]:
    """Yield a record's facets and values that time does not change."""
    # A facet of all models: its bits say which models exist.
    yield "", ""
    for facet in FACETS.values():
        if facet.read:
            for value in sorted(set(facet.read(record))):
                yield facet.stored, value[:100]


def context_step(tokens: int | None) -> str:
    """Return the largest step that a context window reaches, "0" below all."""
    if tokens is None:
        return UNKNOWN
    return str(max((step for step in CONTEXTS if step <= tokens), default=0))


def amount_step(amount: Decimal) -> str:
    """Return the smallest step that holds an amount."""
    return next((plain(step) for step in AMOUNTS if amount <= step), ABOVE)


def label(name: str, value: str) -> str:
    """Return a value for people."""
    facet = FACETS[name]
    if facet.kind is Kind.LEAST:
        return say("{number} or more", number=f"{int(value):,}")
    if facet.kind is Kind.MOST:
        return say("{amount} or less", amount=usd(value)) if Decimal(value) else say("Free")
    if facet.kind is Kind.AFTER:
        day = date.fromisoformat(value)
        # Years are offered as the last day before them: see `facet_index.offered`.
        if (day.month, day.day) == (12, 31):
            return say("{year} or later", year=day.year + 1)
        return say("After {day}", day=value)
    if value == UNKNOWN:
        return say("Not stated")
    known = facet.label_of(value)
    return say(known) if known else value
