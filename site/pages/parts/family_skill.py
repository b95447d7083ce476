"""The skill of a model's family."""

import re
from dataclasses import dataclass

from django.conf import settings

from catalog.presentation.skills.names import key_of, skill_name
from catalog.presentation.skills.skill import install_command, repository_command, tools_command
from pages.model_context import ModelContext

SKILL_HOST = "https://github.com/"


@dataclass(frozen=True, slots=True)
class FamilySkill:
    """The section of agents."""

    path: str
    command: str
    tools_command: str
    repository: str
    repository_command: str
    family: str
    name: str
    model_id: str


def skill(context: ModelContext) -> FamilySkill:
    """Build the section of agents."""
    family = context.record["family"]["slug"]
    own = f"{settings.SKILLS_OWNER}/{family}"
    repository = f"{SKILL_HOST}{own}"
    sources = [context.family_source, *(row["url"] or "" for row in context.record["sources"])]
    # The vendor's own skill is named only where a source is its repository.
    is_recorded = any(re.match(rf"{re.escape(repository)}(?:[/#?]|$)", source) for source in sources)
    site = context.site
    return FamilySkill(
        path=f"/skills/{key_of(family)}",
        command=install_command(site.url, skill_name(family)),
        tools_command=tools_command(site.tools_url) if site.tools_url else "",
        repository=repository if is_recorded else "",
        repository_command=repository_command(own) if is_recorded else "",
        family=context.record["family"]["name"],
        name=context.record["name"],
        model_id=context.record["model_id"],
    )
