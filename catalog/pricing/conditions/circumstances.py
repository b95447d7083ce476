"""What conditions are evaluated against."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol


class Circumstances(Protocol):
    """A request as conditions see it; `catalog.pricing.quote.Usage` is one."""

    @property
    def service_tier(self) -> str | None:
        """The service tier of the request."""

    @property
    def region(self) -> str | None:
        """The region of the request."""

    @property
    def action(self) -> str | None:
        """The action of the model."""

    @property
    def parameters(self) -> Mapping[str, Any]:
        """The request's parameters, in their declared types."""

    @property
    def at(self) -> datetime:
        """The aware instant of the request."""

    @property
    def prompt_tokens(self) -> Decimal:
        """The size of the prompt, over all meters that are part of it."""
