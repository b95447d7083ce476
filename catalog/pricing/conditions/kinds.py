"""The kinds of condition, one class each."""

import json
import math
import re
from collections.abc import Mapping
from datetime import UTC
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from catalog.pricing.conditions.circumstances import Circumstances
from catalog.pricing.conditions.condition import Condition, sentence
from catalog.pricing.conditions.condition_values import number_or_none, refusal, text_as_json
from catalog.pricing.conditions.ranges import NumberRange
from catalog.pricing.money import plain
from catalog.text.language import mark, say

DAYS = (
    *(mark("Monday"), mark("Tuesday"), mark("Wednesday"), mark("Thursday"), mark("Friday")),
    *(mark("Saturday"), mark("Sunday")),
)
PROMPT_OVER = "prompt_tokens_over"
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_DAY_MINUTES = 24 * 60


class _PromptSize(Condition):
    axis = "prompt_tokens"
    is_step = True

    def measure(self, circumstances: Circumstances) -> Decimal:
        # Part of a token counts as one.
        return Decimal(math.ceil(circumstances.prompt_tokens))

    @staticmethod
    def limit(key: str, value: object) -> Decimal:
        number = number_or_none(value)
        if number is None or number < 0 or number != number.to_integral_value():
            raise refusal(key, value, "use a whole number of tokens, as in 200000")
        return number


class PromptOver(_PromptSize):
    """A prompt larger than the limit, not at it."""

    explained = (
        "when the prompt is larger than this many tokens; "
        "**the whole request** is then priced at this row, not only what lies above"
    )

    @classmethod
    def read(cls, key: str, value: object) -> Condition:
        """Parse the limit."""
        limit = cls.limit(key, value)
        return cls(key, plain(limit), NumberRange(Decimal(int(limit) + 1), None))  # sizes are whole

    def describe(self) -> str:
        """Return "Prompt over 200,000 tokens"."""
        return say("Prompt over {number} tokens", number=f"{int(self.text):,}")


class PromptUpTo(_PromptSize):
    """A prompt of at most the limit."""

    explained = "when the prompt is at most this large"

    @classmethod
    def read(cls, key: str, value: object) -> Condition:
        """Parse the limit."""
        limit = cls.limit(key, value)
        return cls(key, plain(limit), NumberRange(Decimal(0), limit))

    def describe(self) -> str:
        """Return "Prompt up to 200,000 tokens"."""
        return say("Prompt up to {number} tokens", number=f"{int(self.text):,}")


class _Word(Condition):
    @classmethod
    def read(cls, key: str, value: object) -> Condition:
        if not isinstance(value, str):
            raise refusal(key, value, "use a text")
        return cls(key, text_as_json(key, value), frozenset({value}))

    def measure(self, circumstances: Circumstances) -> str | None:
        return {
            "action": circumstances.action,
            "service_tier": circumstances.service_tier,
            "region": circumstances.region,
        }[self.key]

    def describe(self) -> str:
        return sentence(json.loads(self.text))


class Action(_Word):
    """One action of a model, such as `text_to_video`."""

    explained = "for this action, such as `text_to_image`"


class ServiceTier(_Word):
    """A tier such as `batch`, `flex` or `priority`."""

    explained = "for requests of this tier, such as `batch`"


class Region(_Word):
    """The region a request is served from."""

    explained = "in this region"

    def describe(self) -> str:
        """Return "Region: eu"."""
        return say("Region: {name}", name=json.loads(self.text))


