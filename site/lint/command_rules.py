"""Rules of code on a model's page."""

import re
from collections.abc import Iterator

from django.conf import settings

from catalog.presentation.skills.names import skill_name
from catalog.presentation.skills.skill import install_command, repository_command, tools_command
from catalog.snippets import snippets
from lint.model_page import ModelPage

KEY_VARIABLE = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_(?:KEY|TOKEN)\b")
SKILL_COMMAND = "npx skills add"
COMMANDS = (SKILL_COMMAND, "claude mcp add")


def samples(seen: ModelPage) -> Iterator[str]:
    """Require code exactly as rendered from the record."""
    made = {snippet.code.strip("\n") for snippet in snippets(seen.this.record, seen.calls)}
    for code in seen.page.listings:
        if code not in made and not code.startswith(COMMANDS):
            yield f"a sample that the record does not give: {code[:80]!r}"
    if made and not made & set(seen.page.listings):
        yield "no sample is shown"


def skill(seen: ModelPage) -> Iterator[str]:
    """Require the family's skills and this site's tools."""
    family = seen.this.record["family"]["slug"]
    command = install_command(seen.site_url, skill_name(family))
    known = {
        command,
        repository_command(f"{settings.SKILLS_OWNER}/{family}"),
        tools_command(f"{seen.site_url}/mcp"),
    }
    for code in seen.page.listings:
        if code.startswith(COMMANDS) and code not in known:
            yield f"{code!r} is none of {sorted(known)}"
    if command not in seen.page.listings:
        yield f"{command!r} is not on the page"


def one_key_variable(seen: ModelPage) -> Iterator[str]:
    """Require one name for the key's variable."""
    names = set(KEY_VARIABLE.findall(f"{seen.page.text} {seen.page.code}"))
    for name in sorted(names - {seen.calls.api_key_env}):
        yield f"{name} is not the key variable {seen.calls.api_key_env}"
