"""Meters (what is counted), their units, and words for both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from catalog.text.language import mark, say

Group = Literal["tokens", "media", "requests"]

ONE = 1
THOUSAND = 1_000
MILLION = 1_000_000
LARGEST_PER = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Meter:
    """What is counted, usually priced `per` so many.

    Meters are disjoint: cached, audio and image tokens are not `input_tokens` too. Reasoning tokens are
    `output_tokens` unless priced apart. `in_prompt` meters add up to a prompt's size.
    """

    name: str
    heading: str
    one: str
    many: str
    per: int
    group: Group
    in_prompt: bool = False

    @property
    def label(self) -> str:
        """Return the translated heading."""
        return say(self.heading)

    @property
    def noun(self) -> str:
        """Return the translated singular."""
        return say(self.one)

    @property
    def plural(self) -> str:
        """Return the translated plural."""
        return say(self.many)


def _registry(rows: Iterable[Meter]) -> Mapping[str, Meter]:
    return MappingProxyType({row.name: row for row in rows})


METERS: Mapping[str, Meter] = _registry(
    [
        Meter(
            "input_tokens", mark("Input"), mark("token"), mark("tokens"), MILLION, "tokens", in_prompt=True
        ),
        Meter("output_tokens", mark("Output"), mark("token"), mark("tokens"), MILLION, "tokens"),
        Meter(
            "cache_read_tokens",
            mark("Cache read"),
            mark("token"),
            mark("tokens"),
            MILLION,
            "tokens",
            in_prompt=True,
        ),
        Meter(
            "cache_write_5m_tokens",
            mark("Cache write, 5 minutes"),
            mark("token"),
            mark("tokens"),
            MILLION,
            "tokens",
            in_prompt=True,
        ),
        Meter(
            "cache_write_30m_tokens",
            mark("Cache write, 30 minutes"),
            mark("token"),
            mark("tokens"),
            MILLION,
            "tokens",
            in_prompt=True,
        ),
        Meter(
            "cache_write_1h_tokens",
            mark("Cache write, 1 hour"),
            mark("token"),
            mark("tokens"),
            MILLION,
            "tokens",
            in_prompt=True,
        ),
        Meter(
            "cache_write_12h_tokens",
            mark("Cache write, 12 hours"),
            mark("token"),
            mark("tokens"),
            MILLION,
            "tokens",
            in_prompt=True,
        ),
        Meter("reasoning_tokens", mark("Reasoning"), mark("token"), mark("tokens"), MILLION, "tokens"),
        Meter(
            "input_audio_tokens",
            mark("Audio input"),
            mark("token"),
            mark("tokens"),
            MILLION,
            "tokens",
            in_prompt=True,
        ),
        Meter("output_audio_tokens", mark("Audio output"), mark("token"), mark("tokens"), MILLION, "tokens"),
        Meter(
            "input_image_tokens",
            mark("Image input"),
            mark("token"),
            mark("tokens"),
            MILLION,
            "tokens",
            in_prompt=True,
        ),
        Meter("output_image_tokens", mark("Image output"), mark("token"), mark("tokens"), MILLION, "tokens"),
        Meter(
            "cache_read_image_tokens",
            mark("Image cache read"),
            mark("token"),
            mark("tokens"),
            MILLION,
            "tokens",
            in_prompt=True,
        ),
        Meter("images", mark("Images"), mark("image"), mark("images"), ONE, "media"),
        Meter("video_seconds", mark("Video"), mark("second"), mark("seconds"), ONE, "media"),
        Meter("audio_seconds", mark("Audio"), mark("second"), mark("seconds"), ONE, "media"),
        Meter("characters", mark("Characters"), mark("character"), mark("characters"), THOUSAND, "media"),
        Meter("utf8_bytes", mark("Text size"), mark("UTF-8 byte"), mark("UTF-8 bytes"), MILLION, "media"),
        Meter("pages", mark("Pages"), mark("page"), mark("pages"), ONE, "media"),
        Meter("searches", mark("Searches"), mark("search"), mark("searches"), THOUSAND, "requests"),
        Meter("requests", mark("Requests"), mark("request"), mark("requests"), ONE, "requests"),
    ]
)
"""Name -> meter, in reading order. A new meter is one row here."""

PROMPT_METERS: tuple[str, ...] = tuple(row.name for row in METERS.values() if row.in_prompt)


def meter(name: str) -> Meter:
    """Return a meter by name; ValueError lists the known ones."""
    known = METERS.get(name) if isinstance(name, str) else None
    if known is None:
        raise ValueError(f"unknown meter {name!r}: use one of {', '.join(METERS)}")
    return known


def check_per(per: int) -> int:
    """Return `per` if it is a power of ten up to 10^9."""
    if isinstance(per, bool) or not isinstance(per, int) or not 1 <= per <= LARGEST_PER:
        raise ValueError(f"per {per!r} is not a lot: use a power of ten from 1 to {LARGEST_PER}")
    # Only powers of ten keep quantity x amount / per an exact decimal.
    if str(per).strip("0") != "1":
        raise ValueError(f"per {per!r} is not a power of ten: use 1, 1000, 1000000 …")
    return per


def decimal_places(per: int) -> int:
    """Return 6 for 1,000,000."""
    return len(str(check_per(per))) - 1


def unit_word(name: str, per: int) -> str:
    """Return the English unit for the wire: "1M tokens", "image"."""
    counted = meter(name)
    return counted.one if check_per(per) == ONE else f"{_short(per)} {counted.many}"


def unit_label(name: str, per: int) -> str:
    """Return the translated unit."""
    counted = meter(name)
    if check_per(per) == ONE:
        return counted.noun
    return say("{lot} {things}", lot=_short(per), things=counted.plural)


def price_suffix(name: str, per: int) -> str:
    """Return "per 1M tokens", "per image"."""
    return say("per {unit}", unit=unit_label(name, per))


def _short(per: int) -> str:
    for size, letter in ((1_000_000_000, "B"), (MILLION, "M"), (THOUSAND, "K")):
        if per >= size:
            return f"{per // size}{letter}"
    return str(per)
