"""One call of a model, as every language renders it."""

from dataclasses import dataclass
from typing import Any

from catalog.snippets.attached import Attached, attached_in
from catalog.snippets.protocol import BASIC
from catalog.snippets.result_files import ResultFiles

TASK_ID = "{task_id}"
CALLBACK = "callback_url"
PATIENCE = 10
"""Minutes after which a sample gives a task up."""


@dataclass(frozen=True, slots=True)
class Request:
    """One call: what is sent where."""

    protocol: str
    action: str | None
    model_id: str
    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: dict[str, Any]
    uploads: tuple[str, ...]
    # Holds `{task_id}`; None if nothing is polled.
    poll_path: str | None
    is_asynchronous: bool
    is_streaming: bool
    option: str = BASIC
    # All attempts carry the same new `Idempotency-Key`.
    is_retried: bool = False
    # Files that the answer, or the task once it has ended, lists.
    files: ResultFiles | None = None
    # Whether the model answers with pictures, too.
    makes_images: bool = False

    @property
    def attached(self) -> list[Attached]:
        """List the files that go along as base64 within the body."""
        return [*attached_in(self.body)]

    @property
    def address(self) -> str:
        """Return path and query."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def saved(self) -> ResultFiles | None:
        """Return the files to save; a task that is not polled has none yet."""
        return self.files if self.poll_path or not self.is_asynchronous else None
