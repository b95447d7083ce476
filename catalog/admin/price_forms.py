"""Forms that change prices."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from catalog.admin.bases import JSONField
from catalog.admin.checked_texts import AdminForm
from catalog.models import Price, Variant
from catalog.pricing.conditions import parse
from catalog.pricing.money import check_currency, parse_amount
from catalog.pricing.price import PriceValue, parse_quantity
from catalog.pricing.units import METERS, unit_label
from catalog.publishing.drafts import PriceDraft
from catalog.publishing.price_changes import Successor
from catalog.vocabulary import PriceKind, PriceState

SHORTEST_REASON = 10
USUAL_UNITS = list(dict.fromkeys(unit_label(meter.name, meter.per) for meter in METERS.values()))
# Ten years: a later start is taken for a slip.
FURTHEST = timedelta(days=3653)


class AmountField(forms.CharField):
    """An amount, as strict as in files."""

    def clean(self, value: Any) -> Decimal | None:
        """Parse an amount."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_amount(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class BilledQuantityField(forms.CharField):
    """A minimum or step, as strict as in files."""

    def clean(self, value: Any) -> Decimal | None:
        """Parse a quantity."""
        try:
            return parse_quantity("the quantity", super().clean(value) or None)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class PriceForm(AdminForm):
    """The fields of every price change."""

    state = forms.ChoiceField(choices=PriceState.choices, initial=PriceState.KNOWN)
    amount = AmountField(
        required=False, help_text="In the unit shown. Leave empty unless the state is Known."
    )
    effective_from = forms.SplitDateTimeField(
        required=False,
        label="Since when (UTC)",
        help_text="Empty: at once.",
        widget=forms.SplitDateTimeWidget(date_attrs={"type": "date"}, time_attrs={"type": "time"}),
    )
    effective_until = forms.SplitDateTimeField(
        required=False,
        label="Promotion until (UTC)",
        help_text="Empty: no promotion. Else the price ends then, and the one before it begins again.",
        widget=forms.SplitDateTimeWidget(date_attrs={"type": "date"}, time_attrs={"type": "time"}),
    )
    reason = forms.CharField(
        min_length=SHORTEST_REASON, max_length=500, help_text="Kept in the history; visitors do not see it."
    )
    source_label = forms.CharField(max_length=300, label="Source", help_text="What says so. Visitors see it.")
    source_url = forms.URLField(max_length=500, required=False, label="Source address", assume_scheme="https")

    def clean(self) -> dict[str, Any]:
        """Check amount and state together."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        state, amount = cleaned.get("state"), cleaned.get("amount")
        if state == PriceState.KNOWN and "amount" in cleaned and not amount:
            self.add_error("amount", 'Give an amount above zero, or choose "Free".')
        if state != PriceState.KNOWN and amount:
            self.add_error("amount", "Leave this empty: only a known price has an amount.")
        until, start = cleaned.get("effective_until"), cleaned.get("effective_from") or timezone.now()
        if until and until <= start:
            self.add_error("effective_until", "A promotion ends after it begins. Choose a later time.")
        return cleaned

    def starts_at(self, now: datetime) -> datetime:
        """Return the start."""
        chosen: datetime | None = self.cleaned_data["effective_from"]
        return chosen or now

    def amount_of_state(self) -> Decimal | None:
        """Return the amount that fits the state."""
        state: str = self.cleaned_data["state"]
        if state == PriceState.FREE:
            return Decimal(0)
        amount: Decimal | None = self.cleaned_data["amount"] if state == PriceState.KNOWN else None
        return amount

    def clean_effective_from(self) -> datetime | None:
        """Refuse an impossible start."""
        chosen: datetime | None = self.cleaned_data["effective_from"]
        if chosen is not None:
            refuse_start(chosen)
        return chosen


def refuse_start(chosen: datetime) -> None:
    """Refuse the past, and the far future."""
    now = timezone.now()
    if chosen > now + FURTHEST:
        msg = "This lies more than ten years ahead. Choose an earlier time."
        raise forms.ValidationError(msg)
    # What visitors saw is not rewritten.
    if chosen < now:
        msg = f"{chosen:%Y-%m-%d %H:%M} UTC has passed. Choose a later time, or leave it empty for at once."
        raise forms.ValidationError(msg)


class SuccessorForm(PriceForm):
    """The next price of a row."""

    def price_draft(self, old: Price) -> PriceDraft:
        """Return the change of the row."""
        cleaned = self.cleaned_data
        return PriceDraft.change(old, cleaned["state"], self.amount_of_state(), cleaned["effective_until"])

    def successor(self, old: Price, now: datetime) -> Successor:
        """Return the successor."""
        draft = self.price_draft(old)
        return Successor(
            value=draft.value,
            effective_from=self.starts_at(now),
            effective_until=draft.until,
            source_url=self.cleaned_data["source_url"],
            source_label=self.cleaned_data["source_label"],
            reason=self.cleaned_data["reason"],
        )


class NewPriceForm(PriceForm):
    """A new price."""

    kind = forms.ChoiceField(choices=PriceKind.choices)
    meter = forms.ChoiceField(choices=[(meter.name, meter.label) for meter in METERS.values()])
    per = forms.TypedChoiceField(
        coerce=int,
        required=False,
        empty_value=None,
        choices=[("", "As usual for the meter"), (1_000_000, "1 million"), (1_000, "1 thousand"), (1, "1")],
        help_text=f"How many of the meter the amount is for. As usual: per {', '.join(USUAL_UNITS)}.",
    )
    currency = forms.CharField(
        required=False,
        initial="USD",
        max_length=3,
        help_text="Three capital letters, empty for USD. Amounts are never converted.",
    )
    minimum = BilledQuantityField(
        required=False, help_text="The least of the meter that each call is billed for, as in 10."
    )
    step = BilledQuantityField(
        required=False, help_text="Each call is billed in whole steps of so many, as in 1."
    )
    conditions = JSONField(
        required=False, help_text='For example {"action": "text_to_image", "output_resolution": "1k"}.'
    )

    def clean_currency(self) -> str:
        """Refuse what is no currency."""
        try:
            return check_currency(self.cleaned_data["currency"] or "USD")
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def clean_conditions(self) -> dict[str, Any]:
        """Refuse conditions that never hold."""
        conditions: dict[str, Any] = self.cleaned_data["conditions"] or {}
        try:
            parse(conditions)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return conditions

    def price_draft(self, variant: Variant) -> PriceDraft:
        """Return the new price, by default in the meter's unit."""
        cleaned = self.cleaned_data
        value = PriceValue(
            kind=cleaned["kind"],
            state=cleaned["state"],
            meter=cleaned["meter"],
            per=cleaned["per"] or METERS[cleaned["meter"]].per,
            amount=self.amount_of_state(),
            currency=cleaned["currency"],
            conditions=parse(cleaned["conditions"]),
            minimum=cleaned["minimum"],
            step=cleaned["step"],
        )
        return PriceDraft(variant, None, value).promoted(cleaned["effective_until"])
