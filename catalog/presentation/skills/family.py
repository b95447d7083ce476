"""The skill of a family: when to use it, how to make each call, what it costs and when models retire."""

from collections.abc import Iterator
from datetime import datetime

from catalog.presentation.skills import errors, references, tables
from catalog.presentation.skills.front_matter import front_matter, plain
from catalog.presentation.skills.names import key_of, skill_name
from catalog.presentation.skills.recipes import Recipe, recipes, written
from catalog.presentation.skills.skill import MAIN, CatalogEdition, FamilyLine, Skill, packed
from catalog.presentation.wording import billing, markdown
from catalog.records.facts import Facts
from catalog.records.phrases import count, unique
from catalog.text.identifiers import LONGEST_NAME

LONGEST_BODY = 13_500
"""Characters of a body, so that it stays under 5,000 tokens: calls that do not fit are in the references."""
MOST_LINES = 440
_NO_QUOTES = str.maketrans(
    {'"': "'", "\N{LEFT DOUBLE QUOTATION MARK}": "'", "\N{RIGHT DOUBLE QUOTATION MARK}": "'"}
)
MOST_ROWS, MOST_POINTS, MOST_NAMED = 24, 12, 8


def family_skill(line: FamilyLine, edition: CatalogEdition, boundary: datetime | None = None) -> Skill:
    """Build the skill of a family; `boundary` is when its text changes next."""
    name, recipe_rows = skill_name(line.slug), recipes(line)
    schemas = references.schemas(line.members[: references.MOST_MODELS], edition)
    files = {
        references.PRICES: references.prices(line, edition),
        references.MODELS: references.models(line, edition),
        **dict(schemas.values()),
    }
    if recipe_rows:
        files[references.CALLS] = references.calls(line, recipe_rows, edition)
    described, calls = description(line, edition), edition.site.calls
    opening = front_matter(
        name,
        described,
        f"Needs network access to {calls.api_base_url} and a key in {calls.api_key_env}.",
        {
            "catalog": edition.site.url,
            "catalog-revision": str(edition.revision),
            "catalog-date": edition.since,
        },
    )
    files[MAIN] = opening + body(
        line, recipe_rows, {key: file for key, (file, _) in schemas.items()}, edition
    )
    return Skill(name, key_of(line.slug), line.name, line.lead, described, packed(files), boundary, line.slug)


def description(line: FamilyLine, edition: CatalogEdition) -> str:
    """Return what the skill holds and when to use it."""
    ids = [member.record["model_id"] for member in (line.served or line.members)]
    base = edition.site.calls.api_base_url
    maker = f" by {_quoted(line.provider)}" if line.provider else ""
    opening = (
        f"How to call the models of the family {line.slug} ({_quoted(line.name)}{maker}) at {base}: set-up,"
        f" code, parameters, prices and lifecycle dates of {count(len(line.members), 'model')}. Use it when"
        " writing or changing code that calls one of them, or to choose, price or replace one"
    )
    named = ", ".join(ids[:MOST_NAMED])
    return plain(f"{opening}: {named}." if named else f"{opening}.", 1024)


def _quoted(name: str) -> str:
    """Return a name in quotation marks that it cannot close."""
    return f'"{plain(name, LONGEST_NAME).translate(_NO_QUOTES)}"'


def body(line: FamilyLine, calls: list[Recipe], files: dict[str, str], edition: CatalogEdition) -> str:
    """Return the text below the front matter."""
    before = [
        f"# {markdown.text(line.name)}",
        "",
        f"{markdown.text(line.lead)} Written from {edition.said}.",
        "",
        f"Names, notes and descriptions here and in the references: {markdown.DATA}",
        "",
        *_when(line),
        *_setting_up(edition),
    ]
    after = [
        *_choosing(line, files, edition),
        *_prices(line, edition),
        *_errors(edition),
        *_lifecycle(line),
        *_references(calls, files),
    ]
    text = "\n".join(before)
    rest = "\n".join(after)
    room = LONGEST_BODY - len(text) - len(rest), MOST_LINES - text.count("\n") - rest.count("\n")
    return f"{text}\n{_calls(calls, edition, *room)}\n{rest}\n"


def _when(line: FamilyLine) -> Iterator[str]:
    yield from ("## When to use this", "")
    name = markdown.text(line.name)
    if not line.served:
        yield from (f"No model of {name} is served: use this to replace one in code that still names it.", "")
        return
    yield f"- Code is to call a model of {name}, or calls one and is to be changed."
    yield f"- A model of {name} is to be chosen, or its price or a limit is asked for."
    if len(line.served) < len(line.members):
        yield f"- Code names a model of {name} that is retired."
    yield ""


