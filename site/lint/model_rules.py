"""Rules that compare a model's page with the facts of its family: one function each, in one registry."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from catalog.comparison.differences import ModelContrast, contrasts
from catalog.presentation.skills.names import skill_name
from catalog.presentation.skills.skill import install_command, tools_command
from catalog.pricing.money import usd
from catalog.pricing.units import METERS, price_suffix, unit_label
from catalog.records.facts import Facts
from catalog.snippets import SiteSettings, snippets
from catalog.text.values import spoken
from lint.page_text import ROWS, PageText, sentences
from lint.spec_rules import row_problems

AMOUNT = re.compile(r"\$\d[\d,]*(?:\.\d+)?")
PER = re.compile(r"\bper (1[KM] [a-z]+|[a-z]+)\b")
LOT = re.compile(r"\b1[KMB] [a-z]+\b")
KEY_VARIABLE = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_(?:KEY|TOKEN)\b")
TASK_WORDS = re.compile(
    r"\b(?:poll(?:s|ed|ing)?|task IDs?|webhooks?|callbacks?|generations?)\b", re.IGNORECASE
)
STREAM = re.compile(r"\bstream(?:s|ed|ing)?\b", re.IGNORECASE)
DENIAL = re.compile(r"\b(?:not?|never|neither|without|unknown)\b", re.IGNORECASE)
MOVING = re.compile(
    r"\b(?:version refresh\w*|stable (?:model )?ID|(?:always|points? at) (?:the )?(?:latest|newest))\b",
    re.IGNORECASE,
)
SKILL_COMMAND = "npx skills add"
COMMANDS = (SKILL_COMMAND, "claude mcp add")
CALLED = ("per call", "per-call", "per completed request")

COMPUTED = "calculator"
"""The section whose amounts are sums of quantities and prices, and so no prices themselves."""


@dataclass(frozen=True, slots=True)
class ModelPage:
    """A model's page beside its facts."""

    page: PageText
    this: Facts
    family: list[Facts]
    calls: SiteSettings
    site_url: str


def exact_amounts(seen: ModelPage) -> Iterator[str]:
    """Require every amount to be one of the family's, to the last digit."""
    known = {
        usd(price["amount"], price["currency"])
        for facts in seen.family
        for price in facts.record["prices"]
        if price["amount"] is not None
    }
    stated = "\n".join(block.text for block in seen.page.blocks if block.section != COMPUTED)
    for shown in sorted(set(AMOUNT.findall(stated)) - known):
        yield f"{shown} is no recorded amount; is it rounded?"


def units(seen: ModelPage) -> Iterator[str]:
    """Require a unit beside every amount, and no unit that nothing is priced in."""
    prices = [price for facts in seen.family for price in facts.record["prices"]]
    labels = {price["unit"] for price in prices}
    suffixes = {price_suffix(price["meter"], price["per"]) for price in prices}
    every = {unit_label(meter.name, per) for meter in METERS.values() for per in (1, 1_000, 1_000_000)}
    for block in seen.page.blocks:
        if (
            block.tag in ROWS
            and block.section != COMPUTED
            and AMOUNT.search(block.text)
            and not any(label in block.text for label in labels)
        ):
            yield f"an amount without its unit: {block.text[:100]!r}"
        for unit in PER.findall(block.text):
            if unit in every and f"per {unit}" not in suffixes:
                yield f"nothing in this family is priced per {unit}: {block.text[:100]!r}"
        for lot in LOT.findall(block.text):
            if lot in every and lot not in labels:
                yield f"nothing in this family is priced per {lot}: {block.text[:100]!r}"
    if _is_token_priced(seen.this):
        for words in CALLED:
            if words in seen.page.text.lower():
                yield f"{words!r} beside token prices"


def task_words(seen: ModelPage) -> Iterator[str]:
    """Require that a synchronous model never mentions tasks."""
    if seen.this.record["task_type"] == "synchronous" and _is_token_priced(seen.this):
        for block in seen.page.blocks:
            if match := TASK_WORDS.search(block.text):
                yield f"{match.group()!r} on a synchronous model's page: {block.text[:100]!r}"


def streaming(seen: ModelPage) -> Iterator[str]:
    """Require that streaming is claimed only where it is recorded."""
    if "streaming" in seen.this.record["capabilities"]:
        return
    for block in seen.page.blocks:
        if block.tag in ("tr", "dt", "dd", "h2", "h3", "summary"):
            continue
        for sentence in sentences(block.text):
            if STREAM.search(sentence) and not DENIAL.search(sentence) and not sentence.endswith("?"):
                yield f"streaming is not recorded: {sentence[:100]!r}"


def leaving(seen: ModelPage) -> Iterator[str]:
    """Require the retirement date where there is one."""
    retires = seen.this.record["retires_on"]
    if retires and spoken(retires) not in seen.page.text:
        yield f"its retirement on {spoken(retires)} is not on the page"
    if seen.this.is_retired and "retired" not in seen.page.text.lower():
        yield "it is retired and the page does not say so"


