"""Sentences and calls that are the operator's to promise."""

from catalog.models import Promise
from catalog.records.promises import YES, Promises
from catalog.records.record import Record
from catalog.snippets import Request, describe
from catalog.text.language import say
from catalog.vocabulary import PromiseName


def read_promises() -> Promises:
    """Read what the operator promises; nothing is promised by default."""
    rows = Promise.objects.filter(is_stated=True).values_list("name", "value")
    return {name: value or YES for name, value in rows}


def offered_calls(record: Record, promises: Promises) -> list[Request]:
    """List the calls to show of a model: without the promise, none that creates its task once more."""
    may_repeat = PromiseName.IDEMPOTENCY_KEY in promises
    return [request for request in describe(record) if may_repeat or not request.is_retried]


def rate_limits(promises: Promises) -> str:
    """Return what is promised of rate limits, or blank."""
    if PromiseName.RETRY_AFTER not in promises:
        return say("Limits hold per API key.") if PromiseName.LIMITS_ARE_PER_KEY in promises else ""
    if PromiseName.LIMITS_ARE_PER_KEY not in promises:
        return say("Status 429 comes with `Retry-After`: the seconds to wait.")
    return say("Per API key: status 429 comes with `Retry-After`, the seconds to wait.")


def account(promises: Promises, site: str) -> str:
    """Return why no account with a provider is needed, or blank."""
    if PromiseName.NO_PROVIDER_ACCOUNT not in promises:
        return ""
    if PromiseName.ONE_KEY_FOR_ALL_MODELS not in promises:
        return say("No. A {site} API key is enough.", site=site)
    return say("No. One {site} API key works for every model that is served here.", site=site)
