"""The tools; each answers as the JSON API does."""

from typing import Any

from django.utils import timezone

from catalog import comparison
from catalog.comparison import named_models
from catalog.history.changes import changes
from catalog.presentation import computed_json, model_json
from catalog.presentation.wording import overview
from catalog.presentation.wording.promises import offered_calls, read_promises
from catalog.presentation.wording.subject import read_site
from catalog.pricing.billed_quantity import UnevenCallsError
from catalog.pricing.quote import Quote
from catalog.pricing.units import METERS
from catalog.publishing.publish import current_revision
from catalog.records.facts import facts, holds_since
from catalog.records.price_rows import looks_at_clock
from catalog.records.quote_warnings import quote_use
from catalog.records.read_usage import CALLS, PARAMETER, AskedError, read_usage
from catalog.records.record import Record
from catalog.search import lookup
from catalog.search.selection import page
from catalog.snippets import LANGUAGES, Request, languages_of, proven
from catalog.text.instants import rfc3339
from catalog.text.refusal import shown
from catalog.vocabulary import PriceKind
from mcp_server import arguments, shapes
from mcp_server.facet_arguments import selection_of
from mcp_server.writing import (
    UnanswerableError,
    api_address,
    brief,
    call_words,
    find_model,
    instant_query,
    misasked,
    model_path,
    next_offset,
    unknown,
)

# An agent's context is short: the rest is at the address in `more`.
MOST_PRICES = 12
MOST_ROWS = 40


def search_models(call: arguments.SearchModels) -> dict[str, Any]:
    """List models that match every filter."""
    at = call.at or timezone.now()
    selection = selection_of(call, call.query, call.sort or "")
    part = page(selection, at, call.limit, call.offset)
    near = lookup.suggestions(call.query) if call.query and not part.count else []
    filters = call.model_dump(mode="json", exclude_defaults=True, exclude={"at"})
    query = {"q" if key == "query" else key: value for key, value in filters.items()}
    return {
        "items": [brief(facts(record, at)) for record in part.records],
        "count": part.count,
        "next_offset": next_offset(call.limit, call.offset, part.count),
        "did_you_mean": [row.model_id for row in near],
        "more": api_address("/models", {**query, **instant_query(call.at)}),
        "at": rfc3339(at),
        "revision": current_revision()[0],
    }


def get_model(call: arguments.GetModel) -> dict[str, Any]:
    """Return a model with its current prices."""
    record, at = find_model(call.model), call.at or timezone.now()
    revision, published_at = current_revision()
    this = facts(record, at)
    whole = model_json.model(this)
    family = lookup.family_records(record["family"]["slug"])
    return {
        **{key: whole[key] for key in shapes.ModelShape.model_fields if key in whole},
        "price": computed_json.headline_price(this),
        "alias_of": record["model_id"] if call.model in record["aliases"] else None,
        "requested_id": call.model,
        "successor": model_json.successor(this),
        "overview": overview.text(this, for_agents=True),
        "prices": whole["prices"][:MOST_PRICES],
        "prices_count": len(whole["prices"]),
        "announced_prices": [model_json.price(row) for row in this.announced[:MOST_PRICES]],
        "parameters": {
            action: {row["name"]: row["description"] for row in rows}
            for action, rows in record["parameters"].items()
        },
        "siblings": [row["model_id"] for row in family if row["model_id"] != record["model_id"]],
        "more": api_address(f"/models/{model_path(record)}", instant_query(call.at)),
        "at": rfc3339(call.at or holds_since(record, at, published_at)),
        "revision": revision,
    }


def get_snippet(tool_call: arguments.GetSnippet) -> dict[str, Any]:
    """Return code that calls a model."""
    if tool_call.language not in LANGUAGES:
        raise UnanswerableError(f"language: {shown(tool_call.language)} is none of {', '.join(LANGUAGES)}.")
    record = find_model(tool_call.model)
    calls = offered_calls(record, read_promises())
    if not calls:
        raise UnanswerableError(
            f"No call of {record['model_id']} is known: see {model_json.absolute(record['path'])}."
        )
    choice = (tool_call.protocol, tool_call.action, tool_call.option)
    requests = [
        call
        for call in calls
        if all(want in {None, has} for want, has in zip(choice, call_words(call).values(), strict=True))
    ]
    if not requests:
        known = "; ".join(_named(call) for call in calls)
        raise UnanswerableError(f"{record['model_id']} has no such call. Ask for one of these: {known}.")
    chosen, languages = requests[0], languages_of(requests[0])
    if tool_call.language not in languages:
        raise UnanswerableError(f"language: this call is written in {', '.join(languages)} only.")
    snippet = LANGUAGES[tool_call.language](chosen, read_site().calls)
    return {
        "model_id": record["model_id"],
        **computed_json.snippet(snippet, proven(chosen, tool_call.language)),
        "others": [call_words(call) for call in calls if call is not chosen],
        "languages": languages,
        "url": model_json.absolute(record["path"]),
        "more": api_address(f"/models/{model_path(record)}/snippets", {}),
    }


