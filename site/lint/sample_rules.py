"""Rules for code on every page."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from catalog.presentation.skills.names import CATALOG, skill_name
from lint.page_parts import PageText

MODEL = re.compile(r"""(?<![\w.])["']?model["']?\s*[:=]\s*["']([^"'\n]+)["']""")
HOLE = re.compile(r"\{\w+\}")
SKILL = re.compile(r"\bnpx skills add (\S+)(?: --skill (\S+))?")
EVERY_SKILL = "'*'"
KEY = re.compile(
    r"""(?:\$\{?|environ(?:\.get\()?\[?["']|process\.env\.)"""
    r"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_(?:KEY|TOKEN))\b"
)
TASK_FIELD = re.compile(r"""\.task_id\b|\[["']task_id["']\]|\btsk_\w*""")
# Paths that no model is called at: base URLs, the account, and the platform's own prices.
PLATFORM = ("/v1", "/v1beta", "/api/v1/me", "/api/v1/me/balance", "/api/v1/price_schedules")


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What samples may name."""

    ids: frozenset[str]
    paths: frozenset[str]
    families: frozenset[str]
    api_base_url: str
    key_variable: str
    site_url: str = ""
    skills_owner: str = ""

    def has_path(self, path: str) -> bool:
        """Whether a path is an endpoint's, its placeholders filled in, or the platform's."""
        return path in PLATFORM or any(pattern.fullmatch(path) for pattern in self._patterns())

    def _patterns(self) -> Iterator[re.Pattern[str]]:
        for path in self.paths:
            yield re.compile(".+".join(re.escape(part) for part in HOLE.split(path)))


def model_ids(page: PageText, known: OnRecord) -> Iterator[str]:
    """Require models of the catalog."""
    for name in sorted({name for code in page.listings for name in MODEL.findall(code)} - known.ids):
        yield f"a sample asks for {name!r}, which is no model of this catalog"


def addresses(page: PageText, known: OnRecord) -> Iterator[str]:
    """Require recorded endpoints, or paths of the platform."""
    called = re.compile(re.escape(known.api_base_url) + r"(/[^\s\"'`?<>),;\\]+)")
    for path in sorted({path for code in page.listings for path in called.findall(code)}):
        if not known.has_path(path):
            yield f"a sample calls {path}, which is no endpoint on record"


def task_answers(page: PageText, _known: OnRecord) -> Iterator[str]:
    """Require `id` for a task's ID."""
    for code in page.listings:
        if match := TASK_FIELD.search(code):
            yield f"{match.group()!r} in a sample: a task's ID is `id`"


def key_variables(page: PageText, known: OnRecord) -> Iterator[str]:
    """Require one variable for the key."""
    for name in sorted({name for code in page.listings for name in KEY.findall(code)}):
        if name != known.key_variable:
            yield f"a sample reads {name}, not {known.key_variable}"


def skills(page: PageText, known: OnRecord) -> Iterator[str]:
    """Require skills of this site or the catalog."""
    own = {EVERY_SKILL, CATALOG, *map(skill_name, known.families)}
    for source, name in sorted({match for code in page.listings for match in SKILL.findall(code)}):
        if source == known.site_url:
            if name not in own:
                yield f"a command installs {name!r}, which is no skill of this site"
        elif source.removeprefix(f"{known.skills_owner}/") not in known.families:
            yield f"a command installs {source!r}, which is no family's skill"


SAMPLE_RULES: dict[str, Callable[[PageText, OnRecord], Iterable[str]]] = {
    "sample model": model_ids,
    "sample address": addresses,
    "sample task": task_answers,
    "sample key": key_variables,
    "sample skill": skills,
}
