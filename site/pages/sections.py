"""The sections of a model's page in their order: a new one is a row here and two partials."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from catalog.presentation.wording import faq, overview, steps
from catalog.snippets import describe
from catalog.text.language import mark, say
from pages.model_context import ModelContext
from pages.parts import calculator, calls, evidence, family, health_history, parameters, prices, spec

Place = Literal["top", "body"]
Build = Callable[[ModelContext], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Section:
    """One section: `build` gives its partial what it shows, or None where the section has no place.

    `shared` sections say the same of many models in the same words; the lint of repetition skips them. A
    section without a twin has no place in the page's Markdown.
    """

    key: str
    title: str
    template: str
    build: Build
    shared: bool = False
    place: Place = "body"
    has_twin: bool = True

    @property
    def heading(self) -> str:
        """Give what stands above it, in the site's language."""
        return say(self.title)

    @property
    def partial(self) -> str:
        """Give the template that renders it."""
        return f"partials/model/{self.template}"

    @property
    def text_partial(self) -> str:
        """Give the template that renders it in Markdown."""
        return f"text/model/{self.template.removesuffix('.html')}.md"


@dataclass(frozen=True, slots=True)
class Built:
    """A section of one model's page, ready to be rendered."""

    section: Section
    content: dict[str, Any]


def _overview(context: ModelContext) -> dict[str, Any]:
    return {
        "sentences": overview.paragraph(context.this),
        "points": overview.points(context.this),
        "written_html": context.record["overview_html"],
        "written": context.record["overview"],
        "nothing_recorded": overview.nothing_recorded(context.this),
        "name": context.record["name"],
    }


def _history(context: ModelContext) -> dict[str, Any]:
    built = prices.price_history(context)
    return {**built, "incidents": health_history.incidents(context), "days": health_history.WINDOW.days}


def _how(context: ModelContext) -> dict[str, Any]:
    return {
        "steps": steps.steps(context),
        "name": context.record["name"],
        "is_retired": context.this.is_retired,
    }


def _faq(context: ModelContext) -> dict[str, Any]:
    return {"questions": faq.questions(context)}


def _start(context: ModelContext) -> dict[str, Any]:
    return {
        "family": context.record["family"]["name"],
        "name": context.record["name"],
        "site": context.site,
        "variable": context.site.calls.api_key_env,
        "is_retired": context.this.is_retired,
        "has_sample": bool(describe(context.record)),
    }


SECTIONS: tuple[Section, ...] = (
    Section("quickstart", mark("Quickstart"), "quickstart.html", calls.quickstart, shared=True, place="top"),
    Section("variants", mark("Switch variant"), "variants.html", family.switcher, shared=True),
    Section("overview", mark("Overview"), "overview.html", _overview),
    Section("pricing", mark("Pricing"), "pricing.html", prices.pricing),
    Section("calculator", mark("Calculator"), "calculator.html", calculator.calculator, shared=True),
    Section("specs", mark("Spec sheet"), "spec.html", spec.spec_sheet),
    Section("parameters", mark("Parameters"), "parameters.html", parameters.parameter_tables),
    Section("agents", mark("Use it from an agent"), "agents.html", calls.skill, shared=True),
    Section("endpoints", mark("Endpoints and protocols"), "endpoints.html", calls.endpoints, shared=True),
    Section("how-it-works", mark("How it works"), "how.html", _how, shared=True),
    Section("differences", mark("Differences"), "differences.html", family.differences),
    Section("best-for", mark("Best for"), "best_for.html", family.best_for),
    Section("history", mark("Price and status history"), "history.html", _history),
    Section("evidence", mark("What other catalogs say"), "evidence.html", evidence.evidence, shared=True),
    Section("faq", mark("FAQ"), "faq.html", _faq, shared=True),
    Section("start", mark("Start"), "start.html", _start, shared=True),
)


def build(context: ModelContext) -> Iterator[Built]:
    """Build every section that has a place on this model's page."""
    for section in SECTIONS:
        content = section.build(context)
        if content is not None:
            yield Built(section, content)
