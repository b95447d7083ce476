"""The kinds of condition a price can hold under: one class each, and one line in the registry at the end."""

import json
import math
import re
from abc import ABC, abstractmethod
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import UTC
from decimal import Decimal
from types import MappingProxyType
from typing import ClassVar

from catalog.pricing.conditions.circumstances import Circumstances
from catalog.pricing.conditions.ranges import Accepted, NumberRange, has
from catalog.pricing.conditions.wire import MOST_DIGITS, number_or_none, refusal, text_as_json
from catalog.pricing.money import plain
from catalog.text.language import mark, say

DAYS = (
    *(mark("Monday"), mark("Tuesday"), mark("Wednesday"), mark("Thursday"), mark("Friday")),
    *(mark("Saturday"), mark("Sunday")),
)
COUNTED = {"seconds": (mark("second"), mark("seconds")), "minutes": (mark("minute"), mark("minutes"))}
"""Last word of a parameter's name that says what its number counts -> the words for one and for several."""

INITIALS = frozenset({"ai", "fps", "id", "midi", "url"})
"""Words that are written in capitals."""

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Condition(ABC):
    """One key of a set, its value as canonical JSON text, and what it lets through on the axis it looks at.

    Of two sets that differ only in a key that `is_step` the one whose condition lets less through wins.
    """

    key: str
    text: str
    accepted: Accepted

    axis: ClassVar[str] = ""
    is_step: ClassVar[bool] = False

    @classmethod
    @abstractmethod
    def read(cls, key: str, value: object) -> "Condition":
        """Read a value off the wire; ValueError names it and says what would be right."""

    @abstractmethod
    def measure(self, asked: Circumstances) -> Hashable:
        """Return the value on this condition's axis; None where not given."""

    @abstractmethod
    def describe(self) -> str:
        """Return the condition in plain words."""

    def looks_at(self) -> str:
        """Return the axis: conditions on different axes can always hold together."""
        return self.axis or self.key

    def holds(self, asked: Circumstances) -> bool:
        """Whether the circumstances meet the condition."""
        value = self.measure(asked)
        return value is not None and has(self.accepted, value)


class _PromptSize(Condition):
    """A limit on the prompt's size, to which the whole request is then priced."""

    axis = "prompt_tokens"
    is_step = True

    def measure(self, asked: Circumstances) -> Decimal:
        """Return the prompt's size; part of a token counts as one."""
        return Decimal(math.ceil(asked.prompt_tokens))

    @staticmethod
    def limit(key: str, value: object) -> Decimal:
        """Read a whole number of tokens, zero or more."""
        number = number_or_none(value)
        if number is None or number < 0 or number != number.to_integral_value():
            raise refusal(key, value, "use a whole number of tokens, as in 200000")
        return number


class PromptOver(_PromptSize):
    """Holds where the prompt is larger than the limit; at the limit itself it does not."""

    @classmethod
    def read(cls, key: str, value: object) -> Condition:
        """Read the limit."""
        limit = cls.limit(key, value)
        return cls(key, plain(limit), NumberRange(Decimal(int(limit) + 1), None))

    def describe(self) -> str:
        """Return "Prompt over 200,000 tokens"."""
        return say("Prompt over {number} tokens", number=f"{int(self.text):,}")


class PromptUpTo(_PromptSize):
    """Holds where the prompt is at most the limit: the counterpart of `PromptOver`."""

    @classmethod
    def read(cls, key: str, value: object) -> Condition:
        """Read the limit."""
        limit = cls.limit(key, value)
        return cls(key, plain(limit), NumberRange(Decimal(0), limit))

    def describe(self) -> str:
        """Return "Prompt up to 200,000 tokens"."""
        return say("Prompt up to {number} tokens", number=f"{int(self.text):,}")


class _Word(Condition):
    """A word the request must carry exactly; a request that carries none is not let through."""

    @classmethod
    def read(cls, key: str, value: object) -> Condition:
        """Read the word."""
        if not isinstance(value, str):
            raise refusal(key, value, "use a text")
        return cls(key, text_as_json(key, value), frozenset({value}))

    def measure(self, asked: Circumstances) -> str | None:
        """Return the request's own word."""
        return {"action": asked.action, "service_tier": asked.service_tier, "region": asked.region}[self.key]

    def describe(self) -> str:
        """Return the word with a capital: "Text to video", "Batch"."""
        return _sentence(json.loads(self.text))


class Action(_Word):
    """Holds for one action of a model, such as `text_to_video`."""


class ServiceTier(_Word):
    """Holds for one service tier, such as `batch`, `flex` or `priority`."""


class Region(_Word):
    """Holds where the request is served from one region."""

    def describe(self) -> str:
        """Return "Region: eu"."""
        return say("Region: {name}", name=json.loads(self.text))


