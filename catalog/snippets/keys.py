"""Where a snippet reads the key, and how a literal key is written there, for a copy that holds it."""

from dataclasses import dataclass, replace

from catalog.snippets.snippet import SiteSettings, Snippet


@dataclass(frozen=True, slots=True)
class Reading:
    """How a language reads the key; a copy holds `before` and the key there, quoted as one text."""

    form: str
    quoting: str
    before: str = ""

    def text(self, site: SiteSettings) -> str:
        """Give the code that reads the key from the site's variable."""
        return self.form.replace("VARIABLE", site.api_key_env)


READINGS = {
    "curl": Reading('"Authorization: Bearer $VARIABLE"', "bash", before="Authorization: Bearer "),
    "python": Reading('os.environ["VARIABLE"]', "python"),
    "javascript": Reading("process.env.VARIABLE", "javascript"),
    "typescript": Reading("process.env.VARIABLE", "javascript"),
    "go": Reading('os.Getenv("VARIABLE")', "go"),
    "ruby": Reading('ENV.fetch("VARIABLE")', "ruby"),
    "php": Reading("getenv('VARIABLE')", "php"),
}
"""Language -> how it reads the key. The quotings are those of `static/js/key.js`."""


@dataclass(frozen=True, slots=True)
class KeyMark:
    """The places of one text in a snippet's code, counted in UTF-16 units as browsers count."""

    places: tuple[int, ...]
    text: str
    before: str
    quoting: str


def other_variable(site: SiteSettings) -> SiteSettings:
    """Give settings that differ in the variable's name only, not in its length."""
    letter = "Y" if set(site.api_key_env) == {"X"} else "X"
    return replace(site, api_key_env=letter * len(site.api_key_env))


def key_mark(snippet: Snippet, other: Snippet, site: SiteSettings) -> KeyMark | None:
    """Say where a snippet reads the key; `other` is the same snippet with `other_variable`.

    What reads the key is what changes with the variable: the same words in a prompt stay as they are.
    """
    reading = READINGS.get(snippet.language)
    if reading is None:
        return None
    text, changed = reading.text(site), reading.text(other_variable(site))
    code, twin = snippet.code, other.code
    places = [at for at in _found(text, code) if twin.startswith(changed, at)]
    units = tuple(len(code[:at].encode("utf-16-le", "surrogatepass")) // 2 for at in places)
    return KeyMark(units, text, reading.before, reading.quoting) if units else None


def _found(text: str, code: str) -> list[int]:
    """List where a text stands in code."""
    places, at = [], code.find(text)
    while at >= 0:
        places.append(at)
        at = code.find(text, at + len(text))
    return places
