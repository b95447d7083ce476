"""Values of settings in pages, written as `@@api_base_url@@`."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.conf import settings

from catalog.exchange.model_keys import keys_table
from catalog.presentation.wording.promises import read_promises
from catalog.vocabulary import PromiseName
from docs import conditions, generated

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
        "promises": generated.promise_rows,
    }
)
"""Name -> reader of its value; a new name is one row here."""


def current() -> Mapping[str, str]:
    """Read all values, promises as blank: no database is asked."""
    return {**dict.fromkeys(PromiseName.values, ""), **{name: read() for name, read in VALUES.items()}}


def with_promises() -> Mapping[str, str]:
    """Read all values, and what the operator promises."""
    return {**current(), **read_promises()}


def fill(text: str, values: Mapping[str, str]) -> str:
    """Choose passages, and replace names by values."""
    return _NAMED.sub(lambda match: values[match[1]], conditions.chosen(text, values))


def check(text: str) -> None:
    """Raise UnknownValueError or ConditionError."""
    conditions.check(text, PromiseName.values)
    for match in _NAMED.finditer(text):
        is_named = match[1] in VALUES or match[1] in PromiseName.values
        if not is_named and not conditions.MARK.fullmatch(match[0]):
            line = text.count("\n", 0, match.start()) + 1
            raise UnknownValueError(f"line {line}: @@{match[1]}@@ is not one of {', '.join(VALUES)}")
