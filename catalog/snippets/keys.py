"""Where a snippet reads the key, and how a literal key is written there, for a copy with the key."""

from dataclasses import dataclass, replace

from catalog.snippets.snippet import Reading, SiteSettings, Snippet


@dataclass(frozen=True, slots=True)
class KeyMark:
    """The places of one text in a snippet's code, counted in UTF-16 units as browsers count."""

    places: tuple[int, ...]
    text: str
    before: str
    quoting: str


def other_variable(site: SiteSettings) -> SiteSettings:
    """Return settings that differ only in the variable's name, not in its length."""
    letter = "Y" if set(site.api_key_env) == {"X"} else "X"
    return replace(site, api_key_env=letter * len(site.api_key_env))


def key_mark(snippet: Snippet, other: Snippet, reading: Reading, site: SiteSettings) -> KeyMark | None:
    """Return where a snippet reads the key; `other` is the same snippet with `other_variable`.

    What reads the key is what changes with the variable: the same words in a prompt stay as they are.
    """
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
