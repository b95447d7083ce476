"""What a model is best for."""

from dataclasses import dataclass

from catalog.comparison.superlatives import ranks
from catalog.presentation.wording.subject import Subject


@dataclass(frozen=True, slots=True)
class Strength:
    """One strength; `body_html` is sanitised."""

    title: str
    body: str
    body_html: str = ""


def best_for(subject: Subject) -> list[Strength]:
    """List use cases and superlatives."""
    record = subject.record
    rows = [Strength(case["title"], case["body"], case["body_html"]) for case in record["best_for"]]
    return rows + [Strength(row.title, row.text) for row in ranks(subject.this, subject.family)]
