"""Addresses that a model is called at."""

from dataclasses import dataclass

from catalog.text.language import say
from catalog.vocabulary import Protocol, TaskType
from pages.model_context import ModelContext


@dataclass(frozen=True, slots=True)
class EndpointRow:
    """One endpoint."""

    method: str
    path: str
    protocol: str
    action: str
    answers: str  # sync or async


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The section of endpoints."""

    rows: list[EndpointRow]
    has_actions: bool
    name: str
    base_url: str


def endpoints(context: ModelContext) -> Endpoints:
    """List all endpoints."""
    words = {TaskType.SYNCHRONOUS: say("At once"), TaskType.ASYNCHRONOUS: say("With a task")}
    rows = []
    for row in context.record["endpoints"]:
        # The model's own type is that of its calls, not of what a GET reads.
        kind = row["task_type"] or ("" if row["method"] == "GET" else context.record["task_type"] or "")
        answers = say("With the task") if row["protocol"] == Protocol.TASK and row["method"] == "GET" else ""
        rows.append(
            EndpointRow(
                method=row["method"],
                path=row["path"],
                protocol=str(Protocol(row["protocol"]).label),
                action=row["action"] or "",
                answers=answers or (words[TaskType(kind)] if kind else say("Not stated")),
            )
        )
    return Endpoints(
        rows=rows,
        has_actions=any(row.action for row in rows),
        name=context.record["name"],
        base_url=context.site.calls.api_base_url,
    )
