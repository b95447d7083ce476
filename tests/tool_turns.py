"""What arrives from a snippet that runs a tool: first the question, then with it the call and its result."""

from collections.abc import Sequence
from typing import Any

from catalog.snippets import Request
from gateway.arrivals import Arrival

LOOPING = {"python", "javascript", "typescript"}
"""Languages whose snippets run the tool and go on; those of all others send the second turn alone."""
TURNS = ("messages", "input", "contents")
GIVEN = {
    "id",
    "tool_use_id",
    "call_id",
    "tool_call_id",
    "thoughtSignature",
    "reasoning_content",
    "extra_content",
}
"""What the gateway makes up: whether a result names its call is asked by the gateway itself."""


def faults_of_rounds(request: Request, arrivals: Sequence[Arrival]) -> list[str]:
    """List what did not arrive as meant in the two rounds of a loop."""
    field = next(name for name in TURNS if name in request.body)
    meant = [request.body | {field: request.body[field][:1]}, request.body]
    seen = [each.body for each in arrivals]
    if len(seen) != len(meant):
        return [f"meant {len(meant)} rounds, arrived {len(seen)}: {seen}"]
    return [
        f"meant {_plain(one)}, arrived {part}"
        for one, arrived in zip(meant, seen, strict=True)
        if (part := _meant_part(arrived, one)) != _plain(one)
    ]


def _plain(value: Any) -> Any:
    """Leave out what the gateway makes up."""
    if isinstance(value, dict):
        return {name: _plain(entry) for name, entry in value.items() if name not in GIVEN}
    return [_plain(entry) for entry in value] if isinstance(value, list) else value


def _meant_part(value: Any, meant: Any) -> Any:
    """Leave out what an SDK repeats of the answer beside what is meant."""
    if isinstance(value, dict) and isinstance(meant, dict):
        known = {name: entry for name, entry in value.items() if name in meant and name not in GIVEN}
        return {name: _meant_part(entry, meant[name]) for name, entry in known.items()}
    if isinstance(value, list) and isinstance(meant, list) and len(value) == len(meant):
        return [_meant_part(*pair) for pair in zip(value, meant, strict=True)]
    return value
