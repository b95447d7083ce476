"""The documentation as its writers see it: pages, fenced code, inline code and tables, settings filled in."""

import re
from dataclasses import dataclass

from catalog.records.promises import OF_DAYS, OF_PATHS, YES
from catalog.vocabulary import PromiseName
from docs import library, values

FENCE = re.compile(r"^```(?P<language>\w+)(?: (?P<words>\S+))?\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
MANAGE = re.compile(r"(?:\.venv/bin/python )?manage\.py ([a-z_]+)([^\n`|]*)")
HEADING = re.compile(r"^#{2,3} (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Code:
    """One fenced block and where it stands."""

    page: str
    line: int
    language: str
    text: str

    def __str__(self):
        return f"{self.page}:{self.line}:{self.language}"


def filled():
    """The values of the settings, and of every promise: a writer reads all passages."""
    paths = {**dict.fromkeys(OF_PATHS, "/api_keys"), "key_check": "/api/v1/me"}
    paths["price_schedules"] = "/api/v1/price_schedules"
    promised = {**dict.fromkeys(PromiseName.values, YES), **dict.fromkeys(OF_DAYS, "7"), **paths}
    return {**values.current(), **promised}


def pages():
    """Slug -> Markdown, with the values of the settings and of every promise."""
    named = filled()
    return {source.slug: values.fill(source.text, named) for source in library.shelf()}


def codes(language=None):
    """All fenced blocks of a language."""
    return [
        Code(slug, text.count("\n", 0, found.start()) + 1, found["language"], found["code"])
        for slug, text in pages().items()
        for found in FENCE.finditer(text)
        if language in (None, found["language"])
    ]


def spans(slug):
    """The inline code of a page."""
    return SPAN.findall(FENCE.sub("", pages()[slug]))


def section(slug, heading):
    """The text below a heading, up to the next of its level or above."""
    text = pages()[slug]
    found = re.search(rf"^(#+) {re.escape(heading)}$", text, re.MULTILINE)
    rest = text[found.end() :]
    end = re.search(rf"^#{{1,{len(found[1])}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def table(slug, heading):
    """The rows of the first table below a heading, as the texts of their cells."""
    return next(iter(tables(section(slug, heading))), [])


def tables(text):
    """The rows of each table, heads left out."""
    found = [[]]
    for line in FENCE.sub("", text).splitlines():
        if line.startswith("|"):
            found[-1].append(re.split(r"\s*\|\s*", line.strip().strip("|").strip()))
        elif found[-1]:
            found.append([])
    return [rows[2:] for rows in found if rows]


def words(cell):
    """The inline code of a cell."""
    return SPAN.findall(cell)


def commands():
    """Every use of manage.py: page, command, and what stands behind it."""
    return [(slug, found[1], found[2]) for slug, text in pages().items() for found in MANAGE.finditer(text)]
