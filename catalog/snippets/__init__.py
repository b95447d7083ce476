"""Runnable snippets of a model, rendered from its record."""

from catalog.records.record import Record
from catalog.snippets import curl, go, javascript, php, python, ruby, typescript
from catalog.snippets.call import Request
from catalog.snippets.highlight import highlight
from catalog.snippets.keys import KeyMark
from catalog.snippets.language import Language
from catalog.snippets.options import OPTIONS
from catalog.snippets.proofs import PLAIN, Proof, digest, proof_of
from catalog.snippets.request import describe
from catalog.snippets.snippet import SiteSettings, Snippet
from catalog.snippets.validation import validate, validate_request

__all__ = [
    "LANGUAGES",
    "OPTIONS",
    "PLAIN",
    "KeyMark",
    "Language",
    "Proof",
    "Request",
    "SiteSettings",
    "Snippet",
    "describe",
    "digest",
    "highlight",
    "languages_of",
    "proof_of",
    "proven",
    "snippets",
    "validate",
    "validate_request",
]

LANGUAGES: dict[str, Language] = {
    module.LANGUAGE.key: module.LANGUAGE for module in (curl, python, javascript, typescript, go, ruby, php)
}
"""Languages in the order of the tabs; a new one is a module and its name here."""


def languages_of(request: Request) -> list[str]:
    """List the languages that have a form for a call's option."""
    return [name for name in LANGUAGES if name in (OPTIONS[request.option].languages or LANGUAGES)]


def proven(request: Request, language: str) -> Proof | None:
    """Return the proof that this very code was run, if any."""
    known = proof_of(language)
    # Rendered for a plain site: the base URL and the variable's name do not matter.
    return known if known and digest(LANGUAGES[language](request, PLAIN).code) in known.codes else None


def snippets(
    record: Record,
    site: SiteSettings,
    *,
    protocol: str | None = None,
    language: str | None = None,
    option: str | None = None,
) -> list[Snippet]:
    """Render a model's calls in every language, or the selected ones."""
    return [
        LANGUAGES[name](request, site)
        for request in describe(record)
        if protocol in {None, request.protocol} and option in {None, request.option}
        for name in languages_of(request)
        if language in {None, name}
    ]
