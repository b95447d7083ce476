"""What is typed into the screens that change prices, and what must hold where they refuse it."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from catalog.models import ChangeEvent, Variant
from catalog.publishing.publish import current_revision
from forms import errors

HOUR = timedelta(hours=1)
YEAR = timezone.now().year + 2
NOON = {"effective_from_1": "12:00"}
WHY = "The provider cut its price"
GOOD = {
    "state": "known",
    "amount": "1.875",
    "reason": WHY,
    "source_label": "New price list",
    "source_url": "https://example.com/new",
    "effective_from_0": "",
    "effective_from_1": "",
    "_apply": "1",
}
NEW = {**GOOD, "kind": "sell", "meter": "output_tokens", "per": "1000000", "conditions": ""}


def to(name: str, *args: int) -> str:
    return reverse(f"admin:catalog_{name}", args=args)


def state_of(variant: Variant):
    return current_revision(), ChangeEvent.objects.count(), list(variant.prices.order_by("pk").values())


def after(hours: float) -> dict[str, str]:
    start = timezone.now() + hours * HOUR
    return {"effective_from_0": f"{start:%Y-%m-%d}", "effective_from_1": f"{start:%H:%M:%S}"}


def refused(desk, variant: Variant, address: str, sent: dict) -> str:
    """Send what must change nothing; give what the screen says of it."""
    before = state_of(variant)
    answer = desk.post(address, sent)
    assert answer.status_code == 200
    assert "Nothing was published" in answer.content.decode()
    assert state_of(variant) == before
    return errors(answer)