def compare_models(call: arguments.CompareModels) -> dict[str, Any]:
    """Compare models side by side."""
    lineup = named_models.find(call.models, ordered=False)
    if lineup.unknown:
        raise unknown(lineup.unknown[0])
    if len(lineup.records) < comparison.LEAST:
        raise UnanswerableError(
            f"models: these name one model: name {comparison.LEAST} different ones or more."
        )
    now = timezone.now()
    revision, published_at = current_revision()
    usage = call.usage or {}
    try:
        members = [facts(record, call.at or now) for record in lineup.records]
        compared = computed_json.comparison(comparison.compare(members, usage))
    except comparison.UsageError as error:
        raise misasked(error.errors) from error
    rows = [row for row in compared["rows"] if row["differs"] or not call.only_differences]
    # Prices that depend on the hour or weekday hold for now only.
    has_clock = bool(usage) and any(looks_at_clock(record) for record in lineup.records)
    since = now if has_clock else max(holds_since(record, now, published_at) for record in lineup.records)
    return {
        "models": lineup.ids,
        "rows": rows[:MOST_ROWS],
        "rows_count": len(compared["rows"]),
        "unstated": compared["unstated"],
        "url": model_json.absolute(named_models.path(lineup.ids)),
        "more": api_address("/compare", {"models": ",".join(lineup.ids), **usage, **instant_query(call.at)}),
        "at": rfc3339(call.at or since),
        "revision": revision,
    }


def get_quote(call: arguments.Quote) -> dict[str, Any]:
    """Price a use, line by line."""
    record, now = find_model(call.model), timezone.now()
    revision, published_at = current_revision()
    circumstances = {key: getattr(call, key) for key in ("service_tier", "region", "action")}
    usage = {
        **call.usage,
        **{key: value for key, value in circumstances.items() if value is not None},
        **{f"{PARAMETER}{key}": value for key, value in call.parameters.items()},
        **({CALLS: str(call.calls)} if call.calls > 1 else {}),
    }
    try:
        read = read_usage(record, usage, call.at or now)
        result = quote_use(record, read, call.kind and call.kind.value)
    except UnevenCallsError as error:
        raise misasked([(CALLS, str(error))]) from error
    except AskedError as error:
        raise misasked(error.errors) from error
    since = now if looks_at_clock(record) else holds_since(record, now, published_at)
    own = {"model": record["model_id"], **({"kind": call.kind.value} if call.kind else {})}
    return {
        **computed_json.quote(record["model_id"], result, call.at or since, revision),
        "hint": _hint(record, result.quote),
        "more": api_address("/quote", {**own, **usage, **instant_query(call.at)}),
    }


def _hint(record: Record, result: Quote) -> str | None:
    other = PriceKind.LIST if result.kind == PriceKind.SELL else PriceKind.SELL
    if result.total is not None or not any(row["kind"] == other.value for row in record["prices"]):
        return None
    return f"Not every meter has an amount; there are prices of the other kind: try kind {other.value!r}."


def price_history(call: arguments.PriceHistory) -> dict[str, Any]:
    """List all price rows of a model, the latest first."""
    if call.meter is not None and call.meter not in METERS:
        raise UnanswerableError(f"meter: {shown(call.meter)} is none of {', '.join(METERS)}.")
    record = find_model(call.model)
    kinds, meters = {None, call.kind}, {None, call.meter}
    rows = [
        row
        for row in record["prices"]
        if (call.kind is None or row["kind"] in kinds) and (call.meter is None or row["meter"] in meters)
    ]
    rows.sort(key=lambda row: row["effective_from"], reverse=True)
    revision, published_at = current_revision()
    own = {"history": "true", **({"kind": call.kind.value} if call.kind else {})}
    return {
        "model_id": record["model_id"],
        "items": [model_json.price(row) for row in rows[call.offset : call.offset + call.limit]],
        "count": len(rows),
        "next_offset": next_offset(call.limit, call.offset, len(rows)),
        "url": model_json.absolute(record["path"]),
        "more": api_address(f"/models/{model_path(record)}/prices", own),
        "at": rfc3339(holds_since(record, timezone.now(), published_at)),
        "revision": revision,
    }


def list_changes(call: arguments.ListChanges) -> dict[str, Any]:
    """List changes, newest first, or oldest first after a revision."""
    model_id = None
    if call.model is not None:
        model_id = find_model(call.model)["model_id"]
    kind = call.kind.value if call.kind else ""
    part = changes(
        limit=call.limit,
        offset=call.offset,
        kind=kind,
        model_id=model_id,
        since_revision=call.since_revision,
    )
    own = {"model": model_id, "kind": kind or None, "since_revision": call.since_revision}
    return {
        "items": [computed_json.change(change) for change in part.changes],
        "count": part.count,
        "next_offset": next_offset(call.limit, call.offset, part.count),
        "url": model_json.absolute("/changes"),
        "more": api_address("/changes", {key: value for key, value in own.items() if value is not None}),
        "revision": current_revision()[0],
    }


def _named(call: Request) -> str:
    return ", ".join(f"{key} {value}" for key, value in call_words(call).items() if value)
