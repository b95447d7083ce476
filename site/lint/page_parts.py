"""Parts of a page that rules read."""

import re
from dataclasses import dataclass, field

SENTENCE = re.compile(r"(?<=[.?!])\s+")


def sentences(text: str) -> list[str]:
    """Split text into sentences."""
    return [sentence for sentence in SENTENCE.split(text) if sentence]


@dataclass(slots=True)
class Block:
    """One block of text."""

    tag: str
    text: str
    # Without inline code.
    prose: str
    # Its section repeats the same words on many models.
    is_shared: bool
    section: str


@dataclass(slots=True)
class PageTable:
    """Body rows of a table, as texts of cells."""

    section: str
    rows: list[list[str]] = field(default_factory=list)


@dataclass(slots=True)
class PageText:
    """Text and links of a page; `listings` are code blocks."""

    path: str
    blocks: list[Block] = field(default_factory=list)
    tables: list[PageTable] = field(default_factory=list)
    listings: list[str] = field(default_factory=list)
    code: str = ""
    links: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    h1_count: int = 0
    title: str = ""
    canonical: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the main part's words, without code."""
        return "\n".join(block.text for block in self.blocks)

    def in_section(self, section: str) -> list[Block]:
        """Return the blocks of one section."""
        return [block for block in self.blocks if block.section == section]
