"""The review form of a change set, and what it reads back."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from catalog.admin.checked_texts import AdminForm
from catalog.admin.price_forms import refuse_start
from catalog.models import ChangeSet, Document
from catalog.pricing.conditions import canonical
from catalog.records.facts import facts
from catalog.records.record import read_record

READ_BACK = 20


class WhenForm(AdminForm):
    """When to apply, and a confirmation."""

    applies_at = forms.SplitDateTimeField(
        required=False,
        label="Since when (UTC)",
        help_text="Empty: at once.",
        widget=forms.SplitDateTimeWidget(date_attrs={"type": "date"}, time_attrs={"type": "time"}),
    )
    phrase = forms.CharField(required=False, label="Confirmation", max_length=40)

    def __init__(self, *args: Any, required_phrase: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.required_phrase = required_phrase

    def clean_applies_at(self) -> datetime | None:
        """Refuse a start in the past."""
        chosen: datetime | None = self.cleaned_data["applies_at"]
        # Cancelling and undoing look at no date.
        if chosen is not None and "_cancel" not in self.data and "_undo" not in self.data:
            refuse_start(chosen)
        return chosen

    def clean_phrase(self) -> str:
        """Require the phrase if a warning is open."""
        typed: str = self.cleaned_data["phrase"]
        if self.required_phrase and typed.strip().lower() != self.required_phrase:
            msg = f'Some prices look odd. Read the questions, then type "{self.required_phrase}".'
            raise forms.ValidationError(msg)
        return typed


def read_back(row: ChangeSet) -> list[dict[str, str]]:
    """Return the prices now shown, from the records that answer visitors."""
    edits = list(row.edits.select_related("variant__family", "created")[:READ_BACK])
    bodies = Document.objects.filter(variant__in=[edit.variant_id for edit in edits])
    now = timezone.now()
    current = {pk: facts(read_record(body), now).prices for pk, body in bodies.values_list("variant", "body")}
    rows = []
    for edit in edits:
        key = (edit.kind, edit.meter, edit.conditions_key)
        held = next(
            (
                price
                for price in current[edit.variant_id]
                if (price["kind"], price["meter"], canonical(price["conditions"])) == key
            ),
            None,
        )
        amount_text = (
            f"{held['amount'] or held['state']} {held['currency']} per {held['unit']}" if held else "no price"
        )
        rows.append(
            {
                "model_id": edit.variant.model_id,
                "meter": edit.meter,
                "path": edit.variant.path,
                "api": f"/api/v1/models/{edit.variant.model_id}/prices",
                "said": amount_text,
            }
        )
    return rows
