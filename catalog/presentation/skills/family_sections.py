"""Sections of a family's skill."""

from collections.abc import Iterator

from catalog.presentation.skills import errors, lifecycle_tables, references, tables
from catalog.presentation.skills.recipes import Recipe, written
from catalog.presentation.skills.skill import CatalogEdition, FamilyLine
from catalog.presentation.wording import billing, markdown
from catalog.records.facts import Facts
from catalog.records.phrases import count, unique

MOST_ROWS, MOST_POINTS, MOST_NAMED = 24, 12, 8


def when_section(line: FamilyLine) -> Iterator[str]:
    """Return when to read this skill."""
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


def set_up_section(edition: CatalogEdition) -> Iterator[str]:
    """Return where the key comes from."""
    calls = edition.site.calls
    yield from ("## Set-up", "")
    yield (
        f"- The key is in the environment variable {markdown.code(calls.api_key_env)}. If it is not set, ask"
        " for it to be set there: a key belongs neither in code nor in a conversation."
    )
    yield f"- The base URL is {markdown.code(calls.api_base_url)}."
    yield from (f"- How keys are made and sent: <{_page('/docs/authentication', edition)}>.", "")


def calls_section(calls: list[Recipe], edition: CatalogEdition, room: int, lines: int) -> str:
    """Return the calls that fit."""
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


def choice_section(line: FamilyLine, files: dict[str, str], edition: CatalogEdition) -> Iterator[str]:
    """List the models."""
    yield from ("## Choose a model", "")
    # Retired ones last: the table is cut at its end.
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


def prices_section(line: FamilyLine, edition: CatalogEdition) -> Iterator[str]:
    """Explain prices."""
    yield from ("## Prices", "")
    site = edition.site.url
    yield (
        f"All prices, with unit, conditions, dates and sources, are in [{references.PRICES}]"
        f"({references.PRICES}): {edition.said}. `sell` is what {markdown.text(edition.site.name)} charges,"
        " `list` what the model's own provider does. An amount is a decimal string; one that is not there is"
        " not on record, and never 0."
    )
    yield ""
    if line.served:
        first = line.served[0]
        failure = billing.failure(first, edition.promises)
        yield from (markdown.text(failure), "") if failure else ()
        command = f'curl "{markdown.address(_question(first), site)}"'
        yield from ("Prices change: ask what holds, without a key:", "", markdown.fenced(command, "bash"), "")
    announced = lifecycle_tables.announced(line.members)
    if announced:
        yield from ("Announced, not yet in force:", "", *announced[:MOST_POINTS], "")


def _question(member: Facts) -> str:
    # The example must work as it is: it asks for a meter that has a price.
    rows, model_id = member.sell or member.listed, member.record["model_id"]
    if not rows:
        return f"/api/v1/models/{model_id}/prices"
    meters = unique(row["meter"] for row in rows)
    used = "input_tokens=10000&output_tokens=1000" if "input_tokens" in meters else f"{meters[0]}=1"
    return f"/api/v1/quote?model={model_id}&{used}{'' if member.sell else '&kind=list'}"


def errors_section(edition: CatalogEdition) -> Iterator[str]:
    """Explain errors."""
    yield from ("## Errors", "")
    yield from tables.table(("Status", "Meaning", "What to do"), errors.statuses(edition.promises))
    yield from ("", f"How to repeat a request safely: <{_page(errors.PAGE, edition)}>.", "")


def lifecycle_section(line: FamilyLine) -> Iterator[str]:
    """List retirements."""
    yield from ("## Lifecycle", "")
    ends = lifecycle_tables.ends(line.members)
    if not ends:
        yield "No model of this family has a day of deprecation or retirement on record."
    yield from ends[:MOST_POINTS]
    if len(ends) > MOST_POINTS:
        yield f"- {len(ends) - MOST_POINTS} more in [{references.MODELS}]({references.MODELS})"
    yield ""


def references_section(calls: list[Recipe], files: dict[str, str]) -> Iterator[str]:
    """List the other files."""
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