class UtcWindow(Condition):
    """Holds from the first time of day (included) until the second (excluded), in UTC; may wrap midnight."""

    @classmethod
    def read(cls, key: str, value: object) -> Condition:
        """Read two different times of day; "24:00" is "00:00"."""
        right = 'use two different times of day in UTC, as in ["16:30", "00:30"]'
        if not isinstance(value, list | tuple) or len(value) != 2:
            raise refusal(key, value, right)
        times = ["00:00" if time == "24:00" else time for time in value]
        found = [_CLOCK.fullmatch(time) if isinstance(time, str) else None for time in times]
        start, end = (int(clock[1]) * 60 + int(clock[2]) if clock else None for clock in found)
        if start is None or end is None or start == end:
            raise refusal(key, value, right)
        length = (end - start) % _DAY_MINUTES
        minutes = frozenset((start + minute) % _DAY_MINUTES for minute in range(length))
        return cls(key, json.dumps(times, separators=(",", ":")), minutes)

    def measure(self, asked: Circumstances) -> int:
        """Return the minute of the UTC day."""
        at = asked.at.astimezone(UTC)
        return at.hour * 60 + at.minute

    def describe(self) -> str:
        """Return the times of day and their zone."""
        start, end = json.loads(self.text)
        return f"{start}\N{EN DASH}{end} UTC"


class Weekdays(Condition):
    """Holds on ISO weekdays (1 is Monday) of the instant in UTC.

    The day is that of the instant itself also inside a window that wraps midnight: a window 16:30-00:30 with
    weekday 5 ends at midnight after Friday; Saturday's first half hour belongs to weekday 6.
    """

    @classmethod
    def read(cls, key: str, value: object) -> Condition:
        """Read a list of days; order and repetition do not matter."""
        right = "use a list of ISO weekdays, 1 (Monday) to 7 (Sunday), as in [1, 2, 3, 4, 5]"
        if not isinstance(value, list | tuple) or not 1 <= len(value) <= len(DAYS):
            raise refusal(key, value, right)
        numbers = [number_or_none(day) for day in value]
        if any(number not in range(1, 8) for number in numbers):
            raise refusal(key, value, right)
        days = sorted({int(number) for number in numbers if number is not None})
        return cls(key, json.dumps(days, separators=(",", ":")), frozenset(days))

    def measure(self, asked: Circumstances) -> int:
        """Return the ISO weekday of the instant in UTC."""
        return asked.at.astimezone(UTC).isoweekday()

    def describe(self) -> str:
        """Return first and last of a run of three or more days, else the list."""
        days = json.loads(self.text)
        if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
            return f"{say(DAYS[days[0] - 1])}\N{EN DASH}{say(DAYS[days[-1] - 1])}"
        return ", ".join(say(DAYS[day - 1]) for day in days)


class ParameterCondition(Condition):
    """Holds where a request parameter is a value (`"1k"`, `true`, `5`) or in a range (`[1, 10]`, inclusive).

    Types are strict: the text "1", the number 1 and true are three values. 1 and 1.0 are the same number. A
    parameter that came as text, from a form or an address, is first read by its declared type.
    """

    @classmethod
    def read(cls, key: str, value: object) -> Condition:
        """Read a value to equal or a range to lie in."""
        if isinstance(value, list | tuple):
            low, high = map(number_or_none, value) if len(value) == 2 else (None, None)
            if low is None or high is None or low > high:
                raise refusal(key, value, "use a range of two numbers, the lower first, as in [1, 10]")
            text = plain(low) if low == high else f"[{plain(low)},{plain(high)}]"
            return cls(key, text, NumberRange(low, high))
        number = number_or_none(value)
        if number is not None:
            return cls(key, plain(number), NumberRange(number, number))
        if isinstance(value, bool):
            return cls(key, json.dumps(value), frozenset({json.dumps(value)}))
        if not isinstance(value, str):
            right = (
                f"use a text, true, false, a number of at most {MOST_DIGITS} digits, or a range as in [1, 10]"
            )
            raise refusal(key, value, right)
        text = text_as_json(key, value)
        return cls(key, text, frozenset({text}))

    def measure(self, asked: Circumstances) -> Decimal | str | None:
        """Return the parameter's value: a number, else its JSON text."""
        value = asked.parameters.get(self.key)
        number = number_or_none(value)
        if number is not None:
            return number
        return json.dumps(value) if isinstance(value, str | bool) else None

    def describe(self) -> str:
        """Return "Output resolution: 1k", "Duration: 6 seconds", "Audio: no"."""
        name, _, counted = self.key.rpartition("_")
        value = json.loads(self.text, parse_int=str, parse_float=str)
        if isinstance(value, bool):
            return f"{_sentence(self.key)}: {say('yes') if value else say('no')}"
        said = "\N{EN DASH}".join(value) if isinstance(value, list) else value
        if not name or counted not in COUNTED or not (isinstance(value, list) or _NUMBER.fullmatch(value)):
            return f"{_sentence(self.key)}: {said}"
        one, many = COUNTED[counted]
        return f"{_sentence(name)}: {said} {say(one if value == '1' else many)}"


KINDS: Mapping[str, type[Condition]] = MappingProxyType(
    {
        "action": Action,
        "service_tier": ServiceTier,
        "prompt_tokens_over": PromptOver,
        "prompt_tokens_up_to": PromptUpTo,
        "utc_window": UtcWindow,
        "weekdays": Weekdays,
        "region": Region,
    }
)
"""Key -> kind, in the order people read them. Any other key is read as a request parameter is."""

WORKED_OUT = frozenset({"input_mode", "pricing_input_mode"})
"""Keys of price lists that a model need not have as a parameter: operators work them out from a request."""


def _sentence(words: str) -> str:
    """Read a name of the wire as the beginning of a sentence: "Text to video", "AI avatar"."""
    said = " ".join(word.upper() if word in INITIALS else word for word in words.split("_"))
    return said[:1].upper() + said[1:]
