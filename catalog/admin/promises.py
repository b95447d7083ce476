"""What the operator promises."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Case, When
from django.http import HttpRequest

from catalog.admin.providers import REASON, SOURCE
from catalog.admin.publishing_admin import PublishingAdmin, ReasonForm
from catalog.models import Promise
from catalog.records.promises import check_value, value_in_words
from catalog.vocabulary import PromiseName


class PromiseForm(ReasonForm):
    """A form that checks the value, and adds only what is not there yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the other names."""
        super().__init__(*args, **kwargs)
        # Fixed once saved: no box then.
        if "name" in self.fields:
            present = set(Promise.objects.values_list("name", flat=True))
            choices = [choice for choice in PromiseName.choices if choice[0] not in present]
            cast("forms.ChoiceField", self.fields["name"]).choices = [("", "---------"), *choices]
            self.fields["value"].help_text = _values_of_all()
        elif "value" in self.fields:
            self.fields["value"].help_text = f"Write {value_in_words(self.instance.name)}."

    def clean(self) -> dict[str, Any]:
        """Refuse values that files do not allow."""
        cleaned = super().clean()
        name = self.instance.name or cleaned.get("name")
        if name and "value" in cleaned:
            try:
                check_value(name, cleaned["value"])
            except ValueError as error:
                self.add_error("value", forms.ValidationError(str(error)))
        return cleaned


def _values_of_all() -> str:
    rows = (f"{word.label}: {value}." for word in PromiseName if (value := value_in_words(word)))
    return f"{' '.join(rows)} All others: leave it blank."


@admin.register(Promise)
class PromiseAdmin(PublishingAdmin):
    """Promises."""

    form = PromiseForm
    list_display = ["__str__", "shown_value", "is_stated", "source_label", "checked_on"]
    ordering = [Case(*(When(name=name, then=at) for at, name in enumerate(PromiseName.values))).asc()]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ARG002
        """Leave out the value of a promise that takes none."""
        has_value = obj is None or value_in_words(obj.name) or obj.value
        fields = ["name", *(["value"] if has_value else []), "is_stated"]
        return [(None, {"fields": fields}), SOURCE, REASON]

    @admin.display(description="Value", empty_value="")
    def shown_value(self, promise: Promise) -> str:
        """Return the value, blank where there is none."""
        return promise.value

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:  # noqa: ARG002
        """Fix the name once saved."""
        return ["name"] if obj else []
