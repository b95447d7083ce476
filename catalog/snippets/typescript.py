"""Renders a request as TypeScript: JavaScript with annotations for strict mode."""

from dataclasses import replace

from catalog.snippets import javascript, javascript_http
from catalog.snippets.language import Language
from catalog.snippets.protocols import PROTOCOL_FIELDS
from catalog.snippets.request import Request
from catalog.snippets.snippet import Reading, SiteSettings, Snippet

_TYPES = javascript_http.Types(
    declared="interface Task {\n  id: string;\n  status: string;\n}\n\n",
    response=": Response | undefined",
    task=": Task",
    parsed="(await response.json()) as Task",
    fields=PROTOCOL_FIELDS,
)


def render(request: Request, site: SiteSettings) -> Snippet:
    """Render one module; Node 22.18 and later run it as it is."""
    _, code = javascript.module(request, site, _TYPES)
    plain = javascript.render(request, site)
    return replace(plain, language="typescript", label="TypeScript", code=code.rstrip(), lexer="typescript")


LANGUAGE = Language("typescript", render, Reading("process.env.VARIABLE", "javascript"))
