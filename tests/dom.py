"""A page as a tree: what tests look up in HTML, by tag, attribute and text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Node:
    """One element; `parts` holds its texts and its children in order."""

    tag: str
    attributes: dict = field(default_factory=dict)
    parts: list = field(default_factory=list)

    @property
    def raw(self):
        """Its text, letter by letter."""
        return "".join(part if isinstance(part, str) else part.raw for part in self.parts)

    @property
    def text(self):
        """Its text with white space as people see it."""
        return " ".join(self.raw.split())

    def walk(self):
        """It and everything below it."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [part for part in reversed(node.parts) if isinstance(part, Node)]

    def all(self, tag, **attributes):
        """The elements of a tag below it; `class_` and `aria_label` name attributes."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            node
            for node in self.walk()
            if node is not self
            and node.tag == tag
            and all(value in node.attributes.get(name, "").split() for name, value in wanted.items())
        ]

    def one(self, tag, **attributes):
        """The only such element."""
        (found,) = self.all(tag, **attributes)
        return found

    def first(self, tag, **attributes):
        """The first such element, or None."""
        return next(iter(self.all(tag, **attributes)), None)

    def rows(self):
        """The cells of each row of the tables below it, heads left out."""
        heads = [row for head in self.all("thead") for row in head.all("tr")]
        rows = [row for row in self.all("tr") if row not in heads]
        return [[part for part in row.parts if isinstance(part, Node)] for row in rows]


class _Builder(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = [Node("")]

    def handle_starttag(self, tag, attrs):
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].parts.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag):
        if tag in [node.tag for node in self.open]:
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data):
        self.open[-1].parts.append(data)


def tree(html):
    """Read a page."""
    builder = _Builder()
    builder.feed(html if isinstance(html, str) else html.decode())
    builder.close()
    return builder.open[0]
