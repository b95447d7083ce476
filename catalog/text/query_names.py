"""The names that an address takes in its query, and what to say of others."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

# A name ends in it where only its beginning is fixed, as in `param.*`; alone it stands for any name.
REST = "*"
MOST_SHOWN = 10
LONGEST_SHOWN = 60
_ATTRIBUTE = "query_names"
View = TypeVar("View", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name that an address does not take, cut, and the nearest one that it does."""

    name: str
    nearest: str = ""


def takes(*names: str) -> Callable[[View], View]:
    """Declare all names that a view reads from its query."""

    def declare(view: View) -> View:
        setattr(view, _ATTRIBUTE, tuple(dict.fromkeys(names)))
        return view

    return declare


def declared(view: Callable[..., object]) -> tuple[str, ...] | None:
    """Return the names that a view takes; None where it has not declared any."""
    names: tuple[str, ...] | None = getattr(view, _ATTRIBUTE, None)
    return names


def is_taken(name: str, names: Sequence[str]) -> bool:
    """Whether a name is one of those, or begins as one of them does."""
    return name in names or any(one.endswith(REST) and name.startswith(one[:-1]) for one in names)


def unknown_names(given: Iterable[str], names: Sequence[str]) -> list[UnknownName]:
    """List the names that are not taken, at most ten."""
    rows: list[UnknownName] = []
    for name in dict.fromkeys(given):
        if is_taken(name, names):
            continue
        rows.append(UnknownName(name[:LONGEST_SHOWN], _nearest(name, names)))
        if len(rows) == MOST_SHOWN:
            break
    return rows


def reason(row: UnknownName, names: Sequence[str]) -> str:
    """Return what is wrong with an unknown name, and what would be right, for a program."""
    if not names:
        return "is unknown: this address takes no parameters"
    if row.nearest:
        return f"is unknown: did you mean {row.nearest}?"
    return f"is unknown: use one of {', '.join(names)}"


def _nearest(name: str, names: Sequence[str]) -> str:
    near = get_close_matches(name[:LONGEST_SHOWN].lower(), names, n=1)
    return near[0] if near else ""
