"""The API's errors and what to do."""

from collections.abc import Iterator

from catalog.records.promises import Promises
from catalog.vocabulary import PromiseName

# Word for word as on PAGE, but for its link to how keys are made: an error, what it means, what to do, and
# the promise without which nobody says so.
_STATUSES = (
    (
        "400, 422",
        "The request is not valid.",
        "Correct it. The message names what is wrong. Do not repeat it as it is.",
        None,
    ),
    ("401", "The key is missing or wrong.", "Set the key.", None),
    ("402", "Not enough credit.", "Add credit, then repeat.", PromiseName.CALLS_USE_CREDIT),
    (
        "409",
        "The `Idempotency-Key` was used before with another body.",
        "Use a new key for a new request.",
        PromiseName.IDEMPOTENCY_KEY,
    ),
    (
        "429",
        "Too many requests.",
        "Wait as long as `Retry-After` says, then repeat.",
        PromiseName.RETRY_AFTER,
    ),
    ("503", "The service is not available for the moment.", "Wait, then repeat.", None),
)
_SOME_WAIT = ("429", "Too many requests.", "Wait, then repeat.")
PAGE = "/docs/errors"


def statuses(promises: Promises) -> Iterator[tuple[str, str, str]]:
    """Yield status, meaning and what to do."""
    for status, meaning, action, promise in _STATUSES:
        if promise is None or promise in promises:
            yield status, meaning, action
        elif status == _SOME_WAIT[0]:
            yield _SOME_WAIT
