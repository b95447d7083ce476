"""Chosen filters, each with the address without it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from catalog.search.facet import BOUND_KINDS, LIST_KINDS, UNKNOWN
from catalog.search.facets import FACETS, label
from catalog.search.selection import Drop, without
from catalog.text.language import say
from pages.list_state import State


@dataclass(frozen=True, slots=True)
class Removable:
    """A set filter; `count` models would be left without it."""

    label: str
    url: str
    count: int = 0


def removable(state: State) -> list[Removable]:
    """List what is set."""
    selection = state.selection
    chips = [_chip(state, "q", None)] if selection.q else []
    for name, facet in FACETS.items():
        chosen = getattr(selection, name)
        if facet.kind in LIST_KINDS:
            chips += [_chip(state, name, value) for value in sorted(chosen)]
        elif chosen != facet.default:
            chips.append(_chip(state, name, None))
    return chips


def advice(state: State, drops: Iterable[Drop]) -> list[Removable]:
    """List changes where nothing matches, the most helpful first."""
    helpful = sorted((drop for drop in drops if drop.count), key=lambda drop: -drop.count)
    return [_change(state, drop) for drop in helpful]


def _change(state: State, drop: Drop) -> Removable:
    # Not chosen: lists leave retired models out by default.
    if drop.name == "retired":
        return Removable(say("With retired models"), state.toggled("retired", "true").address(), drop.count)
    chip = _chip(state, drop.name, drop.value, drop.count)
    return replace(chip, label=say("Without {filter}", filter=chip.label))


def _chip(state: State, name: str, value: str | None, count: int = 0) -> Removable:
    dropped = state.select(without(state.selection, name, value)).address()
    return Removable(_said(state, name, value), dropped, count)


def _said(state: State, name: str, value: str | None) -> str:
    if name == "q":
        return f"“{state.selection.q}”"
    facet = FACETS[name]
    values = [value] if value is not None else [text for key, text in state.carried() if key == name]
    words = f" {say('or')} ".join(label(name, text) for text in values)
    # A bound or "not stated" alone would not tell of what.
    is_bare = not (facet.kind in BOUND_KINDS or facet.is_chip_named or UNKNOWN in values)
    return words if is_bare else f"{say(facet.heading)}: {words}"
