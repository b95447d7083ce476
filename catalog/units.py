"""What is counted (meters), the lots it is sold in, and the words people read for both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Group = Literal["tokens", "media", "requests"]

ONE = 1
THOUSAND = 1_000
MILLION = 1_000_000
LARGEST_PER = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Meter:
    """One thing that is counted, usually quoted `per` so many; `in_prompt` adds to a prompt's size.

    Meters are disjoint: a token is counted by exactly one of them. Tokens read from or written to a cache,
    and audio tokens, are not also `input_tokens`; reasoning tokens are `output_tokens` unless a model prices
    them apart.
    """

    name: str
    label: str
    noun: str
    plural: str
    per: int
    group: Group
    in_prompt: bool = False


def _registry(rows: Iterable[Meter]) -> Mapping[str, Meter]:
    return MappingProxyType({row.name: row for row in rows})


METERS: Mapping[str, Meter] = _registry(
    [
        Meter("input_tokens", "Input", "token", "tokens", MILLION, "tokens", in_prompt=True),
        Meter("output_tokens", "Output", "token", "tokens", MILLION, "tokens"),
        Meter("cache_read_tokens", "Cache read", "token", "tokens", MILLION, "tokens", in_prompt=True),
        Meter(
            "cache_write_5m_tokens",
            "Cache write, 5 minutes",
            "token",
            "tokens",
            MILLION,
            "tokens",
            in_prompt=True,
        ),
        Meter(
            "cache_write_1h_tokens",
            "Cache write, 1 hour",
            "token",
            "tokens",
            MILLION,
            "tokens",
            in_prompt=True,
        ),
        Meter("reasoning_tokens", "Reasoning", "token", "tokens", MILLION, "tokens"),
        Meter("input_audio_tokens", "Audio input", "token", "tokens", MILLION, "tokens", in_prompt=True),
        Meter("output_audio_tokens", "Audio output", "token", "tokens", MILLION, "tokens"),
        Meter("images", "Images", "image", "images", ONE, "media"),
        Meter("video_seconds", "Video", "second", "seconds", ONE, "media"),
        Meter("audio_seconds", "Audio", "second", "seconds", ONE, "media"),
        Meter("characters", "Characters", "character", "characters", THOUSAND, "media"),
        Meter("pages", "Pages", "page", "pages", ONE, "media"),
        Meter("searches", "Searches", "search", "searches", THOUSAND, "requests"),
        Meter("requests", "Requests", "request", "requests", ONE, "requests"),
    ]
)
"""Meter name -> meter, in the order people read them. A new meter is one row here."""

PROMPT_METERS: tuple[str, ...] = tuple(row.name for row in METERS.values() if row.in_prompt)
"""The meters whose sum is a prompt's size."""


def meter(name: str) -> Meter:
    """Return the meter called `name`; ValueError names it and the ones there are."""
    found = METERS.get(name) if isinstance(name, str) else None
    if found is None:
        raise ValueError(f"unknown meter {name!r}: use one of {', '.join(METERS)}")
    return found


def check_per(per: int) -> int:
    """Return `per` if prices may be quoted per so many: a power of ten from 1 to 1,000,000,000.

    Only powers of ten keep `quantity x amount / per` an exact decimal.
    """
    if isinstance(per, bool) or not isinstance(per, int) or not 1 <= per <= LARGEST_PER:
        raise ValueError(f"per {per!r} is not a lot: use a power of ten from 1 to {LARGEST_PER}")
    if str(per).strip("0") != "1":
        raise ValueError(f"per {per!r} is not a power of ten: use 1, 1000, 1000000 …")
    return per


def decimal_places(per: int) -> int:
    """Return how many places dividing by `per` moves the decimal point: 6 for 1,000,000."""
    return len(str(check_per(per))) - 1


def unit_label(name: str, per: int) -> str:
    """Say the unit a price is quoted in: "1M tokens", "1K characters", "image", "second", "request"."""
    counted = meter(name)
    if check_per(per) == ONE:
        return counted.noun
    return f"{_short(per)} {counted.plural}"


def price_suffix(name: str, per: int) -> str:
    """Say what follows an amount: "per 1M tokens", "per image"."""
    return f"per {unit_label(name, per)}"


def _short(per: int) -> str:
    for size, letter in ((1_000_000_000, "B"), (MILLION, "M"), (THOUSAND, "K")):
        if per >= size:
            return f"{per // size}{letter}"
    return str(per)
