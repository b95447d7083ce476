"""The languages whose snippets are run for real: a new one is a file here and a line below."""

from runtimes import bash, go, node, php, python, ruby

RUNTIMES = {
    "curl": bash.RUNTIME,
    "python": python.RUNTIME,
    "javascript": node.JAVASCRIPT,
    "typescript": node.TYPESCRIPT,
    "go": go.RUNTIME,
    "ruby": ruby.RUNTIME,
    "php": php.RUNTIME,
}
