"""Reads the Markdown of a page with a parser that nobody here wrote, as a tree like that of its HTML."""

from markdown_it import MarkdownIt

from dom import Node, tree

_PARSER = MarkdownIt("commonmark").enable("table")


def read(markdown):
    """The whole page as a tree, and its sections by the headings of the second level."""
    page = tree(_PARSER.render(markdown))
    sections, current = {}, None
    for part in page.parts:
        if isinstance(part, Node) and part.tag == "h2":
            assert part.text not in sections, part.text
            current = sections[part.text] = Node("section")
        elif current is not None:
            current.parts.append(part)
    return page, sections


def code_under(section, heading):
    """The blocks of code below a heading of the third level, and before the next."""
    found, is_here = [], False
    for part in section.parts:
        if isinstance(part, Node) and part.tag == "h3":
            is_here = part.text == heading
        elif is_here and isinstance(part, Node) and part.tag == "pre":
            found.append(part.raw)
    return found
