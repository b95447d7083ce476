"""The catalog's skill: how an agent queries this site."""

from collections.abc import Iterator, Sequence

from catalog.presentation.skills import tables
from catalog.presentation.skills.front_matter import front_matter, plain
from catalog.presentation.skills.names import CATALOG
from catalog.presentation.skills.skill import (
    FOLDER,
    MAIN,
    CatalogEdition,
    Skill,
    Title,
    packed,
    tools_command,
)
from catalog.presentation.wording import markdown
from catalog.records.phrases import count

FAMILIES = f"{FOLDER}families.md"
LEAD = "How an agent asks this site for models, prices and changes instead of remembering them."
# A test sends all of these to the API.
QUESTIONS = (
    (
        "Models that read images, the cheapest first",
        "/api/v1/models?input_modality=image&sort=input_price&limit=5",
    ),
    ("Models and documentation by words", "/api/v1/search?q=image+input"),
    ("What changed last", "/api/v1/changes?limit=5"),
    ("What is in trouble now", "/api/v1/status"),
)
OF_A_MODEL = (
    ("All that is on record of a model", "/api/v1/models/{id}"),
    ("Its prices, past and announced ones too", "/api/v1/models/{id}/prices?history=true"),
    ("Its prices on a day", "/api/v1/models/{id}/prices?at=2026-11-01"),
    ("Code that calls it", "/api/v1/models/{id}/snippets?language=python"),
    ("What a use costs, line by line", "/api/v1/quote?model={id}&input_tokens=10000&output_tokens=1000"),
    ("Models side by side", "/api/v1/compare?models={id},{other}"),
)


def catalog_skill(titles: Sequence[Title], edition: CatalogEdition) -> Skill:
    """Build the skill; `titles` are all families."""
    site = edition.site
    described = plain(
        f"How to read the catalog of AI models at {site.url}: find models, read exact prices with their dates"
        " and sources, quote a use, compare models, get code that calls them, and see what changed. Use it"
        " whenever a model, its price, a limit or its end is asked for, instead of answering from memory.",
        1024,
    )
    opening = front_matter(
        CATALOG,
        described,
        f"Needs network access to {site.url}. Reading needs no key.",
        {"catalog": site.url, "catalog-revision": str(edition.revision), "catalog-date": edition.since},
    )
    files = {MAIN: opening + "\n".join(_body(titles, edition)) + "\n", FAMILIES: _families(titles, edition)}
    return Skill(CATALOG, CATALOG, f"{site.name} catalog", LEAD, described, packed(files))


def _body(titles: Sequence[Title], edition: CatalogEdition) -> Iterator[str]:
    site = edition.site
    models = sum(title.models for title in titles)
    yield f"# {markdown.text(site.name)} catalog"
    yield ""
    yield (
        f"{count(models, 'model')} in {count(len(titles), 'family', 'families')}. Written from"
        f" {edition.said}. Everything is read without a key. Ask rather than remember: prices change."
    )
    yield from ("", "## When to use this", "")
    yield "- A model is to be chosen, or models are to be compared."
    yield "- A price, a limit or a date of a model is asked for, or what a use costs."
    yield "- Code that calls a model is to be written, or names a model that may be retired."
    yield from ("", "## Where to begin", "")
    yield f"- <{site.url}/llms.txt>: where everything is, and all models with their prices in short"
    yield f"- Every page is Markdown at its address with `.md`: <{site.url}/models.md>"
    yield "- `?at=2026-11-01` behind an address shows the prices of that day"
    yield f"- Each family has a skill of its own, with code and parameters: [{FAMILIES}]({FAMILIES})"
    yield from ("", "## Ask the API", "")
    yield "Answers are JSON. An amount is a decimal string, and `null` is not on record, never 0."
    yield from ("", *_asked(QUESTIONS, site.url), "", "## Ask about a model", "")
    yield (
        "Put its ID, as lists show it, in the place of `{id}`. An ID that is not known is answered with 404."
    )
    yield from ("", *_asked(OF_A_MODEL, site.url))
    if site.tools_url:
        yield from ("", "## Or connect the tools", "")
        yield f"The same as tools (MCP, read-only): `{site.tools_url}`. For Claude Code:"
        yield from ("", markdown.fenced(tools_command(site.tools_url), "bash"))
    yield from ("", "## Check what you say", "")
    yield "- Name the unit, the date and the source that stand beside a price."
    yield "- `kind` is `sell` for what this site charges and `list` for what the model's own provider does."
    yield "- Where `total` of a quote is `null`, a price is missing: `unpriced` says of what."


def _asked(questions: Sequence[tuple[str, str]], site: str) -> list[str]:
    rows = [(title, f"`GET {site}{path}`") for title, path in questions]
    return tables.table(("For", "Ask"), rows)


def _named(title: Title) -> str:
    return markdown.text(title.name) or markdown.text(title.key)  # a name may be of no visible sign


def _families(titles: Sequence[Title], edition: CatalogEdition) -> str:
    site = edition.site.url
    rows = [
        (
            f"[{_named(title)}]({markdown.address(f'/models/{title.slug}', site)}.md)",
            markdown.text(title.provider) or "Not stated",
            f"{title.models:,}",
            f"[{title.skill}]({markdown.address(f'/skills/{title.key}', site)}.md)",
        )
        for title in titles
    ]
    lines = ["# Families", "", f"From {edition.said}. Names: {markdown.DATA}", ""]
    lines += tables.table(("Family", "Provider", "Models", "Skill"), rows)
    return "\n".join(lines) + "\n"
