"""The comparison page's state in its query string."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import QueryDict

from catalog.comparison import MOST, named_models
from catalog.pricing.units import METERS
from catalog.records.facts import Facts
from catalog.records.phrases import NOT_STATED_PROVIDER
from catalog.records.read_usage import is_asked
from catalog.text.language import say
from catalog.vocabulary import Lifecycle

ONLY = "differences"
TIMES = "times"
KEPT = ("at", ONLY, TIMES)
# Each link repeats them, so they must not grow without end.
MOST_KEPT = 40


@dataclass(frozen=True, slots=True)
class Column:
    """One model in the table's head, and the address without it."""

    name: str
    model_id: str
    path: str
    provider: str
    lifecycle: str
    lifecycle_label: str
    without: str


def kept(query: QueryDict) -> list[tuple[str, str]]:
    """Return the parameters that stay when the models change."""
    pairs = [(key, value) for key, value in query.items() if key in KEPT or is_asked(key)]
    return [(key, str(value)) for key, value in pairs if value][:MOST_KEPT]


def usage(query: QueryDict) -> dict[str, str]:
    """Return the usage; empty without a quantity."""
    usage_texts = {key: str(value) for key, value in query.items() if is_asked(key) and str(value).strip()}
    return usage_texts if any(key in METERS for key in usage_texts) else {}


def address(ids: Iterable[str], pairs: Iterable[tuple[str, str]] = ()) -> str:
    """Return the address of a comparison."""
    path, query = named_models.path(ids), urlencode(list(pairs))
    return f"{path}{'&' if '?' in path else '?'}{query}" if query else path


def fields(ids: Iterable[str], pairs: Iterable[tuple[str, str]] = ()) -> tuple[str, list[tuple[str, str]]]:
    """Return a form's action and its hidden fields."""
    # A GET form drops the query of its action, so that goes into fields.
    parts = urlsplit(named_models.path(ids))
    return parts.path, [*parse_qsl(parts.query), *pairs]


def columns(
    members: Sequence[Facts], pairs: Sequence[tuple[str, str]] = (), *, is_fixed: bool = False
) -> list[Column]:
    """Return the table's heads; where it `is_fixed`, no model can be removed."""
    ids = [member.record["model_id"] for member in members]
    heads = []
    for member in members:
        record = member.record
        provider, stage = record["provider"], member.lifecycle
        heads.append(
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
    return heads


def trouble(count: int) -> str:
    """Return why so many models are not compared, if anything."""
    if count > MOST:
        return say(
            "{count} models are too many: at most {most} stand side by side. Take {more} away.",
            count=count,
            most=MOST,
            more=count - MOST,
        )
    return say("One model is chosen: add another to compare it with.") if count == 1 else ""


def encoded(pairs: Mapping[str, str]) -> str:
    """Encode parameters for an address."""
    return urlencode(pairs, safe=",/:@~")  # model IDs stay readable