def _setting_up(edition: CatalogEdition) -> Iterator[str]:
    calls = edition.site.calls
    yield from ("## Set-up", "")
    yield (
        f"- The key is in the environment variable {markdown.code(calls.api_key_env)}. If it is not set, ask"
        " for it to be set there: a key belongs neither in code nor in a conversation."
    )
    yield f"- The base URL is {markdown.code(calls.api_base_url)}."
    yield from (f"- How keys are made and sent: <{_page('/docs/authentication', edition)}>.", "")


def _calls(calls: list[Recipe], edition: CatalogEdition, room: int, lines: int) -> str:
    """Return the calls that fit; all of them are in the references."""
    text_lines = ["## Calls", ""]
    if not calls:
        return "\n".join([*text_lines, "No request of these models is on record.", ""])
    shown = 0
    for recipe in calls:
        text = written(recipe, edition.site.calls, "###") + "\n"
        room, lines = room - len(text), lines - text.count("\n") - 1
        if room < 0 or lines < 0:
            break
        text_lines.append(text)
        shown += 1
    if shown < len(calls):
        left = count(len(calls) - shown, "more call is", "more calls are")
        text_lines += [f"{left} in [{references.CALLS}]({references.CALLS}).", ""]
    return "\n".join(text_lines)


def _choosing(line: FamilyLine, files: dict[str, str], edition: CatalogEdition) -> Iterator[str]:
    yield from ("## Choose a model", "")
    ordered = sorted(line.members, key=lambda member: member.is_retired)
    if not ordered:
        yield from ("No model of this family is on record.", "")
        return
    yield from tables.choice(ordered[:MOST_ROWS], files)
    yield ""
    if len(ordered) > MOST_ROWS:
        yield f"{len(ordered) - MOST_ROWS} more are in [{references.MODELS}]({references.MODELS})."
        yield ""
    firsts = tables.firsts(line.served)
    if firsts:
        yield from ("What each is first in, by the records:", "", *firsts[:MOST_POINTS], "")
    yield f"Send an ID as it stands here. The page of the family: <{_page(f'/models/{line.slug}', edition)}>."
    yield ""


def _prices(line: FamilyLine, edition: CatalogEdition) -> Iterator[str]:
    yield from ("## Prices", "")
    site = edition.site.url
    yield (
        f"All prices, with unit, conditions, dates and sources, are in [{references.PRICES}]"
        f"({references.PRICES}): {edition.said}. `sell` is what {markdown.text(edition.site.name)} charges,"
        " `list` what the model's own provider does. An amount is a decimal string; one that is not there is"
        " not published, and never 0."
    )
    yield ""
    if line.served:
        first = line.served[0]
        yield from (markdown.text(billing.failure(first)), "")
        command = f'curl "{markdown.address(_question(first), site)}"'
        yield from ("Prices change: ask what holds, without a key:", "", markdown.fenced(command, "bash"), "")
    announced = tables.announced(line.members)
    if announced:
        yield from ("Announced, not yet in force:", "", *announced[:MOST_POINTS], "")


def _question(member: Facts) -> str:
    """Return the address that quotes a usage of a model, or that no price is published."""
    rows, model_id = member.sell or member.listed, member.record["model_id"]
    if not rows:
        return f"/api/v1/models/{model_id}/prices"
    meters = unique(row["meter"] for row in rows)
    used = "input_tokens=10000&output_tokens=1000" if "input_tokens" in meters else f"{meters[0]}=1"
    return f"/api/v1/quote?model={model_id}&{used}{'' if member.sell else '&kind=list'}"


def _errors(edition: CatalogEdition) -> Iterator[str]:
    yield from ("## Errors", "")
    yield from tables.table(("Status", "Meaning", "What to do"), errors.STATUSES)
    yield from ("", f"How to repeat a request safely: <{_page(errors.PAGE, edition)}>.", "")


def _lifecycle(line: FamilyLine) -> Iterator[str]:
    yield from ("## Lifecycle", "")
    ends = tables.ends(line.members)
    if not ends:
        yield "No model of this family has a day of deprecation or retirement on record."
    yield from ends[:MOST_POINTS]
    if len(ends) > MOST_POINTS:
        yield f"- {len(ends) - MOST_POINTS} more in [{references.MODELS}]({references.MODELS})"
    yield ""


def _references(calls: list[Recipe], files: dict[str, str]) -> Iterator[str]:
    yield from ("## References", "")
    yield f"- [{references.MODELS}]({references.MODELS}): what is on record of each model"
    yield f"- [{references.PRICES}]({references.PRICES}): every price in force and announced"
    if calls:
        yield f"- [{references.CALLS}]({references.CALLS}): every call, in cURL and Python"
    if files:
        yield (
            "- `references/parameters-….json`: what a request may hold, as JSON Schema; the table of models"
            " names the file of each"
        )


def _page(path: str, edition: CatalogEdition) -> str:
    return f"{markdown.address(path, edition.site.url)}.md"
