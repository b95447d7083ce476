"""A model's overview."""

from catalog.presentation.wording import markdown
from catalog.presentation.wording.overview_points import points
from catalog.records.facts import Facts
from catalog.records.phrases import (
    action_label,
    by_provider,
    code,
    codes,
    content,
    join,
    modality_noun,
)
from catalog.text.dates_and_ratios import spoken
from catalog.text.language import mark, say, say_many

MANY_ACTIONS = 4
# By whether the model reads, whether it writes, and whether its context window is known.
READS_AND_WRITES = {
    (True, True, True): mark(
        "{name} is {kind} that reads {reads} and writes {writes}, with a context window of {window} tokens."
    ),
    (True, True, False): mark("{name} is {kind} that reads {reads} and writes {writes}."),
    (True, False, True): mark(
        "{name} is {kind} that reads {reads}, with a context window of {window} tokens."
    ),
    (True, False, False): mark("{name} is {kind} that reads {reads}."),
    (False, True, True): mark(
        "{name} is {kind} that writes {writes}, with a context window of {window} tokens."
    ),
    (False, True, False): mark("{name} is {kind} that writes {writes}."),
}


def summary(facts: Facts) -> str:
    """Return one sentence."""
    record = facts.record
    reads, writes, window = record["input_modalities"], record["output_modalities"], record["context_window"]
    words = {
        "name": record["name"],
        "kind": by_provider(modality_noun(record), record),
        "window": f"{window or 0:,}",
    }
    if reads or writes:
        sentence = READS_AND_WRITES[bool(reads), bool(writes), bool(window)]
        return say(sentence, reads=content(reads), writes=content(writes), **words)
    if record["actions"]:
        return say("{name} is {kind} with {actions}.", actions=_actions(record["actions"]), **words)
    if window:
        return say("{name} is {kind} with a context window of {window} tokens.", **words)
    return say("{name} is {kind} in the {family} family.", family=record["family"]["name"], **words)


def paragraph(facts: Facts) -> list[str]:
    """List sentences on identity, dates and limits."""
    return [sentence for sentence in (_identity(facts), _dates(facts), _limits(facts)) if sentence]


def text(facts: Facts, *, for_agents: bool = False) -> str:
    """Return the whole as Markdown; `for_agents` marks the editor's text as data."""
    listed = "\n".join(f"- {markdown.said(point)}" for point in points(facts))
    written = facts.record["overview"]
    if written and for_agents:
        written = markdown.marked(written)
    parts = [written, " ".join(map(markdown.said, paragraph(facts))), listed]
    return "\n\n".join(part for part in parts if part)


def _actions(actions: list[str]) -> str:
    labels = [action_label(action).lower() for action in actions]
    shown = labels if len(labels) <= MANY_ACTIONS else [*labels[: MANY_ACTIONS - 1]]
    more = [say("{number} more", number=len(labels) - len(shown))] if len(shown) < len(labels) else []
    return say_many(
        "one action, {actions}", "{number} actions: {actions}", len(labels), actions=join([*shown, *more])
    )


def _identity(facts: Facts) -> str:
    record = facts.record
    words = {
        "id": code(record["model_id"]),
        "family": by_provider(say("the {name} family", name=record["family"]["name"]), record),
    }
    if record["snapshot_on"]:
        day = spoken(record["snapshot_on"])
        sentence = say("{id} is the snapshot dated {day} of a model in {family}.", day=day, **words)
    else:
        sentence = say("{id} is the ID of a model in {family}.", **words)
    if not record["aliases"]:
        return sentence
    aliases = say_many(
        "{aliases} is an alias that points at it.",
        "{aliases} are aliases that point at it.",
        len(record["aliases"]),
        aliases=codes(record["aliases"]),
    )
    return f"{sentence} {aliases}"


def _dates(facts: Facts) -> str:
    record = facts.record
    released, cutoff = record["released_on"], record["knowledge_cutoff"]
    name = record["name"]
    if released and cutoff:
        return say(
            "{name} was released on {day} and has a knowledge cutoff of {cutoff}.",
            name=name,
            day=spoken(released),
            cutoff=spoken(cutoff),
        )
    if released:
        return say("{name} was released on {day}.", name=name, day=spoken(released))
    return (
        say("{name} has a knowledge cutoff of {cutoff}.", name=name, cutoff=spoken(cutoff)) if cutoff else ""
    )


def _limits(facts: Facts) -> str:
    record = facts.record
    window, output = record["context_window"], record["max_output_tokens"]
    words = {"name": record["name"], "window": f"{window or 0:,}", "output": f"{output or 0:,}"}
    if window and output:
        return say(
            "Its context window is {window} tokens, and one answer of {name} holds at most {output}.", **words
        )
    if window:
        return say("The context window of {name} is {window} tokens.", **words)
    return say("One answer of {name} holds at most {output} tokens.", **words) if output else ""
