"""A language of snippets."""

from collections.abc import Callable
from dataclasses import dataclass

from catalog.snippets.call import Request
from catalog.snippets.keys import KeyMark, key_mark, other_variable
from catalog.snippets.snippet import Reading, SiteSettings, Snippet


@dataclass(frozen=True, slots=True)
class Language:
    """One language; calling it renders a request."""

    key: str
    render: Callable[[Request, SiteSettings], Snippet]
    reading: Reading

    def __call__(self, request: Request, site: SiteSettings) -> Snippet:
        """Render one call."""
        return self.render(request, site)

    def key_mark(self, request: Request, site: SiteSettings) -> KeyMark | None:
        """Return where the code reads the key."""
        snippet, other = self.render(request, site), self.render(request, other_variable(site))
        return key_mark(snippet, other, self.reading, site)
