"""The base class of conditions."""

from abc import ABC, abstractmethod
from collections.abc import Hashable
from dataclasses import dataclass
from typing import ClassVar

from catalog.pricing.conditions.circumstances import Circumstances
from catalog.pricing.conditions.ranges import Accepted, has

INITIALS = frozenset({"ai", "fps", "id", "midi", "url"})


@dataclass(frozen=True, slots=True)
class Condition(ABC):
    """One key of a set, with its value as canonical JSON and what it accepts on its axis.

    `is_clock`: the instant alone decides. `explained` ends "The row holds …" in the documentation.
    """

    key: str
    text: str
    accepted: Accepted

    axis: ClassVar[str] = ""
    # A limit in steps: of two sets that differ only in this key, the tighter limit wins.
    is_step: ClassVar[bool] = False
    is_clock: ClassVar[bool] = False
    explained: ClassVar[str] = ""

    @classmethod
    @abstractmethod
    def read(cls, key: str, value: object) -> "Condition":
        """Parse a value; ValueError says what would be right."""

    @abstractmethod
    def measure(self, circumstances: Circumstances) -> Hashable:
        """Return the value on this axis, None if absent."""

    @abstractmethod
    def describe(self) -> str:
        """Describe it in plain words."""

    def looks_at(self) -> str:
        """Return the axis, by default the key."""
        return self.axis or self.key

    def holds(self, circumstances: Circumstances) -> bool:
        """Whether the circumstances meet it."""
        value = self.measure(circumstances)
        return value is not None and has(self.accepted, value)


def sentence(words: str) -> str:
    """Return "Text to video", "AI avatar" for a name."""
    text = " ".join(word.upper() if word in INITIALS else word for word in words.split("_"))
    return text[:1].upper() + text[1:]
