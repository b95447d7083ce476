"""What modules say: the words that go through gettext, and those that do not."""

import ast
import re

from words.templates import Message

SAID = {"say": 1, "mark": 1, "say_many": 2, "mark_many": 2, "gettext": 1, "gettext_lazy": 1, "ngettext": 2}
"""Function -> how many of its arguments are words."""
_SENTENCE = re.compile(
    r"[A-Z][a-z]+(?:[ ,.:?]|$)"  # begins as a sentence or a label does
    r"|(?:^|[\s(])[a-z]{2,}[,;:]? [a-z(]{2,}"  # two words
    r"|^[ ,(]*[a-z]{2,} |[ ,][a-z]{2,}[.)]?$"  # a piece of a sentence beside a value
)


def unsaid(source):
    """Give line and words of every text for people that does not go through gettext."""
    tree = ast.parse(source)
    passed = {id(node) for node in _passed(tree)}
    found = []
    for node in ast.walk(tree):
        if id(node) in passed or not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if _SENTENCE.search(node.value):
            found.append((node.lineno, node.value))
    return sorted(found)


def _passed(tree):
    """The texts that nobody reads on a page: documentation, what is said through gettext, and annotations."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        elif isinstance(node, ast.Call) and _name(node) in SAID:
            for argument in node.args[: SAID[_name(node)]]:
                yield from ast.walk(argument)
        elif isinstance(node, ast.keyword) and (node.arg or "").endswith("_docs"):
            yield from ast.walk(node.value)  # documentation, which is English
        elif isinstance(node, ast.Raise) or _is_code(node):
            # What is raised is read by developers; where a page shows it, its words were said before.
            yield from ast.walk(node)
        elif isinstance(node, ast.Subscript):
            yield from ast.walk(node.slice)
        elif isinstance(node, ast.FunctionDef):
            for part in [node.returns, *(one.annotation for one in node.args.args)]:
                yield from ast.walk(part) if part else ()


def _is_code(node):
    """Tell whether nothing within is read by anybody: patterns, logs, refusals of wrong data, and names."""
    if isinstance(node, ast.Assign):
        name = ast.unparse(node.targets[0])
        return name in {"__all__", "explained"} or name.endswith("_DOCS")
    return isinstance(node, ast.Call) and ast.unparse(node.func) in {
        "TypeVar",
        "re.compile",
        "refusal",
        "_log.exception",
        *("FacetDocs", "AgentArgument"),  # what programs and agents are told of a facet, in English
    }


def _name(call):
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def messages(source, name):
    """Give the messages of a module; a word that is kept elsewhere was marked there."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name(node) in SAID:
            place = f"{name}:{node.lineno}"
            words = [_constants(word) for word in node.args[: SAID[_name(node)]]]
            if len(words) == 1:
                found += [Message(text, "", place) for text in words[0]]
            elif words and all(words):
                found.append(Message(words[0][0], words[1][0], place))
    return sorted(found, key=lambda one: int(one.place.rpartition(":")[2]))


def _constants(word):
    """The texts that a word may be: itself, or one of two that a condition chooses from."""
    if isinstance(word, ast.IfExp):
        return _constants(word.body) + _constants(word.orelse)
    return [word.value] if isinstance(word, ast.Constant) else []
