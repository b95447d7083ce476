"""Makes up a catalog to measure with: no model exists, a seed gives the same names."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import islice
from random import Random

from catalog.exchange.synthetic_names import FIRST_DAY, MadeUpName, made_up_words, make_name
from catalog.models import Alias, Endpoint, Family, Price, Provider, Variant
from catalog.publishing.publish import Edition, publish
from catalog.vocabulary import Origin

CHUNK = 5_000
PER_PROVIDER = 500
PER_FAMILY = 25
# As in large catalogs, many providers sell the same few dozen lines of models.
LINES = 60
LABEL = "Synthetic: no such model exists"
_MADE_ON = datetime(2026, 1, 1, tzinfo=UTC)


class OccupiedError(Exception):
    """The database has models."""


def make(
    count: int, *, seed: int = 1, force: bool = False, progress: Callable[[int, int], None] | None = None
) -> int:
    """Insert made-up models; OccupiedError if there are any, unless `force`. Return how many."""
    if not force and Variant.objects.exists():
        raise OccupiedError("This database holds models: made-up ones belong into a database of their own.")
    # Names and prices, nothing secret.
    chance = Random(f"{seed}")  # noqa: S311
    known = {slug.partition("-")[0] for slug in Provider.objects.values_list("slug", flat=True)}
    made, names = 0, made_up_words(chance, known)
    while made < count:
        size = min(CHUNK, count - made)
        # Through a publish, so that records and search are true.
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
        planned.append((family, make_name(chance, family, number % PER_FAMILY)))
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
    lines = list(islice(made_up_words(Random("lines")), LINES))  # noqa: S311
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
        released_on=FIRST_DAY + timedelta(days=chance.randrange(1_700)),
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
