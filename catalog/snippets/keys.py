"""Where a snippet reads the key, for a copy that holds the key."""

from dataclasses import dataclass, replace

from catalog.snippets.snippet import Reading, SiteSettings, Snippet


@dataclass(frozen=True, slots=True)
class KeyMark:
    """Places of a text in code, in UTF-16 units as in browsers."""

    places: tuple[int, ...]
    text: str
    before: str
    quoting: str


def other_variable(site: SiteSettings) -> SiteSettings:
    """Return settings with another variable of the same length."""
    letter = "Y" if set(site.api_key_env) == {"X"} else "X"
    return replace(site, api_key_env=letter * len(site.api_key_env))


def key_mark(snippet: Snippet, other: Snippet, reading: Reading, site: SiteSettings) -> KeyMark | None:
    """Return where a snippet reads the key; `other` uses `other_variable`."""
    text, changed = reading.text(site), reading.text(other_variable(site))
    code, twin = snippet.code, other.code
    # What changes with the variable reads the key; the same words in a prompt do not.
    places = [at for at in _found(text, code) if twin.startswith(changed, at)]
    units = tuple(len(code[:at].encode("utf-16-le", "surrogatepass")) // 2 for at in places)
    return KeyMark(units, text, reading.before, reading.quoting) if units else None


def _found(text: str, code: str) -> list[int]:
    places, at = [], code.find(text)
    while at >= 0:
        places.append(at)
        at = code.find(text, at + len(text))
    return places
