"""The quickstart: a call in every language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from catalog.presentation.wording.promises import offered_calls
from catalog.records.phrases import action_label, call_rank, main_call, unique
from catalog.records.record import EndpointRecord
from catalog.snippets import (
    LANGUAGES,
    OPTIONS,
    KeyMark,
    Request,
    SiteSettings,
    highlight,
    languages_of,
    proven,
)
from catalog.text.language import say
from catalog.vocabulary import Protocol
from pages.model_context import ModelContext
from pages.parts.try_it import Trial, trial


@dataclass(frozen=True, slots=True)
class Segment:
    """One call or option to choose."""

    key: str
    label: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Tab:
    """One language's code."""

    language: str
    label: str
    lexer: str
    code: str
    html: str
    install: str
    key: KeyMark | None  # where a visitor's own key would stand
    variable: str
    ran_on: date | None  # when the tests last ran just this code
    ran_with: str


@dataclass(frozen=True, slots=True)
class Quickstart:
    """The section of snippets."""

    base_url: str
    endpoints: list[str]
    all_endpoints: list[str]
    calls: list[Segment]
    options: list[Segment]
    tabs: list[Tab]
    trial: Trial | None
    name: str
    model_id: str
    snippets_url: str
    is_realtime: bool
    is_retired: bool


def quickstart(context: ModelContext) -> Quickstart:
    """Build the snippets of the query string's call, else the main one."""
    record, site = context.record, context.site
    requests = offered_calls(record, context.promises)
    calls = _ordered(unique(_call(request) for request in requests), main_call(record))
    call = _chosen(context.query, "call", calls)
    options = {request.option: request for request in requests if _call(request) == call}
    option = _chosen(context.query, "option", list(options))
    shown = options.get(option)
    return Quickstart(
        base_url=site.calls.api_base_url,
        endpoints=_addresses(context, shown),
        all_endpoints=unique(f"{row['method']} {row['path']}" for row in record["endpoints"]),
        calls=[
            Segment(key, _call_label(requests, key), _address(context, call=key), key == call)
            for key in calls
        ],
        options=[
            Segment(key, say(OPTIONS[key].label), _address(context, call=call, option=key), key == option)
            for key in options
        ],
        tabs=[_tab(language, shown, site.calls) for language in languages_of(shown)] if shown else [],
        trial=trial(context, shown),
        name=record["name"],
        model_id=record["model_id"],
        snippets_url=f"/api/v1/models/{record['model_id']}/snippets",
        is_realtime=any(row["protocol"] == Protocol.REALTIME for row in record["endpoints"]),
        is_retired=context.this.is_retired,
    )


def _tab(language: str, request: Request, site: SiteSettings) -> Tab:
    snippet = LANGUAGES[language](request, site)
    proof = proven(request, language)
    # The version that was tested is the one to install.
    version = proof.packages.get(snippet.package) if proof else None
    return Tab(
        language=language,
        label=snippet.label,
        lexer=snippet.lexer,
        code=snippet.code,
        html=highlight(snippet.code, snippet.lexer),
        install=snippet.installing(version),
        key=LANGUAGES[language].key_mark(request, site),
        variable=site.api_key_env,
        ran_on=proof.ran_on if proof else None,
        ran_with=proof.ran_with(snippet.package) if proof else "",
    )


def _call(request: Request) -> str:
    return request.action or request.protocol


def _ordered(known: list[str], main: EndpointRecord | None) -> list[str]:
    key = (main["action"] or main["protocol"]) if main else ""
    # A stable sort: calls of one rank stay in order.
    return sorted(known, key=lambda call: (call != key, call_rank(call)))


def _call_label(requests: list[Request], key: str) -> str:
    first = next(request for request in requests if _call(request) == key)
    return action_label(first.action) if first.action else str(Protocol(first.protocol).label)


def _chosen(query: Mapping[str, str], name: str, known: list[str]) -> str:
    value = query.get(name, "")
    return value if value in known else next(iter(known), "")


def _address(context: ModelContext, **query: str) -> str:
    return f"{context.record['path']}?{urlencode(query)}#quickstart"


def _addresses(context: ModelContext, request: Request | None) -> list[str]:
    # Of a task both: what creates it, and what polls it.
    rows = [
        f"{row['method']} {row['path']}"
        for row in context.record["endpoints"]
        if request is None
        or (row["protocol"] == request.protocol and (row["action"] or None) == (request.action or None))
    ]
    if request and (sent := f"{request.method} {request.path}") in rows:
        # Tools beside the call, such as one that counts its tokens, stand with the endpoints.
        rows = [row for row in rows if row == sent or row.startswith("GET ")]
    return unique(rows) or unique(f"{row['method']} {row['path']}" for row in context.record["endpoints"])
