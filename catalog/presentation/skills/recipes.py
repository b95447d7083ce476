"""A family's calls, with code."""

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.presentation.skills.skill import FamilyLine
from catalog.presentation.wording import markdown
from catalog.records.facts import Facts
from catalog.records.phrases import action_label
from catalog.snippets import LANGUAGES, Request, SiteSettings, describe, proven
from catalog.snippets.protocol import BASIC
from catalog.vocabulary import Protocol

SHOWN = ("curl", "python")
MOST_MODELS = 12


@dataclass(slots=True)
class Recipe:
    """One call, with the first model's request and all models' IDs."""

    request: Request
    ids: list[str]

    @property
    def title(self) -> str:
        """Return action and protocol."""
        label = Protocol(self.request.protocol).label
        return f"{action_label(self.request.action)}: {label}" if self.request.action else label


def recipes(line: FamilyLine) -> list[Recipe]:
    """List the calls of models that are not retired."""
    by_call: dict[tuple[str, str | None], Recipe] = {}
    for member in line.served:
        for request in _plain_calls(member):
            call = by_call.setdefault((request.protocol, request.action), Recipe(request, []))
            call.ids.append(member.record["model_id"])
    return list(by_call.values())


def written(recipe: Recipe, site: SiteSettings, heading: str) -> str:
    """Return a call in Markdown."""
    request = recipe.request
    lines = [
        f"{heading} {markdown.text(recipe.title)}",
        "",
        f"{markdown.code(f'{request.method} {site.url(request.path)}')} with {_models(recipe.ids)}.",
    ]
    if request.is_asynchronous:
        lines[-1] += " The answer is a task, which is asked for until it ends."
    for language in SHOWN:
        lines += ["", *_code(request, language, site)]
    return "\n".join(lines)


def _plain_calls(member: Facts) -> Iterator[Request]:
    return (request for request in describe(member.record) if request.option == BASIC)


def _models(ids: list[str]) -> str:
    named = ", ".join(markdown.code(one) for one in ids[:MOST_MODELS])
    return f"{named} and {len(ids) - MOST_MODELS} more" if len(ids) > MOST_MODELS else named


def _code(request: Request, language: str, site: SiteSettings) -> list[str]:
    snippet = LANGUAGES[language](request, site)
    # Only of this very code: changed code has no date.
    proof = proven(request, language)
    version = proof.packages.get(snippet.package) if proof else None
    needs = snippet.installing(version)
    remarks = [f"{snippet.label} for {markdown.code(request.model_id)}"]
    remarks += [f"needs {markdown.code(needs)}"] if needs else []
    if proof:
        ran_with = markdown.text(proof.ran_with(snippet.package))
        remarks.append(f"ran on {proof.day} against this catalog's reference gateway, with {ran_with}")
    return [f"{', '.join(remarks)}:", "", markdown.fenced(snippet.code, snippet.lexer)]
