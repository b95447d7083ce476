"""Values of settings in pages, written as `@@api_base_url@@`."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.conf import settings

from catalog.exchange.model_keys import keys_table
from docs import generated

# Brackets would mean something else in the TOML, shell and JSON of pages.
_NAMED = re.compile(r"@@([^@\n]*)@@")


class UnknownValueError(ValueError):
    """A page names an unknown value."""


def _support() -> str:
    email, url = settings.SUPPORT_EMAIL, settings.SUPPORT_URL
    ways = [f"write to [{email}](mailto:{email})"] if email else []
    ways += [f"use [{url}]({url})"] if url else []
    return " or ".join(ways) or "ask whoever runs this site"


VALUES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "api_base_url": lambda: str(settings.API_BASE_URL).rstrip("/"),
        "api_key_env": lambda: str(settings.API_KEY_ENV),
        "model_keys": keys_table,
        "site_name": lambda: str(settings.SITE_NAME),
        "site_url": lambda: str(settings.SITE_URL).rstrip("/"),
        "support": _support,
        "facets": generated.facet_nouns,
        "filters": generated.filter_rows,
        "filters_any": generated.alternatives,
        "filters_all": generated.together,
        "filters_all_and": generated.together_sentence,
        "conditions": generated.condition_rows,
        "protocols": generated.protocol_rows,
        "usage_objects": generated.usage_object_rows,
        "quote_warnings": generated.quote_warning_rows,
    }
)
"""Name -> reader of its value; a new name is one row here."""


def current() -> Mapping[str, str]:
    """Read all values."""
    return {name: read() for name, read in VALUES.items()}


def fill(text: str, values: Mapping[str, str]) -> str:
    """Replace names by values."""
    return _NAMED.sub(lambda match: values[match[1]], text)


def check(text: str) -> None:
    """Raise UnknownValueError for an unknown name."""
    for match in _NAMED.finditer(text):
        if match[1] not in VALUES:
            line = text.count("\n", 0, match.start()) + 1
            raise UnknownValueError(f"line {line}: @@{match[1]}@@ is not one of {', '.join(VALUES)}")
