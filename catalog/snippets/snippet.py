"""Input and output of every snippet language."""

import re
from dataclasses import dataclass

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """The base URL of calls, and the key's environment variable."""

    api_base_url: str
    api_key_env: str

    def __post_init__(self) -> None:
        """Refuse a name that no shell accepts."""
        # It is written unquoted.
        if not _VARIABLE.fullmatch(self.api_key_env):
            raise ValueError(f"API_KEY_ENV {self.api_key_env!r} is not the name of an environment variable")

    def url(self, path: str) -> str:
        """Join the base URL and a path that begins with a slash."""
        return self.api_base_url.rstrip("/") + path


@dataclass(frozen=True, slots=True)
class Reading:
    """How a language reads the key."""

    form: str
    # One of `static/js/key.js`; a copy holds `before` and the key, quoted as one text.
    quoting: str
    before: str = ""

    def text(self, site: SiteSettings) -> str:
        """Return the code that reads the key."""
        return self.form.replace("VARIABLE", site.api_key_env)


@dataclass(frozen=True, slots=True)
class Snippet:
    """Code of one call, with its install command."""

    language: str
    label: str
    protocol: str
    action: str | None
    option: str
    code: str
    install: str
    lexer: str
    package: str = ""
    # Between package and version: `==` or `@`.
    pin: str = ""

    def installing(self, version: str | None) -> str:
        """Return the install command, pinned if a version is given."""
        if not (version and self.package):
            return self.install
        return self.install.replace(self.package, f"{self.package}{self.pin}{version}")
