"""Names of made-up models."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from catalog.models import Family

_BEGINNINGS = (
    "ar bel cor dan el fal gran hel ir jor kal lum mir nor ol pra quil ros sol tur ul vel wes xan yor zen"
)
_ENDINGS = "a ia is on us ex ium ora eta ova ax ine ello ara ix una era ium enta olo"
_MIDDLES = "va no mi ta re lo sa ne do ri ka mo"
_SIZES = "mini nano small medium large pro max ultra lite 1b 3b 8b 14b 32b 70b 405b"
_ROLES = "chat instruct thinking coder vision audio base flash turbo preview reasoning fast"
FIRST_DAY = date(2022, 1, 1)


@dataclass(frozen=True, slots=True)
class MadeUpName:
    """The names of one model."""

    model_id: str
    name: str
    slug: str
    alias: str


def make_name(chance: Random, family: Family, number: int) -> MadeUpName:
    """Make a name; two in five have a date, and an alias without it."""
    version = f"{number // 6 + 1}.{number % 6}" if chance.random() < 0.7 else f"{number + 1}"
    parts = [version, chance.choice(_SIZES.split()), chance.choice(_ROLES.split())][
        : chance.choice([2, 3, 3])
    ]
    rest = "-".join(parts)
    name = f"{family.name} {' '.join(part.title() for part in parts)}"
    if chance.random() < 0.4:
        day = FIRST_DAY + timedelta(days=chance.randrange(1_700))
        dated = f"{rest}-{day:%Y%m%d}"
        return MadeUpName(f"{family.slug}-{dated}", name, dated, f"{family.slug}-{rest}")
    return MadeUpName(f"{family.slug}-{rest}", name, rest, "")


def made_up_words(chance: Random, known: Iterable[str] = ()) -> Iterator[str]:
    """Yield different words of two to four syllables."""
    used = set(known)
    while True:
        middles = "".join(chance.choices(_MIDDLES.split(), k=chance.choice([0, 1, 1, 2])))
        word = chance.choice(_BEGINNINGS.split()) + middles + chance.choice(_ENDINGS.split())
        if word in used:
            word = f"{word}{len(used)}"
        used.add(word)
        yield word
