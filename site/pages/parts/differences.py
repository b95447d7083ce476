"""How a model differs from the others of its family."""

from dataclasses import dataclass

from catalog.comparison import named_models
from catalog.comparison.differences import ModelContrast, contrasts
from catalog.records.phrases import action_label
from pages.model_context import ModelContext

MOST_DIFFERENCES = 6


@dataclass(frozen=True, slots=True)
class DifferenceCard:
    """How the model differs from one sibling."""

    name: str
    path: str
    compare: str
    differences: list[str]
    more: list[str]  # folded


@dataclass(frozen=True, slots=True)
class DifferencesSection:
    """The section of differences."""

    cards: list[DifferenceCard]
    name: str
    family: str
    is_alone: bool
    compare: str


def differences(context: ModelContext) -> DifferencesSection:
    """Build a card for each near sibling that differs."""
    model_id = context.record["model_id"]
    return DifferencesSection(
        cards=[_card(context, contrast) for contrast in contrasts(context.this, context.family)],
        name=context.record["name"],
        family=context.record["family"]["name"],
        is_alone=not context.siblings,
        compare=named_models.path([model_id]),
    )


def _card(context: ModelContext, contrast: ModelContrast) -> DifferenceCard:
    other, texts = contrast.other.record, _texts(context, contrast)
    return DifferenceCard(
        name=other["name"],
        path=other["path"],
        compare=named_models.path([context.record["model_id"], other["model_id"]]),
        differences=texts[:MOST_DIFFERENCES],
        more=texts[MOST_DIFFERENCES:],
    )


def _texts(context: ModelContext, contrast: ModelContrast) -> list[str]:
    # A parameter's difference is clear without its action only where there is one.
    several = len(context.record["parameters"]) > 1
    texts = []
    for difference in contrast.differences:
        kind, _, rest = difference.key.partition(":")
        action = rest.partition(".")[0] if several and kind in {"parameter", "more", "less"} else ""
        texts.append(f"{action_label(action)}: {difference.text}" if action else difference.text)
    return texts
