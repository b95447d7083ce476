"""A model page's sections in order: a new one is a row here and its template."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from catalog.presentation.wording import faq, overview, overview_points, steps
from catalog.presentation.wording.subject import Site
from catalog.snippets import describe
from catalog.text.language import mark, say
from catalog.vocabulary import PromiseName
from pages.model_context import ModelContext
from pages.parts import (
    calculator,
    differences,
    end_of_life,
    endpoints,
    evidence,
    family,
    family_skill,
    parameters,
    price_history,
    prices,
    quickstart,
    spec,
)

Place = Literal["top", "body"]
Build = Callable[[ModelContext], object | None]


@dataclass(frozen=True, slots=True)
class Section:
    """One section; None from `build` leaves it out."""

    key: str
    title: str
    template: str
    build: Build
    shared: bool = False  # the same words on many models: no lint of repetition
    place: Place = "body"

    @property
    def heading(self) -> str:
        """Return the translated title."""
        return say(self.title)

    @property
    def partial(self) -> str:
        """Return its HTML template."""
        return f"partials/model/{self.template}"

    @property
    def text_partial(self) -> str:
        """Return its Markdown template."""
        return f"text/model/{self.template.removesuffix('.html')}.md"

    @property
    def has_text_template(self) -> bool:
        """Whether its Markdown has a template; else HTML is converted."""
        return _exists(self.text_partial)


@cache
def _exists(name: str) -> bool:
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Built:
    """A section's content: a dataclass that its template reads."""

    section: Section
    content: object


@dataclass(frozen=True, slots=True)
class Overview:
    """What the model is: computed sentences, then the editors' text."""

    sentences: list[str]
    points: list[str]
    written_html: str
    written: str
    nothing_recorded: bool
    name: str


@dataclass(frozen=True, slots=True)
class HowItWorks:
    """The steps of a call."""

    steps: list[steps.Step]
    name: str
    is_retired: bool


@dataclass(frozen=True, slots=True)
class Questions:
    """Frequent questions."""

    questions: list[faq.Question]


@dataclass(frozen=True, slots=True)
class Start:
    """What the first call takes."""

    family: str
    name: str
    site: Site
    variable: str
    is_retired: bool
    has_one_key: bool
    has_sample: bool


def _overview(context: ModelContext) -> Overview:
    return Overview(
        sentences=overview.paragraph(context.this),
        points=overview_points.points(context.this),
        written_html=context.record["overview_html"],
        written=context.record["overview"],
        nothing_recorded=overview_points.nothing_recorded(context.this),
        name=context.record["name"],
    )


def _how(context: ModelContext) -> HowItWorks:
    return HowItWorks(steps.steps(context), context.record["name"], context.this.is_retired)


def _faq(context: ModelContext) -> Questions | None:
    questions = faq.questions(context)
    return Questions(questions) if questions else None


def _start(context: ModelContext) -> Start:
    return Start(
        family=context.record["family"]["name"],
        name=context.record["name"],
        site=context.site,
        variable=context.site.calls.api_key_env,
        is_retired=context.this.is_retired,
        has_one_key=PromiseName.ONE_KEY_FOR_ALL_MODELS in context.promises,
        has_sample=bool(describe(context.record)),
    )


SECTIONS: tuple[Section, ...] = (
    Section(
        "quickstart", mark("Quickstart"), "quickstart.html", quickstart.quickstart, shared=True, place="top"
    ),
    Section("variants", mark("Switch variant"), "variants.html", family.switcher, shared=True),
    Section("overview", mark("Overview"), "overview.html", _overview),
    Section("pricing", mark("Pricing"), "pricing.html", prices.pricing),
    Section("calculator", mark("Calculator"), "calculator.html", calculator.calculator, shared=True),
    Section("specs", mark("Spec sheet"), "spec.html", spec.spec_sheet),
    Section("end-of-life", mark("End of life"), "end_of_life.html", end_of_life.end_of_life, shared=True),
    Section("parameters", mark("Parameters"), "parameters.html", parameters.parameter_tables),
    Section("agents", mark("Use it from an agent"), "agents.html", family_skill.skill, shared=True),
    Section("endpoints", mark("Endpoints and protocols"), "endpoints.html", endpoints.endpoints, shared=True),
    Section("how-it-works", mark("How it works"), "how_it_works.html", _how, shared=True),
    Section("differences", mark("Differences"), "differences.html", differences.differences),
    Section("best-for", mark("Best for"), "best_for.html", family.best_for),
    Section("history", mark("Price and status history"), "history.html", price_history.price_history),
    Section("evidence", mark("What other catalogs say"), "evidence.html", evidence.evidence, shared=True),
    Section("faq", mark("FAQ"), "faq.html", _faq, shared=True),
    Section("start", mark("Start"), "start.html", _start, shared=True),
)


def build(context: ModelContext) -> Iterator[Built]:
    """Build this model's sections."""
    for section in SECTIONS:
        content = section.build(context)
        if content is not None:
            yield Built(section, content)
