"""Makes up a large catalog for measuring: no model in it exists, the same seed gives the same names.

A catalog grows by providers more than by lines of models: many sell the same few dozen lines, as in the large
catalogs there are. So the lines are few, and each provider has some of them as its families.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from random import Random

from catalog.models import Alias, Endpoint, Family, Price, Provider, Variant
from catalog.publishing.publish import Edition, publish
from catalog.vocabulary import Origin

CHUNK = 5_000
PER_PROVIDER = 500
PER_FAMILY = 25
LINES = 60
LABEL = "Synthetic: no such model exists"
_BEGINNINGS = (
    "ar bel cor dan el fal gran hel ir jor kal lum mir nor ol pra quil ros sol tur ul vel wes xan yor zen"
)
_ENDINGS = "a ia is on us ex ium ora eta ova ax ine ello ara ix una era ium enta olo"
_MIDDLES = "va no mi ta re lo sa ne do ri ka mo"
_SIZES = "mini nano small medium large pro max ultra lite 1b 3b 8b 14b 32b 70b 405b"
_ROLES = "chat instruct thinking coder vision audio base flash turbo preview reasoning fast"
_FIRST_DAY = date(2022, 1, 1)
_MADE_ON = datetime(2026, 1, 1, tzinfo=UTC)


class OccupiedError(Exception):
    """The database holds models already."""


@dataclass(frozen=True, slots=True)
class MadeUpName:
    """The names of one made-up model."""

    model_id: str
    name: str
    slug: str
    alias: str


def make(
    count: int, *, seed: int = 1, force: bool = False, progress: Callable[[int, int], None] | None = None
) -> int:
    """Insert so many made-up models through publishes, so that records and search stay true; say how many.

    OccupiedError where the database holds models: it is then somebody's catalog.
    """
    if not force and Variant.objects.exists():
        raise OccupiedError("This database holds models: made-up ones belong into a database of their own.")
    # Names and prices, nothing secret.
    chance = Random(f"{seed}")  # noqa: S311
    known = {slug.partition("-")[0] for slug in Provider.objects.values_list("slug", flat=True)}
    made, names = 0, _words(chance, known)
    while made < count:
        size = min(CHUNK, count - made)
        with publish(actor=None, origin=Origin.FILE, reason=f"{size} synthetic models") as edition:
            _chunk(edition, chance, names, size)
        made += size
        if progress:
            progress(made, count)
    return made


def _chunk(edition: Edition, chance: Random, names: Iterator[str], size: int) -> None:
    families = _families(edition, chance, names, size)
    planned = []
    for number in range(size):
        family = families[number // PER_FAMILY]
        planned.append((family, _named(chance, family, number % PER_FAMILY)))
    variants = [_variant(chance, family, named) for family, named in planned]
    edition.add_many(variants)
    edition.add_many(
        [
            Alias(variant=variant, alias_id=named.alias)
            for variant, (_family, named) in zip(variants, planned, strict=True)
            if named.alias
        ]
    )
    edition.add_many(
        [
            Endpoint(variant=variant, method="POST", path="/v1/chat/completions", protocol="openai-chat")
            for variant in variants
        ]
    )
    edition.add_many([price for variant in variants for price in _prices(chance, edition, variant)])
    for variant in variants:
        edition.touch(variant)


def _families(edition: Edition, chance: Random, names: Iterator[str], size: int) -> list[Family]:
    providers = []
    for word in islice(names, -(-size // PER_PROVIDER)):
        kind = chance.choice(["AI", "Labs", "Research", "Systems"])
        providers.append(
            Provider(slug=f"{word}-{kind.lower()}", name=f"{word.title()} {kind}", source_label=LABEL)
        )
    edition.add_many(providers)
    lines = list(islice(_words(Random("lines")), LINES))  # noqa: S311
    each = PER_PROVIDER // PER_FAMILY
    families = [
        Family(
            provider=provider,
            slug=f"{provider.slug}-{line}",
            name=line.title(),
            modality="text",
            source_label=LABEL,
        )
        for provider in providers
        for line in chance.sample(lines, each)
    ]
    edition.add_many(families)
    return families


def _named(chance: Random, family: Family, number: int) -> MadeUpName:
    version = f"{number // 6 + 1}.{number % 6}" if chance.random() < 0.7 else f"{number + 1}"
    parts = [version, chance.choice(_SIZES.split()), chance.choice(_ROLES.split())][
        : chance.choice([2, 3, 3])
    ]
    rest = "-".join(parts)
    name = f"{family.name} {' '.join(part.title() for part in parts)}"
    if chance.random() < 0.4:
        day = _FIRST_DAY + timedelta(days=chance.randrange(1_700))
        dated = f"{rest}-{day:%Y%m%d}"
        return MadeUpName(f"{family.slug}-{dated}", name, dated, f"{family.slug}-{rest}")
    return MadeUpName(f"{family.slug}-{rest}", name, rest, "")


def _variant(chance: Random, family: Family, named: MadeUpName) -> Variant:
    window = chance.choice([8_192, 32_768, 131_072, 200_000, 1_000_000])
    return Variant(
        family=family,
        model_id=named.model_id,
        slug=named.slug,
        name=named.name,
        modality="text",
        input_modalities=["text", "image"] if "vision" in named.slug else ["text"],
        output_modalities=["text"],
        task_type="synchronous",
        lifecycle=chance.choice(["active", "active", "active", "preview", "deprecated", "retired"]),
        released_on=_FIRST_DAY + timedelta(days=chance.randrange(1_700)),
        context_window=window,
        max_output_tokens=window // 4,
        capabilities=chance.sample(["streaming", "tool_call", "structured_output", "prompt_caching"], 2),
        source_label=LABEL,
    )


def _prices(chance: Random, edition: Edition, variant: Variant) -> list[Price]:
    amount = Decimal(chance.randrange(5, 2_000)) / 100
    return [
        Price(
            variant=variant,
            kind="sell",
            state="known",
            meter=meter,
            per=1_000_000,
            amount=amount * times,
            effective_from=_MADE_ON,
            source_label=LABEL,
            revision_id=edition.begin(),
        )
        for meter, times in (("input_tokens", 1), ("output_tokens", 4))
    ]


def _words(chance: Random, known: Iterable[str] = ()) -> Iterator[str]:
    """Yield words of two to four syllables, each once; with a number where they run out."""
    used = set(known)
    while True:
        middles = "".join(chance.choices(_MIDDLES.split(), k=chance.choice([0, 1, 1, 2])))
        word = chance.choice(_BEGINNINGS.split()) + middles + chance.choice(_ENDINGS.split())
        if word in used:
            word = f"{word}{len(used)}"
        used.add(word)
        yield word
