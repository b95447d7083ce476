"""What every kind of condition is."""

from abc import ABC, abstractmethod
from collections.abc import Hashable
from dataclasses import dataclass
from typing import ClassVar

from catalog.pricing.conditions.circumstances import Circumstances
from catalog.pricing.conditions.ranges import Accepted, has

INITIALS = frozenset({"ai", "fps", "id", "midi", "url"})
"""Words that are written in capitals."""


@dataclass(frozen=True, slots=True)
class Condition(ABC):
    """One key of a set, its value as canonical JSON text, and what it lets through on the axis it looks at.

    Of two sets that differ only in a key that `is_step` the one whose condition lets less through wins. What
    `is_clock` looks at the instant alone. `explained` ends "The row holds …" in the documentation.
    """

    key: str
    text: str
    accepted: Accepted

    axis: ClassVar[str] = ""
    is_step: ClassVar[bool] = False
    is_clock: ClassVar[bool] = False
    explained: ClassVar[str] = ""

    @classmethod
    @abstractmethod
    def read(cls, key: str, value: object) -> "Condition":
        """Read a value off the wire; ValueError names it and says what would be right."""

    @abstractmethod
    def measure(self, circumstances: Circumstances) -> Hashable:
        """Return the value on this condition's axis; None where not given."""

    @abstractmethod
    def describe(self) -> str:
        """Return the condition in plain words."""

    def looks_at(self) -> str:
        """Return the axis: conditions on different axes can always hold together."""
        return self.axis or self.key

    def holds(self, circumstances: Circumstances) -> bool:
        """Whether the circumstances meet the condition."""
        value = self.measure(circumstances)
        return value is not None and has(self.accepted, value)


def sentence(words: str) -> str:
    """Read a name of the wire as the beginning of a sentence: "Text to video", "AI avatar"."""
    text = " ".join(word.upper() if word in INITIALS else word for word in words.split("_"))
    return text[:1].upper() + text[1:]
