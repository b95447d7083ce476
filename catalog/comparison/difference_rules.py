"""The rules by which two models differ, one per field."""

from collections.abc import Callable, Collection, Container, Iterable, Sequence
from dataclasses import dataclass

from catalog.comparison.date_differences import cutoff_difference, lifecycle_difference, release_difference
from catalog.comparison.difference import FieldDifference
from catalog.comparison.price_differences import price_differences
from catalog.records.facts import Facts
from catalog.snippets.call_parameters import takes_no_others
from catalog.text.language import mark, say
from catalog.vocabulary import CAPABILITIES


def _limit(key: str, label: str, larger: str, smaller: str) -> "Rule":
    def rule(this: Facts, other: Facts) -> Iterable[FieldDifference]:
        mine, theirs = this.record[key], other.record[key]  # type: ignore[literal-required]
        if mine and theirs and mine != theirs:
            text = say(larger if mine > theirs else smaller, this=f"{mine:,}", other=f"{theirs:,}")
            yield FieldDifference(key, say(label), f"{mine:,}", f"{theirs:,}", text)

    return rule


def _words(
    key: str,
    label: str,
    texts: tuple[str, str, str],
    name: Callable[[str], str],
    denied: Callable[[Facts], Container[str]],
) -> "Rule":
    # Sentences for more, for less, and for both.
    does, lacks, both = texts

    def rule(this: Facts, other: Facts) -> Iterable[FieldDifference]:
        mine, theirs = this.record[key], other.record[key]  # type: ignore[literal-required]
        # What one side does not state is no difference.
        not_mine, not_theirs = denied(this), denied(other)
        more = [name(word) for word in mine if word in not_theirs]
        less = [name(word) for word in theirs if word in not_mine]
        if more or less:
            words = {"more": _list(more), "less": _list(less)}
            text = say(does if not less else lacks if not more else both, **words)
            yield FieldDifference(
                key, say(label), _list(more) or say("None"), _list(less) or say("None"), text
            )

    return rule


@dataclass(frozen=True, slots=True)
class _AllBut:
    """Everything that a complete list does not hold."""

    # What the list holds, and what it is silent of.
    words: Collection[str]

    def __contains__(self, word: object) -> bool:
        return word not in self.words


def _complete(key: str) -> Callable[[Facts], Container[str]]:
    def denied(side: Facts) -> Container[str]:
        words = side.record[key]  # type: ignore[literal-required]
        # Lists of vendors count kinds of tokens, and a PDF is read as text and pictures.
        silent = [] if "pdf_input" in side.record["lacks"] else ["file"]
        return _AllBut([*words, *silent]) if words and key not in side.record["incomplete"] else ()

    return denied


def _parameters(this: Facts, other: Facts) -> Iterable[FieldDifference]:
    # Only shared actions: one that a side lacks is a difference of actions.
    for action in sorted(this.record["parameters"].keys() & other.record["parameters"].keys()):
        mine = {row["name"]: row for row in this.record["parameters"][action]}
        theirs = {row["name"]: row for row in other.record["parameters"][action]}
        for name in [name for name in mine if name in theirs]:
            left, right = mine[name]["enum"], theirs[name]["enum"]
            if left and right and set(map(str, left)) != set(map(str, right)):
                this_says, other_says = _list(map(str, left)), _list(map(str, right))
                text = say(
                    "`{name}` takes {this} here, {other} there.", name=name, this=this_says, other=other_says
                )
                yield FieldDifference(f"parameter:{action}.{name}", name, this_says, other_says, text)
        # A list beside a protocol's own fields may go on: what it lacks may be taken all the same.
        closed = [takes_no_others(side.record, action) for side in (this, other)]
        more = [f"`{name}`" for name in mine if name not in theirs and closed[1]]
        less = [f"`{name}`" for name in theirs if name not in mine and closed[0]]
        if more:
            text = say("Takes {names} as well.", names=_list(more))
            yield FieldDifference(f"more:{action}", say("Parameters"), _list(more), "", text)
        if less:
            text = say("Does not take {names}.", names=_list(less))
            yield FieldDifference(f"less:{action}", say("Parameters"), "", _list(less), text)


Rule = Callable[[Facts, Facts], Iterable[FieldDifference]]
RULES: Sequence[Rule] = (
    price_differences,
    _limit(
        "context_window",
        mark("Context window"),
        mark("Larger context window: {this} against {other} tokens."),
        mark("Smaller context window: {this} against {other} tokens."),
    ),
    _limit(
        "max_output_tokens",
        mark("Max output"),
        mark("Larger output limit: {this} against {other} tokens."),
        mark("Smaller output limit: {this} against {other} tokens."),
    ),
    lifecycle_difference,
    _words(
        "actions",
        mark("Actions"),
        (
            mark("Offers {more}, as recorded."),
            mark("Does not offer {less}, as recorded."),
            mark("Offers {more}; does not offer {less}, as recorded."),
        ),
        lambda word: word.replace("_", " "),
        # The site offers a model's actions itself: a stated list has them all.
        _complete("actions"),
    ),
    _words(
        "input_modalities",
        mark("Reads"),
        (
            mark("Reads {more}, as recorded."),
            mark("Does not read {less}, as recorded."),
            mark("Reads {more}; does not read {less}, as recorded."),
        ),
        lambda word: word,
        # A stated list of modalities is complete.
        _complete("input_modalities"),
    ),
    _words(
        "output_modalities",
        mark("Writes"),
        (
            mark("Writes {more}, as recorded."),
            mark("Does not write {less}, as recorded."),
            mark("Writes {more}; does not write {less}, as recorded."),
        ),
        lambda word: word,
        _complete("output_modalities"),
    ),
    _words(
        "capabilities",
        mark("Capabilities"),
        (
            mark("Supports {more}."),
            mark("Does not support {less}."),
            mark("Supports {more}; does not support {less}."),
        ),
        lambda word: say(CAPABILITIES.get(word, word)).lower(),
        # Sources name what they know: only a stated no is one.
        lambda side: side.record["lacks"],
    ),
    release_difference,
    cutoff_difference,
    _parameters,
)


def _list(words: Iterable[str]) -> str:
    *head, tail = [*words] or [""]
    return say("{first} and {last}", first=", ".join(head), last=tail) if head else tail
