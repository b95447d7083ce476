"""A skill: name and files."""

from dataclasses import dataclass
from datetime import datetime

from catalog.presentation.wording.subject import Site
from catalog.records.facts import Facts
from catalog.records.promises import Promises

MAIN = "SKILL.md"
FOLDER = "references/"
TYPES = {"md": "text/markdown; charset=utf-8", "json": "application/json"}
"""File ending -> media type."""


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill; `lead` is for people, `description` for agents.

    `boundary` is when its text changes next without an edit.
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
        """Return the page's address."""
        return f"/skills/{self.key}"

    @property
    def text(self) -> str:
        """Return its `SKILL.md`."""
        return self.files[MAIN].decode()


def install_command(site: str, name: str) -> str:
    """Return the command to install from this site."""
    return f"npx skills add {site} --skill {name} -a claude-code"


def repository_command(repository: str) -> str:
    """Return the command to install from GitHub."""
    return f"npx skills add {repository} -g"


def tools_command(address: str) -> str:
    """Return the command to connect the MCP tools."""
    return f"claude mcp add --transport http catalog {address}"


@dataclass(frozen=True, slots=True)
class CatalogEdition:
    """The catalog's revision, since when it reads so, and the site."""

    revision: int
    since: str
    site: Site
    promises: Promises

    @property
    def said(self) -> str:
        """Return the revision and date in words."""
        return f"revision {self.revision} of the catalog, as it reads since {self.since}"


@dataclass(frozen=True, slots=True)
class FamilyLine:
    """A family with its models, retired ones last."""

    slug: str
    name: str
    lead: str
    provider: str
    members: list[Facts]

    @property
    def served(self) -> list[Facts]:
        """Return the models that are not retired."""
        return [member for member in self.members if not member.is_retired]


@dataclass(frozen=True, slots=True)
class Title:
    """A family in lists."""

    slug: str
    name: str
    key: str
    skill: str
    provider: str
    models: int


def packed(files: dict[str, str]) -> dict[str, bytes]:
    """Encode files in order of name."""
    # Lone surrogates cannot be encoded; sorted, so that the same skill is the same bytes.
    return {name: files[name].encode("utf-8", "replace") for name in sorted(files)}
