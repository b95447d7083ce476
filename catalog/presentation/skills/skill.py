"""A skill: its name and files, byte for byte as shown, served and packed."""

from dataclasses import dataclass
from datetime import datetime

from catalog.presentation.wording.subject import Site
from catalog.records.facts import Facts

MAIN = "SKILL.md"
FOLDER = "references/"
TYPES = {"md": "text/markdown; charset=utf-8", "json": "application/json"}
"""Ending of a file -> its media type."""


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill; `files` are sorted by name and include `SKILL.md`.

    `lead` introduces it to people, `description` to agents, which choose by it. `key` is the last part of its
    address, `family` the slug of its family, and `boundary` when its text changes next although nobody edits
    the catalog.
    """

    name: str
    key: str
    title: str
    lead: str
    description: str
    files: dict[str, bytes]
    boundary: datetime | None = None
    family: str = ""

    @property
    def path(self) -> str:
        """Return the address of its page."""
        return f"/skills/{self.key}"

    @property
    def text(self) -> str:
        """Return its `SKILL.md`."""
        return self.files[MAIN].decode()


def install_command(site: str, name: str) -> str:
    """Return the command that installs a skill from this site into the current project."""
    return f"npx skills add {site} --skill {name} -a claude-code"


def repository_command(repository: str) -> str:
    """Return the command that installs a skill from a repository on GitHub, for all projects."""
    return f"npx skills add {repository} -g"


def tools_command(address: str) -> str:
    """Return the command that connects the MCP tools of this site."""
    return f"claude mcp add --transport http catalog {address}"


@dataclass(frozen=True, slots=True)
class CatalogEdition:
    """What a skill is built from: the catalog's revision, since when its text is the same, and the site."""

    revision: int
    since: str
    site: Site

    @property
    def said(self) -> str:
        """Return the revision and the instant in words."""
        return f"revision {self.revision} of the catalog, as it reads since {self.since}"


@dataclass(frozen=True, slots=True)
class FamilyLine:
    """A family and all its models at an instant, active ones first."""

    slug: str
    name: str
    lead: str
    provider: str
    members: list[Facts]

    @property
    def served(self) -> list[Facts]:
        """Return the models that still answer."""
        return [member for member in self.members if not member.is_retired]


@dataclass(frozen=True, slots=True)
class Title:
    """A family as lists name it, with the name and address of its skill."""

    slug: str
    name: str
    key: str
    skill: str
    provider: str
    models: int


def packed(files: dict[str, str]) -> dict[str, bytes]:
    """Encode the texts of files, sorted by name; lone surrogates become question marks."""
    return {name: files[name].encode("utf-8", "replace") for name in sorted(files)}
