"""What conditions look at when they are held against a request."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol


class Circumstances(Protocol):
    """What conditions look at; `catalog.pricing.quote.Usage` is one."""

    @property
    def service_tier(self) -> str | None:
        """The service tier asked for."""

    @property
    def region(self) -> str | None:
        """The region asked for."""

    @property
    def action(self) -> str | None:
        """The action of the model that is called."""

    @property
    def parameters(self) -> Mapping[str, Any]:
        """The request's parameters, of their declared types."""

    @property
    def at(self) -> datetime:
        """The aware instant of the request."""

    @property
    def prompt_tokens(self) -> Decimal:
        """The size of the prompt, over all meters that are part of it."""
