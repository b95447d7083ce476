"""The rules by which two models differ, one per field."""

from collections.abc import Callable, Iterable, Sequence

from catalog.comparison.date_differences import cutoff_difference, lifecycle_difference, release_difference
from catalog.comparison.difference import FieldDifference
from catalog.comparison.price_differences import price_differences
from catalog.records.facts import Facts
from catalog.text.language import mark, say
from catalog.vocabulary import CAPABILITIES


def _limit(key: str, label: str, larger: str, smaller: str) -> "Rule":
    def rule(this: Facts, other: Facts) -> Iterable[FieldDifference]:
        mine, theirs = this.record[key], other.record[key]  # type: ignore[literal-required]
        if mine and theirs and mine != theirs:
            text = say(larger if mine > theirs else smaller, this=f"{mine:,}", other=f"{theirs:,}")
            yield FieldDifference(key, say(label), f"{mine:,}", f"{theirs:,}", text)

    return rule


def _words(key: str, label: str, texts: tuple[str, str, str], name: Callable[[str], str]) -> "Rule":
    # Sentences for more, for less, and for both.
    does, lacks, both = texts

    def rule(this: Facts, other: Facts) -> Iterable[FieldDifference]:
        mine, theirs = this.record[key], other.record[key]  # type: ignore[literal-required]
        # What one side does not state is no difference.
        if not mine or not theirs:
            return
        more = [name(word) for word in mine if word not in theirs]
        less = [name(word) for word in theirs if word not in mine]
        if more or less:
            words = {"more": _list(more), "less": _list(less)}
            text = say(does if not less else lacks if not more else both, **words)
            yield FieldDifference(
                key, say(label), _list(more) or say("None"), _list(less) or say("None"), text
            )

    return rule


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
        more = [f"`{name}`" for name in mine if name not in theirs]
        less = [f"`{name}`" for name in theirs if name not in mine]
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
    ),
    _words(
        "capabilities",
        mark("Capabilities"),
        (
            mark("Supports {more}, as recorded."),
            mark("Does not support {less}, as recorded."),
            mark("Supports {more}; does not support {less}, as recorded."),
        ),
        lambda word: say(CAPABILITIES[word]).lower(),
    ),
    release_difference,
    cutoff_difference,
    _parameters,
)


def _list(words: Iterable[str]) -> str:
    *head, tail = [*words] or [""]
    return say("{first} and {last}", first=", ".join(head), last=tail) if head else tail
