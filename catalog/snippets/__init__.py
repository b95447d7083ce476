"""Runnable snippets of a model, rendered from its record."""

from catalog.records.record import Record
from catalog.snippets import curl, go, javascript, php, python, ruby, typescript
from catalog.snippets.highlight import highlight
from catalog.snippets.keys import KeyMark
from catalog.snippets.language import Language
from catalog.snippets.options import OPTIONS
from catalog.snippets.proofs import PLAIN, Proof, digest, proof_of
from catalog.snippets.request import Request, describe
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
        write(request, site)
        for request in describe(record)
        if protocol in {None, request.protocol} and option in {None, request.option}
        for name, write in LANGUAGES.items()
        if language in {None, name}
    ]
