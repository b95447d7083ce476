"""The top of a model's page."""

from dataclasses import dataclass
from urllib.parse import quote

from catalog.comparison import named_models
from catalog.records.facts import Facts
from catalog.records.phrases import lifecycle_word
from catalog.text.language import mark, say
from catalog.vocabulary import Modality, Severity
from pages.model_context import ModelContext

COMMERCIAL_USE = {
    True: ("plain", mark("Commercial use")),
    False: ("plain", mark("No commercial use")),
    None: ("unknown", mark("Commercial use not stated")),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A word that marks a model, and its tone."""

    tone: str
    word: str


@dataclass(frozen=True, slots=True)
class PageAction:
    """A thing to do with the page."""

    label: str
    href: str
    title: str


def chips(context: ModelContext) -> list[Chip]:
    """List status, lifecycle, modality and commercial use."""
    this, record = context.this, context.record
    status = (
        [] if this.status is None else [Chip(this.status.severity, str(Severity(this.status.severity).label))]
    )
    modality = (
        Chip("plain", str(Modality(record["modality"]).label))
        if record["modality"]
        else Chip("unknown", say("Modality not stated"))
    )
    tone, word = COMMERCIAL_USE[record["commercial_use"]]
    return [*status, Chip(this.lifecycle or "unknown", _stage(this)), modality, Chip(tone, say(word))]


def _stage(this: Facts) -> str:
    return lifecycle_word(this) if this.lifecycle else say("Lifecycle not stated")


def actions(context: ModelContext) -> list[PageAction]:
    """List the page's actions."""
    address = quote(f"/api/v1/models/{context.record['model_id']}", safe="/:@~")
    return [
        PageAction(
            label=say("Compare"),
            href=named_models.path([context.record["model_id"]]),
            title=say("Put other models beside this one"),
        ),
        PageAction(label="JSON", href=address, title=say("This model as the API answers it")),
    ]
