"""Rules for a model's page, in one registry."""

import re
from collections.abc import Callable, Iterable, Iterator

from catalog.comparison.differences import ModelContrast, contrasts
from catalog.text.dates_and_ratios import spoken
from lint.amount_rules import exact_amounts, units
from lint.command_rules import one_key_variable, samples, skill
from lint.model_page import ModelPage, is_token_priced
from lint.page_parts import sentences
from lint.recomputed_rules import days, own_samples, ratios
from lint.spec_rules import row_problems

TASK_WORDS = re.compile(
    r"\b(?:poll(?:s|ed|ing)?|task IDs?|webhooks?|callbacks?|generations?)\b", re.IGNORECASE
)
STREAM = re.compile(r"\bstream(?:s|ed|ing)?\b", re.IGNORECASE)
DENIAL = re.compile(r"\b(?:not?|never|neither|without|unknown)\b", re.IGNORECASE)
MOVING = re.compile(
    r"\b(?:version refresh\w*|stable (?:model )?ID|(?:always|points? at) (?:the )?(?:latest|newest))\b",
    re.IGNORECASE,
)


def task_words(seen: ModelPage) -> Iterator[str]:
    """Refuse tasks on a synchronous model's page."""
    if seen.this.record["task_type"] == "synchronous" and is_token_priced(seen.this):
        for block in seen.page.blocks:
            if match := TASK_WORDS.search(block.text):
                yield f"{match.group()!r} on a synchronous model's page: {block.text[:100]!r}"


def streaming(seen: ModelPage) -> Iterator[str]:
    """Require streaming only where recorded."""
    if "streaming" in seen.this.record["capabilities"]:
        return
    for block in seen.page.blocks:
        # Labels and headings name streaming without a claim.
        if block.tag in ("tr", "dt", "dd", "h2", "h3", "summary"):
            continue
        for sentence in sentences(block.text):
            if STREAM.search(sentence) and not DENIAL.search(sentence) and not sentence.endswith("?"):
                yield f"streaming is not recorded: {sentence[:100]!r}"


def leaving(seen: ModelPage) -> Iterator[str]:
    """Require the retirement date."""
    retires = seen.this.record["retires_on"]
    if retires and spoken(retires) not in seen.page.text:
        yield f"its retirement on {spoken(retires)} is not on the page"
    if seen.this.is_retired and "retired" not in seen.page.text.lower():
        yield "it is retired and the page does not say so"


def snapshot(seen: ModelPage) -> Iterator[str]:
    """Require that no dated snapshot is called an alias."""
    record = seen.this.record
    if not record["snapshot_on"]:
        return
    names = "|".join(re.escape(name) for name in {record["model_id"], record["name"]})
    if re.search(rf"(?:{names}) is an alias", seen.page.text):
        yield "a dated snapshot is called an alias"
    if match := MOVING.search(seen.page.text):
        yield f"{match.group()!r} is said of a dated snapshot"


def endpoints(seen: ModelPage) -> Iterator[str]:
    """Require every endpoint, with method and whole path."""
    for endpoint in seen.this.record["endpoints"]:
        address = f"{endpoint['method']} {endpoint['path']}"
        # Not a longer path that begins with this one.
        if not re.search(rf"{re.escape(address)}(?![\w/:-])", seen.page.text):
            yield f"{address} is not on the page"


def comparison(seen: ModelPage) -> Iterator[str]:
    """Require cards of the nearest siblings, with computed differences only."""
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
    """Require every field of the spec sheet, with its recorded value."""
    rows = [row for table in seen.page.tables if table.section == "specs" for row in table.rows]
    yield from row_problems(seen.this, {row[0]: row[1] for row in rows if len(row) > 1})


def siblings(seen: ModelPage) -> Iterator[str]:
    """Require a link to every sibling."""
    links = set(seen.page.links)
    for facts in seen.family:
        if facts.record["path"] not in links and facts.record["model_id"] != seen.this.record["model_id"]:
            yield f"no link to its sibling {facts.record['model_id']}"


def canonical(seen: ModelPage) -> Iterator[str]:
    """Require the page's own canonical address."""
    own = [f"{seen.site_url}{seen.this.record['path']}"]
    if seen.page.canonical != own:
        yield f"canonical is {seen.page.canonical}, not {own}"


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
    "ratio": ratios,
    "day": days,
    "own sample": own_samples,
}
