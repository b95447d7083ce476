"""What a facet is: how its values are chosen, stored, said, and offered to programs and agents."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from catalog.records.record import Record
from catalog.vocabulary import Words

UNKNOWN = "unknown"
LONGEST = 20
"""The longest name that the columns of the index hold."""


class Kind(Enum):
    """How the values of a facet are chosen; documentation names the kinds in this order."""

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
    """Chosen or not: a no is as if nothing was said."""
    EITHER = auto()
    """Yes, no, or not asked."""


LIST_KINDS = (Kind.ANY, Kind.ALL)
BOUND_KINDS = (Kind.LEAST, Kind.MOST, Kind.AFTER)


@dataclass(frozen=True, slots=True)
class AgentArgument:
    """How agents ask for a facet: one value or a list of `most`, and what their tool says of it.

    Without `text` the tool says what the API does; an empty one says nothing. `place` is where the argument
    stands among the others, where that is not the place of the API's parameter.
    """

    text: str | None = None
    takes_one: bool = False
    most: int = 20
    place: int | None = None


@dataclass(frozen=True, slots=True)
class FacetDocs:
    """What programs, agents and documentation are told of a facet, in English.

    `keeps` ends "Keeps models …"; without it the documentation names the facet `beside` another. `asks` is
    what the API says of the parameter where that is not `keeps`, `noun` what running text calls the facet
    where that is not its heading, and `place` where the parameter stands among the others. Without a `tool`
    agents are not offered it.
    """

    keeps: str = ""
    asks: str = ""
    beside: str = ""
    noun: str = ""
    place: int = 99
    tool: AgentArgument | None = AgentArgument()


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet: its filter in addresses, the API and MCP, its stored values, and its part of the list page.

    `name` is the parameter everywhere. `read` lists the values that a record counts as; a facet whose values
    change with time has none and is read in `facet_index.spans`. `source` is the name under which values are
    stored where another facet stores them too. `words` are the only values that parameters take, if there is
    a closed list. `labels` are what people read. A `wide` facet has so many values that pages show the
    commonest only.
    """

    name: str
    heading: str
    docs: FacetDocs
    kind: Kind = Kind.ANY
    read: Callable[[Record], Iterable[str]] | None = None
    words: type[Words] | tuple[str, ...] = ()
    labels: Mapping[str, str] | None = None
    source: str = ""
    wide: bool = False
    yes: frozenset[str] = frozenset({"true"})
    """The stored values that a flag asks for."""
    steps: tuple[int, ...] = ()
    """The round numbers at which a lower bound is counted."""
    column: str = ""
    """The column of `ListKey` that a lower bound or a day is compared with between those steps."""
    bound: str = ""
    """The label of the field in which a bound is typed."""
    is_open: bool = False
    """Whether the list page shows the values unfolded."""
    is_chip_named: bool = False
    """Whether a chosen value is said with the heading: alone it would say nothing."""

    def __post_init__(self) -> None:
        """Refuse what the index could not answer: a bound without a column, a name that is too long."""
        if self.kind in (Kind.LEAST, Kind.AFTER) and not self.column:
            raise ValueError(f"facet {self.name}: a {self.kind.name} facet needs a column of ListKey")
        if bool(self.docs.keeps) == bool(self.docs.beside):
            raise ValueError(f"facet {self.name}: say what it `keeps`, or `beside` which facet it is named")
        if len(self.stored) > LONGEST:
            raise ValueError(f"facet {self.name}: {self.stored} is stored in {LONGEST} characters at most")

    @property
    def stored(self) -> str:
        """Return the name under which its bits are stored."""
        return self.source or self.name

    @property
    def default(self) -> Any:
        """Return what is chosen where nothing is asked for."""
        if self.kind in LIST_KINDS:
            return ()
        return False if self.kind is Kind.FLAG else None

    @property
    def values(self) -> tuple[str, ...]:
        """List the closed list's words, if there is one."""
        return self.words if isinstance(self.words, tuple) else tuple(self.words.values)

    def label_of(self, value: str) -> str | None:
        """Return what people read for a value, in the words of the source code."""
        if self.labels is not None:
            return self.labels.get(value)
        words = {} if isinstance(self.words, tuple) else dict(self.words.choices)
        return words.get(value)
