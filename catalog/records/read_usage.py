"""Parses a usage from strings: an address, a form, a command line.

read_usage(record, {"input_tokens": "10000", "service_tier": "batch"}, at)
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from catalog.pricing.billed_quantity import read_calls
from catalog.pricing.quote import Usage
from catalog.pricing.units import METERS
from catalog.records.record import ParameterRecord, Record
from catalog.text.refusal import shown

PARAMETER = "param."
# Keys without a prefix; parameters of a request have one, since their names are the model's choice.
CIRCUMSTANCES = ("service_tier", "region", "action")
CALLS = "calls"
# All keys, as an address declares them.
KEYS = (*METERS, *CIRCUMSTANCES, CALLS, f"{PARAMETER}*")
LONGEST = 200
_QUANTITY = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,9})?")
_CALLS = re.compile(r"[0-9]{1,12}")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?")


class AskedError(ValueError):
    """A usage that cannot be parsed; `errors` holds keys and reasons."""

    def __init__(self, errors: Sequence[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{key}: {reason}" for key, reason in errors))
        self.errors = errors


def read_usage(record: Record, texts: Mapping[str, str], at: datetime) -> Usage:
    """Parse a usage; AskedError lists all faults.

    Keys are meters, `calls`, `param.` and a parameter's name, `service_tier`, `region` and `action`.
    """
    # `param.service_tier` is what `service_tier` is: no price looks at it as a parameter.
    texts = {_plain(key): text for key, text in texts.items()}
    errors: list[tuple[str, str]] = []
    quantities: dict[str, Decimal] = {}
    parameters: dict[str, Any] = {}
    calls = 1
    for key, text in texts.items():
        try:
            # Forms send the empty fields, too.
            if key in METERS and text.strip():
                quantities[key] = _quantity(text.strip())
            elif key == CALLS and text.strip():
                calls = _calls(text.strip())
            elif key.startswith(PARAMETER) and text:
                name = key.removeprefix(PARAMETER)
                parameters[name] = _parameter(record, name, text, texts.get("action", ""))
        except ValueError as error:
            errors.append((key, str(error)))
        if not is_asked(key):
            errors.append((key, f"is no meter: use one of {', '.join(METERS)}"))
    if not quantities and not errors:
        errors.append(("usage", f"give a quantity of at least one meter: {', '.join(METERS)}"))
    if errors:
        raise AskedError(errors)
    circumstances = {name: _word(texts.get(name, "")) for name in CIRCUMSTANCES}
    return Usage(quantities=quantities, at=at, parameters=parameters, calls=calls, **circumstances)


def _plain(key: str) -> str:
    name = key.removeprefix(PARAMETER)
    return name if name in CIRCUMSTANCES else key


def is_asked(key: str) -> bool:
    """Whether a key belongs to a usage."""
    return key in METERS or key.startswith(PARAMETER) or key in CIRCUMSTANCES or key == CALLS


def plain_usage(record: Record) -> dict[str, str]:
    """Return 1 of each meter that does not count tokens."""
    meters = dict.fromkeys(row["meter"] for row in record["prices"])
    return {name: "1" for name in meters if METERS[name].group != "tokens"}


def _quantity(text: str) -> Decimal:
    if not _QUANTITY.fullmatch(text):
        raise ValueError(f"{shown(text)} is not a quantity: use digits, as in 10000")
    return Decimal(text)


def _calls(text: str) -> int:
    if not _CALLS.fullmatch(text):
        raise ValueError(f"{shown(text)} is no number of calls: use digits, as in 100")
    return read_calls(int(text))


def _word(text: str) -> str | None:
    text = text.strip()
    return text[:LONGEST] if text else None


def _parameter(record: Record, name: str, text: str, action: str) -> Any:
    if len(text) > LONGEST:
        raise ValueError(f"has {len(text)} characters: at most {LONGEST}")
    kinds = {
        spec["type"]
        for of_action, rows in record["parameters"].items()
        if action in ("", of_action)
        for spec in rows
        if spec["name"] == name
    }
    # A condition may look at something that is no recorded parameter: then its own values say the type.
    conditioned = [row["conditions"][name] for row in record["prices"] if name in row["conditions"]]
    if not kinds and not conditioned:
        raise ValueError(f"is no parameter of {record['model_id']}{_known(record, action)}")
    return _typed(text, kinds, conditioned)


def _typed(text: str, kinds: set[str | None], conditioned: Iterable[Any]) -> Any:
    # Prices compare typed values: `param.duration_seconds=5` must be the number 5.
    values = list(conditioned)
    if "boolean" in kinds or any(isinstance(value, bool) for value in values):
        if text.lower() not in {"true", "false"}:
            raise ValueError(f"{shown(text)} is neither true nor false")
        return text.lower() == "true"
    numeric = kinds & {"integer", "number"} or any(
        isinstance(value, int | float | list) and not isinstance(value, bool) for value in values
    )
    if numeric:
        if not _NUMBER.fullmatch(text):
            raise ValueError(f"{shown(text)} is not a number")
        number = Decimal(text)
        return int(number) if number == number.to_integral_value() else number
    return text


def _known(record: Record, action: str) -> str:
    rows: list[ParameterRecord] = [
        spec
        for of_action, specs in record["parameters"].items()
        if action in ("", of_action)
        for spec in specs
    ]
    names = list(dict.fromkeys(spec["name"] for spec in rows))
    return f": use one of {', '.join(names)}" if names else ": none is recorded"
