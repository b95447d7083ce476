"""Warnings of probable mistakes in new prices."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from catalog.pricing.conditions import is_known, near
from catalog.pricing.money import usd
from catalog.pricing.price import PriceValue
from catalog.pricing.units import METERS, MILLION, price_suffix
from catalog.text.dates_and_ratios import percent, percent_words, rounded
from catalog.vocabulary import PriceKind

LARGEST_STEP = Decimal(25)
"""Percent of the old price."""
# Wrong units are such factors: per 1K entered as per 1M is 1,000, per token 1,000,000.
FACTORS = (10, 100, 1_000, 1_000_000)
NEAR = Decimal("0.05")
LEAST_PER_MILLION, MOST_PER_MILLION = Decimal("0.0001"), Decimal(1_000)


@dataclass(frozen=True, slots=True)
class ProposedPrice:
    """A new price, with the old amount and the list price in its unit and currency."""

    value: PriceValue
    old: Decimal | None
    listed: Decimal | None


@dataclass(frozen=True, slots=True)
class OddTerm:
    """An odd unit or condition; a slip is certainly a mistake."""

    about: str
    said: str
    is_slip: bool = False


def odd_terms(
    meter: str, per: int, conditions: Iterable[str], parameters: Collection[str]
) -> Iterator[OddTerm]:
    """List what is odd about a price's lot and condition names."""
    usual = METERS[meter].per
    if per != usual:
        what, right = METERS[meter].plural, price_suffix(meter, usual)
        yield OddTerm(
            "per", f"It is priced {price_suffix(meter, per)}: {what} are usually priced {right}. Is it right?"
        )
    for name in conditions:
        if not is_known(name, parameters):
            yield _odd_name(name, parameters)


def is_providers_word(term: OddTerm, kind: str, parameters: Collection[str]) -> bool:
    """Whether a list price depends on what its provider's own API has, and the model here lacks."""
    return kind == PriceKind.LIST and term.about != "per" and not near(term.about, parameters)


def _odd_name(name: str, parameters: Collection[str]) -> OddTerm:
    meant = near(name, parameters)
    what = (
        f"The condition {name} is neither built in nor a parameter of the model"
        if parameters
        else f"The condition {name} is not built in, and no parameter of the model is known"
    )
    right = f"Did you mean {meant}?" if meant else "Can a request meet it?"
    # Without recorded parameters the name may be one that we do not know: warn, but do not refuse.
    return OddTerm(name, f"{what}. {right}", is_slip=bool(meant and parameters))


def questions(proposed: ProposedPrice, floor: Decimal) -> list[str]:
    """List warnings; a sell price below `floor`, a share of the list price, is one."""
    return [*_zero(proposed), *_step(proposed), *_floor(proposed, floor), *_range(proposed)]


def _zero(proposed: ProposedPrice) -> Iterator[str]:
    if proposed.value.state == "free":
        yield "It becomes free: nothing is charged for it."


def _step(proposed: ProposedPrice) -> Iterator[str]:
    old, new = proposed.old, proposed.value.amount
    if not old or not new:
        return
    factor = max(old, new) / min(old, new)
    for known in FACTORS:
        if abs(factor - known) <= known * NEAR:
            less = "a " if new < old else ""
            word = f"{less}{known:,}{'th of' if less else ' times'}"
            unit = price_suffix(proposed.value.meter, proposed.value.per)
            yield f"It is about {word} the old price: is the amount really {unit}?"
            return
    if abs(percent(old, new)) > LARGEST_STEP:
        yield f"It is {percent_words(old, new)} than before."


def _floor(proposed: ProposedPrice, floor: Decimal) -> Iterator[str]:
    price = proposed.value
    if price.kind != "sell" or price.amount is None or not proposed.listed:
        return
    if price.amount < proposed.listed * floor:
        listed = usd(proposed.listed, price.currency)
        yield f"It is below {rounded(floor * 100)}% of the list price of {listed}."


def _range(proposed: ProposedPrice) -> Iterator[str]:
    price = proposed.value
    if not price.amount or METERS[price.meter].group != "tokens" or price.currency != "USD":
        return
    each = price.amount * MILLION / price.per
    if not LEAST_PER_MILLION <= each <= MOST_PER_MILLION:
        low, high = usd(LEAST_PER_MILLION), usd(MOST_PER_MILLION)
        yield f"It is {usd(each)} per 1M tokens: prices of tokens lie between {low} and {high}."
