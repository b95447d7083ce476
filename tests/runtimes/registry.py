"""The languages whose snippets are run for real: a new one is a file here and a line below."""

from runtimes import bash, python

RUNTIMES = {
    "curl": bash.RUNTIME,
    "python": python.RUNTIME,
}
