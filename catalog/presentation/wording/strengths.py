"""What a model is best for."""

from dataclasses import dataclass

from catalog.comparison.superlatives import ranks
from catalog.presentation.wording.subject import Subject
from catalog.records.phrases import content
from catalog.text.language import say


@dataclass(frozen=True, slots=True)
class Strength:
    """One strength; `body_html` is sanitised."""

    title: str
    body: str
    body_html: str = ""


def best_for(subject: Subject) -> list[Strength]:
    """List use cases, superlatives, and inputs besides text."""
    record = subject.record
    rows = [Strength(case["title"], case["body"], case["body_html"]) for case in record["best_for"]]
    rows += [Strength(row.title, row.text) for row in ranks(subject.this, subject.family)]
    reads = [kind for kind in record["input_modalities"] if kind != "text"]
    if reads and not subject.this.is_retired:
        words = {"name": record["name"], "content": content(reads)}
        besides_text = "text" in record["input_modalities"]
        sentence = say(
            "{name} reads {content} besides text." if besides_text else "{name} reads {content}.", **words
        )
        rows.append(Strength(say("Reads {content}", content=words["content"]), sentence))
    return rows
