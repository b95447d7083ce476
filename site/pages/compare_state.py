"""The state of the comparison page, read from its address and written to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import QueryDict

from catalog.comparison import MOST, named_models
from catalog.pricing.units import METERS
from catalog.records.facts import Facts
from catalog.records.phrases import NOT_STATED_PROVIDER
from catalog.records.usage import is_asked
from catalog.text.language import say
from catalog.vocabulary import Lifecycle

ONLY = "differences"
TIMES = "times"
KEPT = ("at", ONLY, TIMES)
MOST_KEPT = 40


@dataclass(frozen=True, slots=True)
class Column:
    """One model at the head of the table, and the address without it."""

    name: str
    model_id: str
    path: str
    provider: str
    lifecycle: str
    lifecycle_label: str
    without: str


def kept(query: QueryDict) -> list[tuple[str, str]]:
    """List what an address keeps when the models change: the instant, the use, and which rows are shown."""
    pairs = [(key, value) for key, value in query.items() if key in KEPT or is_asked(key)]
    return [(key, str(value)) for key, value in pairs if value][:MOST_KEPT]


def usage(query: QueryDict) -> dict[str, str]:
    """Read the use that is asked for; empty where no meter has a quantity."""
    asked = {key: str(value) for key, value in query.items() if is_asked(key) and str(value).strip()}
    return asked if any(key in METERS for key in asked) else {}


def address(ids: Iterable[str], pairs: Iterable[tuple[str, str]] = ()) -> str:
    """Write the address of a comparison with what it keeps."""
    path, query = named_models.path(ids), urlencode(list(pairs))
    return f"{path}{'&' if '?' in path else '?'}{query}" if query else path


def fields(ids: Iterable[str], pairs: Iterable[tuple[str, str]] = ()) -> tuple[str, list[tuple[str, str]]]:
    """Give the action of a form that leads to a comparison, and what its hidden fields carry."""
    parts = urlsplit(named_models.path(ids))
    return parts.path, [*parse_qsl(parts.query), *pairs]


def columns(
    members: Sequence[Facts], pairs: Sequence[tuple[str, str]] = (), *, is_fixed: bool = False
) -> list[Column]:
    """Write the heads of the table; where it is fixed, no model can be taken away."""
    ids = [member.record["model_id"] for member in members]
    found = []
    for member in members:
        record = member.record
        provider, stage = record["provider"], member.lifecycle
        found.append(
            Column(
                name=record["name"],
                model_id=record["model_id"],
                path=record["path"],
                provider="" if provider["slug"] == NOT_STATED_PROVIDER else provider["name"],
                lifecycle=stage or "unknown",
                lifecycle_label=str(Lifecycle(member.lifecycle).label)
                if member.lifecycle
                else say("Not stated"),
                without="" if is_fixed else address([one for one in ids if one != record["model_id"]], pairs),
            )
        )
    return found


def trouble(count: int) -> str:
    """Say why so many models are not compared."""
    if count > MOST:
        return say(
            "{count} models are too many: at most {most} stand side by side. Take {more} away.",
            count=count,
            most=MOST,
            more=count - MOST,
        )
    return say("One model is chosen: add another to compare it with.") if count == 1 else ""


def encoded(pairs: Mapping[str, str]) -> str:
    """Write parameters as an address shows them: model IDs stay readable."""
    return urlencode(pairs, safe=",/:@~")