def snapshot(seen: ModelPage) -> Iterator[str]:
    """Require that a dated snapshot is never called an alias."""
    record = seen.this.record
    if not record["snapshot_on"]:
        return
    names = "|".join(re.escape(name) for name in {record["model_id"], record["name"]})
    if re.search(rf"(?:{names}) is an alias", seen.page.text):
        yield "a dated snapshot is called an alias"
    if match := MOVING.search(seen.page.text):
        yield f"{match.group()!r} is said of a dated snapshot"


def endpoints(seen: ModelPage) -> Iterator[str]:
    """Require every recorded endpoint, with its method and whole path."""
    for endpoint in seen.this.record["endpoints"]:
        address = f"{endpoint['method']} {endpoint['path']}"
        if not re.search(rf"{re.escape(address)}(?![\w/:-])", seen.page.text):
            yield f"{address} is not on the page"


def samples(seen: ModelPage) -> Iterator[str]:
    """Require the code shown to be what the record gives, letter by letter."""
    made = {snippet.code.strip("\n") for snippet in snippets(seen.this.record, seen.calls)}
    for code in seen.page.listings:
        if code not in made and not code.startswith(COMMANDS):
            yield f"a sample that the record does not give: {code[:80]!r}"
    if made and not made & set(seen.page.listings):
        yield "no sample is shown"


def skill(seen: ModelPage) -> Iterator[str]:
    """Require the family's own skills, this site's among them, and this site's tools."""
    family = seen.this.record["family"]["slug"]
    command = install_command(seen.site_url, skill_name(family))
    known = {command, f"{SKILL_COMMAND} runapi-ai/{family} -g", tools_command(f"{seen.site_url}/mcp")}
    for code in seen.page.listings:
        if code.startswith(COMMANDS) and code not in known:
            yield f"{code!r} is none of {sorted(known)}"
    if command not in seen.page.listings:
        yield f"{command!r} is not on the page"


def comparison(seen: ModelPage) -> Iterator[str]:
    """Require each card to name a near sibling and only computed differences."""
    cards: list[tuple[str, list[str]]] = []
    for block in seen.page.in_section("differences"):
        if block.tag == "h3":
            cards.append((block.text, []))
        elif block.tag == "li" and cards:
            cards[-1][1].append(block.text)
    nearest = contrasts(seen.this, seen.family)
    titles = [f"Against {contrast.other.record['name']}" for contrast in nearest]
    if [title for title, _said in cards] != titles:
        yield f"the cards are {[title for title, _said in cards]}, the nearest siblings {titles}"
        return
    for contrast, (title, texts) in zip(nearest, cards, strict=True):
        yield from _card(contrast, title, texts)


def _card(contrast: ModelContrast, title: str, texts: list[str]) -> Iterator[str]:
    known = [" ".join(difference.text.replace("`", "").split()) for difference in contrast.differences]
    if not texts:
        yield f"{title!r} says nothing"
    for sentence in texts:
        if not any(sentence == text or sentence.endswith(f": {text}") for text in known):
            yield f"{title!r} says what is no computed difference: {sentence[:100]!r}"


def specification(seen: ModelPage) -> Iterator[str]:
    """Require every field of the spec sheet, with its recorded value or "not stated"."""
    rows = [row for table in seen.page.tables if table.section == "specs" for row in table.rows]
    yield from row_problems(seen.this, {row[0]: row[1] for row in rows if len(row) > 1})


def siblings(seen: ModelPage) -> Iterator[str]:
    """Require a link to every sibling."""
    links = set(seen.page.links)
    for facts in seen.family:
        if facts.record["path"] not in links and facts.record["model_id"] != seen.this.record["model_id"]:
            yield f"no link to its sibling {facts.record['model_id']}"


def one_key_variable(seen: ModelPage) -> Iterator[str]:
    """Require one name for the key's variable."""
    names = set(KEY_VARIABLE.findall(f"{seen.page.text} {seen.page.code}"))
    for name in sorted(names - {seen.calls.api_key_env}):
        yield f"{name} is not the key variable {seen.calls.api_key_env}"


def canonical(seen: ModelPage) -> Iterator[str]:
    """Require one canonical address, the page's own."""
    own = [f"{seen.site_url}{seen.this.record['path']}"]
    if seen.page.canonical != own:
        yield f"canonical is {seen.page.canonical}, not {own}"


def _is_token_priced(facts: Facts) -> bool:
    return any(METERS[price["meter"]].group == "tokens" for price in facts.prices)


MODEL_RULES: dict[str, Callable[[ModelPage], Iterable[str]]] = {
    "amount": exact_amounts,
    "unit": units,
    "task words": task_words,
    "streaming": streaming,
    "lifecycle": leaving,
    "snapshot": snapshot,
    "endpoint": endpoints,
    "sample": samples,
    "skill": skill,
    "comparison": comparison,
    "specification": specification,
    "sibling": siblings,
    "key variable": one_key_variable,
    "canonical": canonical,
}
