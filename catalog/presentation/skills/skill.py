"""A skill as it is shown, served and packed: its name and its files, byte for byte."""

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
    """One skill; `files` are sorted by name, and the text of `SKILL.md` is one of them.

    `lead` introduces it to people, `description` to agents, which choose by it. `key` is the last part of its
    address, `family` the slug of the family that it is about, and `boundary` when it next reads differently
    although nobody changes the catalog.
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
        """Give the address of its page."""
        return f"/skills/{self.key}"

    @property
    def text(self) -> str:
        """Give the text of its `SKILL.md`."""
        return self.files[MAIN].decode()


def install_command(site: str, name: str) -> str:
    """Give the command that installs a skill from this site, into the project in the current folder."""
    return f"npx skills add {site} --skill {name} -a claude-code"


def repository_command(repository: str) -> str:
    """Return the command that installs a skill from a repository on GitHub, for all projects."""
    return f"npx skills add {repository} -g"


def tools_command(address: str) -> str:
    """Give the command that connects the tools of this site."""
    return f"claude mcp add --transport http catalog {address}"


@dataclass(frozen=True, slots=True)
class Edition:
    """Which catalog a skill is written from: its revision, since when it reads as it does, and its site."""

    revision: int
    since: str
    site: Site

    @property
    def said(self) -> str:
        """Name the revision and the instant."""
        return f"revision {self.revision} of the catalog, as it reads since {self.since}"


@dataclass(frozen=True, slots=True)
class Line:
    """A family and all its models at an instant; those still served come first."""

    slug: str
    name: str
    lead: str
    provider: str
    members: list[Facts]

    @property
    def served(self) -> list[Facts]:
        """Give the models that still answer."""
        return [member for member in self.members if not member.is_retired]


@dataclass(frozen=True, slots=True)
class Title:
    """A family as a list names it, with the name of its skill and the last part of that one's address."""

    slug: str
    name: str
    key: str
    skill: str
    provider: str
    models: int


def packed(files: dict[str, str]) -> dict[str, bytes]:
    """Encode the texts of files, sorted by name; what UTF-8 cannot write becomes a question mark."""
    return {name: files[name].encode("utf-8", "replace") for name in sorted(files)}
