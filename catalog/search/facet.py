"""What a facet is."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from catalog.records.record import Record
from catalog.vocabulary import Words

UNKNOWN = "unknown"
LONGEST = 20
"""Characters that columns of the index hold."""


class Kind(Enum):
    """How values of a facet are chosen; the documentation lists kinds in this order."""

    ANY = auto()
    """Several values are alternatives."""
    ALL = auto()
    """All chosen values must hold."""
    LEAST = auto()
    """A lower bound of a number."""
    MOST = auto()
    """An upper bound of an amount."""
    AFTER = auto()
    """A day that models are younger than."""
    FLAG = auto()
    """Chosen or not; "no" is the same as absent."""
    EITHER = auto()
    """Yes, no, or absent."""


LIST_KINDS = (Kind.ANY, Kind.ALL)
BOUND_KINDS = (Kind.LEAST, Kind.MOST, Kind.AFTER)


@dataclass(frozen=True, slots=True)
class AgentArgument:
    """How agents ask for a facet."""

    # None: as in the API; empty: no description.
    text: str | None = None
    takes_one: bool = False
    most: int = 20
    # None: as in the API.
    place: int | None = None


@dataclass(frozen=True, slots=True)
class FacetDocs:
    """English documentation of a facet."""

    # Ends "Keeps models …"; without it the facet is documented `beside` another.
    keeps: str = ""
    # The API's description, if not `keeps`.
    asks: str = ""
    beside: str = ""
    # The facet in running text, if not its heading.
    noun: str = ""
    place: int = 99
    # None: not offered to agents.
    tool: AgentArgument | None = AgentArgument()


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet; `name` is its parameter everywhere."""

    name: str
    heading: str
    docs: FacetDocs
    kind: Kind = Kind.ANY
    # The values of a record; None if they change with time (see `facet_index.spans`).
    read: Callable[[Record], Iterable[str]] | None = None
    # The only values that parameters accept, if the list is closed.
    words: type[Words] | tuple[str, ...] = ()
    labels: Mapping[str, str] | None = None
    # Name of the facet that stores the values, if another one does.
    source: str = ""
    # With many values: pages show only the commonest.
    wide: bool = False
    yes: frozenset[str] = frozenset({"true"})
    """Stored values that a flag selects."""
    steps: tuple[int, ...] = ()
    """Numbers at which a lower bound is counted."""
    column: str = ""
    """Column of `ListKey` for bounds between steps."""
    bound: str = ""
    """Label of a bound's field."""
    is_open: bool = False
    """Whether the list page shows the values unfolded."""
    is_chip_named: bool = False
    """Whether a chosen value is shown with the heading."""

    def __post_init__(self) -> None:
        """Refuse declarations that the index cannot serve."""
        if self.kind in (Kind.LEAST, Kind.AFTER) and not self.column:
            raise ValueError(f"facet {self.name}: a {self.kind.name} facet needs a column of ListKey")
        if bool(self.docs.keeps) == bool(self.docs.beside):
            raise ValueError(f"facet {self.name}: say what it `keeps`, or `beside` which facet it is named")
        if len(self.stored) > LONGEST:
            raise ValueError(f"facet {self.name}: {self.stored} is stored in {LONGEST} characters at most")

    @property
    def stored(self) -> str:
        """Return the name its values are stored under."""
        return self.source or self.name

    @property
    def default(self) -> Any:
        """Return the value of an absent filter."""
        if self.kind in LIST_KINDS:
            return ()
        return False if self.kind is Kind.FLAG else None

    @property
    def values(self) -> tuple[str, ...]:
        """List the words of a closed list."""
        return self.words if isinstance(self.words, tuple) else tuple(self.words.values)

    def label_of(self, value: str) -> str | None:
        """Return a value's untranslated label."""
        if self.labels is not None:
            return self.labels.get(value)
        words = {} if isinstance(self.words, tuple) else dict(self.words.choices)
        return words.get(value)
