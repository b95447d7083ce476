"""Renders a request as TypeScript: JavaScript with annotations for strict mode."""

from dataclasses import replace

from catalog.snippets import javascript, javascript_http
from catalog.snippets.call import Request
from catalog.snippets.language import Language
from catalog.snippets.protocols import PROTOCOL_FIELDS
from catalog.snippets.snippet import Reading, SiteSettings, Snippet


def _declared(request: Request) -> str:
    files = request.saved
    listed = f"  {files.key}: {{ {files.url}: string }}[];\n" if files else ""
    return f"interface Task {{\n  id: string;\n  status: string;\n{listed}}}\n\n"


_TYPES = javascript_http.Types(
    declared=_declared,
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
