"""A page as its rules read it: blocks of text, tables, sentences."""

import re
from dataclasses import dataclass, field

SENTENCE = re.compile(r"(?<=[.?!])\s+")


def sentences(text: str) -> list[str]:
    """Split words into sentences."""
    return [sentence for sentence in SENTENCE.split(text) if sentence]


@dataclass(slots=True)
class Block:
    """One block of text; `is_shared` where its section repeats the same words on many models.

    `prose` is the text without inline code; `section` is the ID of its section.
    """

    tag: str
    text: str
    prose: str
    is_shared: bool
    section: str


@dataclass(slots=True)
class PageTable:
    """The body rows of a table, each as the texts of its cells."""

    section: str
    rows: list[list[str]] = field(default_factory=list)


@dataclass(slots=True)
class PageText:
    """The text and links of a page; `listings` are its code blocks, letter by letter."""

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
        """Return the words of the main part, without code."""
        return "\n".join(block.text for block in self.blocks)

    def in_section(self, section: str) -> list[Block]:
        """Return the blocks of one section."""
        return [block for block in self.blocks if block.section == section]
