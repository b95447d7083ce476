"""A task: it is created, and then asked for until it has ended."""

from catalog.snippets.protocol import Dialect

DIALECT = Dialect(
    "task",
    calls=("",),
    is_asynchronous=True,
    answers="result",
    usage="made",
)
