"""A family's skill: calls, prices and lifecycle."""

from datetime import datetime

from catalog.presentation.skills import references
from catalog.presentation.skills.family_sections import (
    MOST_NAMED,
    calls_section,
    choice_section,
    errors_section,
    lifecycle_section,
    prices_section,
    references_section,
    set_up_section,
    when_section,
)
from catalog.presentation.skills.front_matter import front_matter, plain
from catalog.presentation.skills.names import key_of, skill_name
from catalog.presentation.skills.recipes import Recipe, recipes
from catalog.presentation.skills.skill import MAIN, CatalogEdition, FamilyLine, Skill, packed
from catalog.presentation.wording import markdown
from catalog.records.phrases import count
from catalog.text.identifiers import LONGEST_NAME

# Characters, for under 5,000 tokens; calls that do not fit are in the references.
LONGEST_BODY = 13_500
MOST_LINES = 440
_NO_QUOTES = str.maketrans(
    {'"': "'", "\N{LEFT DOUBLE QUOTATION MARK}": "'", "\N{RIGHT DOUBLE QUOTATION MARK}": "'"}
)


def family_skill(line: FamilyLine, edition: CatalogEdition, boundary: datetime | None = None) -> Skill:
    """Build the skill; `boundary` is when its text changes next."""
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
    """Return what the skill is for."""
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
    # Quotes inside become apostrophes: a name cannot end its quotation and go on as instructions.
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
        *when_section(line),
        *set_up_section(edition),
    ]
    after = [
        *choice_section(line, files, edition),
        *prices_section(line, edition),
        *errors_section(edition),
        *lifecycle_section(line),
        *references_section(calls, files),
    ]
    text = "\n".join(before)
    rest = "\n".join(after)
    # The calls get what the other sections leave.
    room = LONGEST_BODY - len(text) - len(rest), MOST_LINES - text.count("\n") - rest.count("\n")
    return f"{text}\n{calls_section(calls, edition, *room)}\n{rest}\n"
