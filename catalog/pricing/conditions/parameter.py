"""The condition on a request parameter: any other key."""

import json
import re
from decimal import Decimal

from catalog.pricing.conditions.circumstances import Circumstances
from catalog.pricing.conditions.condition import Condition, sentence
from catalog.pricing.conditions.condition_values import MOST_DIGITS, number_or_none, refusal, text_as_json
from catalog.pricing.conditions.ranges import NumberRange
from catalog.pricing.money import plain
from catalog.text.language import mark, say

COUNTED = {"seconds": (mark("second"), mark("seconds")), "minutes": (mark("minute"), mark("minutes"))}
"""Last word of a parameter's name -> what it counts, one and several."""
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


class ParameterCondition(Condition):
    """A parameter equals a value (`"1k"`, `true`, `5`) or is in a range (`[1, 10]`, inclusive).

    Types are strict: "1", 1 and true differ; 1 and 1.0 do not.
    """

    @classmethod
    def read(cls, key: str, value: object) -> Condition:
        """Parse a value or a range."""
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

    def measure(self, circumstances: Circumstances) -> Decimal | str | None:
        """Return a number, else JSON text."""
        value = circumstances.parameters.get(self.key)
        number = number_or_none(value)
        if number is not None:
            return number
        # JSON keeps the text "true" apart from the value true.
        return json.dumps(value) if isinstance(value, str | bool) else None

    def describe(self) -> str:
        """Return "Output resolution: 1k", "Duration: 6 seconds", "Audio: no"."""
        name, _, counted = self.key.rpartition("_")
        # As text: a float would lose digits.
        value = json.loads(self.text, parse_int=str, parse_float=str)
        if isinstance(value, bool):
            return f"{sentence(self.key)}: {say('yes') if value else say('no')}"
        text = "\N{EN DASH}".join(value) if isinstance(value, list) else value
        if not name or counted not in COUNTED or not (isinstance(value, list) or _NUMBER.fullmatch(value)):
            return f"{sentence(self.key)}: {text}"
        one, many = COUNTED[counted]
        return f"{sentence(name)}: {text} {say(one if value == '1' else many)}"
