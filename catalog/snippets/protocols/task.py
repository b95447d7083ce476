"""A task: created, then polled."""

from catalog.snippets.protocol import Dialect

DIALECT = Dialect(
    "task",
    calls=("",),
    is_asynchronous=True,
    answers="result",
    usage="made",
)