class UtcWindow(Condition):
    """Times of day in UTC, end exclusive; may wrap midnight."""

    explained = "between these times of day in UTC; a window may run past midnight"
    is_clock = True

    @classmethod
    def read(cls, key: str, value: object) -> Condition:
        """Parse two different times of day; "24:00" is "00:00"."""
        right = 'use two different times of day in UTC, as in ["16:30", "00:30"]'
        if not isinstance(value, list | tuple) or len(value) != 2:
            raise refusal(key, value, right)
        times = ["00:00" if time == "24:00" else time for time in value]
        matches = [_CLOCK.fullmatch(time) if isinstance(time, str) else None for time in times]
        start, end = (int(clock[1]) * 60 + int(clock[2]) if clock else None for clock in matches)
        if start is None or end is None or start == end:
            raise refusal(key, value, right)
        length = (end - start) % _DAY_MINUTES
        # A set of minutes, not a range: a window past midnight is two spans.
        minutes = frozenset((start + minute) % _DAY_MINUTES for minute in range(length))
        return cls(key, json.dumps(times, separators=(",", ":")), minutes)

    def measure(self, circumstances: Circumstances) -> int:
        """Return the minute of the UTC day."""
        at = circumstances.at.astimezone(UTC)
        return at.hour * 60 + at.minute

    def describe(self) -> str:
        """Return "16:30-00:30 UTC" with an en dash."""
        start, end = json.loads(self.text)
        return f"{start}\N{EN DASH}{end} UTC"


class Weekdays(Condition):
    """ISO weekdays (1 is Monday) in UTC."""

    explained = "on these days, Monday being 1"
    is_clock = True

    @classmethod
    def read(cls, key: str, value: object) -> Condition:
        """Parse days in any order, repeated or not."""
        right = "use a list of ISO weekdays, 1 (Monday) to 7 (Sunday), as in [1, 2, 3, 4, 5]"
        if not isinstance(value, list | tuple) or not 1 <= len(value) <= len(DAYS):
            raise refusal(key, value, right)
        numbers = [number_or_none(day) for day in value]
        if any(number not in range(1, 8) for number in numbers):
            raise refusal(key, value, right)
        # Sorted and once each: equal conditions need equal text.
        days = sorted({int(number) for number in numbers if number is not None})
        return cls(key, json.dumps(days, separators=(",", ":")), frozenset(days))

    def measure(self, circumstances: Circumstances) -> int:
        """Return the ISO weekday."""
        # Of the instant itself, in a window that wraps midnight too: 16:30-00:30 with weekday 5 ends at
        # midnight.
        return circumstances.at.astimezone(UTC).isoweekday()

    def describe(self) -> str:
        """Return a run of three or more days as "Monday-Friday" with an en dash."""
        days = json.loads(self.text)
        if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
            return f"{say(DAYS[days[0] - 1])}\N{EN DASH}{say(DAYS[days[-1] - 1])}"
        return ", ".join(say(DAYS[day - 1]) for day in days)


# A new kind is a class above and a line here.
KINDS: Mapping[str, type[Condition]] = MappingProxyType(
    {
        "action": Action,
        "service_tier": ServiceTier,
        PROMPT_OVER: PromptOver,
        "prompt_tokens_up_to": PromptUpTo,
        "utc_window": UtcWindow,
        "weekdays": Weekdays,
        "region": Region,
    }
)
"""Key -> kind, in reading order. Any other key is a request parameter."""

CLOCK = frozenset(key for key, kind in KINDS.items() if kind.is_clock)
DECIDED = CLOCK | {key for key, kind in KINDS.items() if kind.is_step}
"""Keys that the instant or the quantities of a request decide, not its sender."""

# Operators derive these from a request, so a model need not have them as parameters.
WORKED_OUT = frozenset({"input_mode", "pricing_input_mode"})

PROMPT_FROM = "prompt_tokens_from"
"""A limit that a prompt reaches; rows hold the one that it exceeds."""


def canonical_limits(conditions: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the conditions with `prompt_tokens_from: N` as `prompt_tokens_over: N - 1`."""
    if PROMPT_FROM not in conditions:
        return conditions
    limit = number_or_none(conditions[PROMPT_FROM])
    if limit is None or limit < 1 or limit != limit.to_integral_value():
        raise refusal(
            PROMPT_FROM, conditions[PROMPT_FROM], "use a whole number of tokens above 0, as in 200000"
        )
    if PROMPT_OVER in conditions:
        raise ValueError(f"conditions {PROMPT_OVER} and {PROMPT_FROM} are the same limit: give one of them")
    # One spelling is stored: rows with equal conditions must have equal text.
    others = {key: value for key, value in conditions.items() if key != PROMPT_FROM}
    return others | {PROMPT_OVER: int(limit) - 1}
