"""What templates say: the words that go through gettext, and those that do not."""

import re
from dataclasses import dataclass

from django.template import engines
from django.template.base import Lexer, Node, TokenType
from django.templatetags.i18n import BlockTranslateNode

ATTRIBUTES = ("aria-label", "title", "placeholder", "alt", "content", "data-label", "label")
"""What of a tag people read or hear."""
SAME = {"UTC", "JSON", "CSV", "Atom", "SKILL.md", "Ctrl", "K", "GET"}
"""Names that are the same in every language."""
GAP = "\ue000"
_SKIPPED = re.compile(r"<script\b.*?</script>|<style\b.*?</style>|<!doctype[^>]*>", re.DOTALL | re.IGNORECASE)
_MACHINE = re.compile(
    r"<meta(?=[^>]*\b(?:name|property)=\"(?:viewport|robots|color-scheme|twitter:card|og:type)\")[^>]*>|<link\b(?![^>]*\btitle=)[^>]*>"
)
_TAG = re.compile(r"<[^<>]*>")
_ATTRIBUTE = re.compile(rf"\s({'|'.join(ATTRIBUTES)})=\"([^\"]*)\"")
_CLASSES = re.compile(r"\bwith-[a-z]+\b")
_ENTITY = re.compile(r"&#?\w+;")
_WORD = re.compile(r"[A-Za-z][\w.]*[\w]|\bA\b")
_GIVEN = re.compile(
    r"(?<![(\w])(?:(?:default|default_if_none|add|yesno):|\b\w+=)(['\"])([A-Z][a-z].*?|\w+ .*?)\1"
)
_CONSTANT = re.compile(r"_\((['\"])((?:\\.|(?!\1).)*)\1\)")
_TRANSLATED = re.compile(r"translate\s+(['\"])((?:\\.|(?!\1).)*)\1")
_END = re.compile(r"{%\s*endblocktranslate\s*%}")


@dataclass(frozen=True, slots=True)
class Message:
    """One message: its words, those of its plural if it has one, and where it is said."""

    text: str
    plural: str
    place: str


def unsaid(source):
    """Give line and words of every text for people that does not go through gettext."""
    shown, found = _shown(source)
    shown = _SKIPPED.sub(_blank, shown)
    shown = _MACHINE.sub(_blank, shown)
    for tag in _TAG.finditer(shown):
        for attribute in _ATTRIBUTE.finditer(tag[0]):
            found += _words(shown, tag.start() + attribute.start(2), attribute[2])
    rest = _TAG.sub(_blank, shown)
    for text in re.finditer(rf"[^{GAP}\n]+", rest):
        found += _words(rest, text.start(), text[0])
    return sorted(set(found))


def _shown(source):
    """The source with a gap for each tag and value, and nothing of what is translated."""
    pieces, found, is_within = [], [], False
    for token in Lexer(source).tokenize():
        text = token.contents
        if token.token_type == TokenType.TEXT:
            pieces.append("\n" * text.count("\n") if is_within else text)
            continue
        pieces.append(GAP + "\n" * (text.count("\n")))
        if token.token_type == TokenType.BLOCK and text.split()[0] in {"blocktranslate", "endblocktranslate"}:
            is_within = not text.startswith("end")
        if token.token_type != TokenType.COMMENT:
            found += [(token.lineno, match[2]) for match in _GIVEN.finditer(_CONSTANT.sub("", text))]
            if "|pluralize" in text:
                found.append((token.lineno, text))
    return "".join(pieces), found


def _blank(match):
    return GAP + "\n" * match[0].count("\n")


def _words(whole, start, text):
    """The words of a text, unless they are the same in every language."""
    shown = _ENTITY.sub(" ", _CLASSES.sub(" ", text))
    words = [word for word in _WORD.findall(shown) if word not in SAME]
    return [(whole.count("\n", 0, start) + 1, text.strip())] if words else []


def messages(source, name):
    """Give the messages of a template, in their order."""
    found = []
    for token in Lexer(source).tokenize():
        place = f"{name}:{token.lineno}"
        if token.token_type not in {TokenType.BLOCK, TokenType.VAR}:
            continue
        said = _CONSTANT.findall(token.contents)
        if token.token_type == TokenType.BLOCK and (match := _TRANSLATED.match(token.contents)):
            said.append((match[1], match[2]))
        found += [Message(text.replace(f"\\{mark}", mark), "", place) for mark, text in said]
    template = engines["django"].from_string(source).template
    for node in template.nodelist.get_nodes_by_type(Node):
        if isinstance(node, BlockTranslateNode):
            found.append(_block(node, f"{name}:{node.token.lineno}"))
    return found


def _block(node, place):
    text, _ = node.render_token_list(node.singular)
    plural, _ = node.render_token_list(node.plural) if node.plural else ("", None)
    return Message(text, plural, place)
