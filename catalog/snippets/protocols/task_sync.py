"""An action answered at once, in the shape of a task."""

from catalog.snippets.protocol import Dialect

DIALECT = Dialect(
    "task-sync",
    calls=("",),
    answers="result",
    names_model=False,
    usage="made",
)
