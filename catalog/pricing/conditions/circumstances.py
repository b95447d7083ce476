"""What conditions are evaluated against."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol


class Circumstances(Protocol):
    """A request as conditions see it, such as `catalog.pricing.quote.Usage`."""

    @property
    def service_tier(self) -> str | None:
        """Such as `batch`."""

    @property
    def region(self) -> str | None:
        """Such as `eu`."""

    @property
    def action(self) -> str | None:
        """Such as `text_to_video`."""

    @property
    def parameters(self) -> Mapping[str, Any]:
        """Values in their declared types."""

    @property
    def at(self) -> datetime:
        """An aware instant."""

    @property
    def prompt_tokens(self) -> Decimal:
        """The sum of all meters in the prompt of one call."""
