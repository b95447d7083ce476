"""A model's form and child rows."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html

from catalog.admin.bases import ModelForm, TabularInline
from catalog.admin.publishing_admin import ReasonForm, said_by
from catalog.exchange.field_values import read_value
from catalog.exchange.file_table import CatalogFileError, FileTable
from catalog.models import (
    Alias,
    Endpoint,
    Faq,
    FormerSlug,
    Parameter,
    ParameterRule,
    Source,
    UseCase,
    Variant,
)
from catalog.records.end_of_life import GOVERNED, governed
from catalog.records.field_types import AddressType, MonthType, RowsType, SetType, TableType, TextType
from catalog.records.fields import FIELDS, in_groups
from catalog.records.model_field import FieldGroup, ModelField
from catalog.text.identifiers import check_model_id
from catalog.vocabulary import CAPABILITIES

LIFE = in_groups(FieldGroup.LIFECYCLE, FieldGroup.IDENTITY)
SPECIFICATION = in_groups(FieldGroup.CONTENT, FieldGroup.LIMITS, FieldGroup.ABILITIES, FieldGroup.TERMS)
FIELDSETS: Any = [
    ("Life", {"fields": [field.name for field in LIFE]}),
    ("Specification", {"fields": [field.name for field in SPECIFICATION]}),
]
# Fields that take rows: one as an example, and where their keys are explained.
ROWS: Mapping[str, tuple[str, str]] = {
    "end_of_life": (
        '[{"platform": "own", "retires_on": "2027-06-30", "firmness": "committed", "source_label": "Us"}]',
        "/docs/deprecations#platforms",
    ),
    "price_factors": (
        '[{"kind": "sell", "condition": "service_tier", "value": "batch", "factor": "0.5"}]',
        "/docs/billing#factors",
    ),
}
# Types that check more than their column does.
READ_AS_IN_FILES = (TextType, MonthType, AddressType, RowsType, TableType)


class VariantForm(ReasonForm):
    """A model's fields."""

    tables = frozenset(field.name for field in FIELDS if isinstance(field.type, RowsType))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in FIELDS:
            if isinstance(field.type, SetType) and field.type.labels is not None:
                self.fields[field.name] = _boxes(field.type.labels)
        for name, (example, docs) in ROWS.items():
            if name in self.fields:  # not in the form of someone who may only look
                self.fields[name].encoder = _Indented  # type: ignore[attr-defined]
                self.fields[name].widget.attrs |= {"rows": 14, "class": "vLargeTextField"}
                self.fields[name].help_text = format_html(
                    'A list of rows: <code>{}</code>. <a href="{}">What the keys mean</a>', example, docs
                )

    def clean_model_id(self) -> str:
        """Refuse IDs that cannot be sent, or that are aliases."""
        model_id: str = self.cleaned_data["model_id"]
        if "model_id" in self.changed_data:  # one stored earlier may stay
            said_by(check_model_id, model_id)
        taken = Alias.objects.filter(alias_id=model_id).select_related("variant").first()
        if taken:
            msg = f"{model_id} is an alias of {taken.variant}. Remove that alias first."
            raise forms.ValidationError(msg)
        return model_id

    def clean(self) -> dict[str, Any]:
        """Put into words what the database would refuse."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        deprecated, retires = cleaned.get("deprecated_on"), cleaned.get("retires_on")
        if deprecated and retires and retires < deprecated:
            self.add_error("retires_on", "A model retires on or after the day it is deprecated.")
        replacement = cleaned.get("replacement")
        if replacement and replacement.pk == self.instance.pk:
            self.add_error("replacement", "A model cannot replace itself.")
        self._refuse_yes_and_no(cleaned)
        for field in FIELDS:
            if isinstance(field.type, READ_AS_IN_FILES) and cleaned.get(field.name):
                self._read_strictly(field, cleaned)
        if not self.errors:
            self._govern(cleaned)
        return cleaned

    def _refuse_yes_and_no(self, cleaned: dict[str, Any]) -> None:
        both = [word for word in cleaned.get("capabilities") or () if word in (cleaned.get("lacks") or ())]
        # Two sources may have left one that is not touched here.
        if both and {"capabilities", "lacks"} & {*self.changed_data}:
            labels = ", ".join(CAPABILITIES.get(word, word) for word in both)
            self.add_error("lacks", f"{labels}: also checked as a capability. Check one of both.")

    def _govern(self, cleaned: dict[str, Any]) -> None:
        """Set what statements decide; refuse another value that was typed."""
        typed = {name: cleaned.get(name) for name in (*GOVERNED, "end_of_life")}
        decided = governed(typed, self.instance.end_of_life)
        for name in sorted(GOVERNED.intersection(self.changed_data)):
            if (typed[name] or None) != (decided[name] or None):
                shown = decided[name] or "not stated"
                self.add_error(
                    name, f"The end of life decides this: {shown}. Add a statement of the platform own."
                )
        cleaned |= decided
        if "end_of_life" in self.changed_data:
            # Only what has changed is stored.
            self.changed_data += [
                name
                for name in sorted(GOVERNED.difference(self.changed_data))
                if (decided[name] or None) != (self.initial.get(name) or None)
            ]

    def _read_strictly(self, field: ModelField, cleaned: dict[str, Any]) -> None:
        table = FileTable("form", {}, (), {field.name: cleaned[field.name]})
        try:
            cleaned[field.name] = read_value(table, field.name, field.type)
        except CatalogFileError as error:
            self.add_error(field.name, error.reason.removeprefix(f"{field.name}: "))

    def clean_slug(self) -> str:
        """Refuse slugs that no address can hold."""
        slug: str = self.cleaned_data["slug"]
        return said_by(check_model_id, slug) if "slug" in self.changed_data else slug


class _Indented(DjangoJSONEncoder):
    """Writes each key on a line of its own, to be read and edited."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "indent": 2})


def _boxes(labels: Mapping[str, str]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        choices=list(labels.items()), required=False, widget=forms.CheckboxSelectMultiple
    )


class AliasForm(ModelForm):
    """An alias."""

    def clean_alias_id(self) -> str:
        """Refuse IDs that cannot be sent, or that are a model's."""
        alias_id = said_by(check_model_id, self.cleaned_data["alias_id"])
        if Variant.objects.filter(model_id=alias_id).exists():
            msg = f"{alias_id} is the ID of a model: it cannot name another."
            raise forms.ValidationError(msg)
        return alias_id


class ChildInline(TabularInline):
    """Rows of a model."""

    form = ModelForm
    extra = 0
    classes = ["collapse"]


class ParameterForm(ModelForm):
    """A request parameter."""

    def clean_enum(self) -> list[Any] | None:
        """Refuse what is no list."""
        enum: list[Any] | None = self.cleaned_data["enum"]
        if enum is not None and not (isinstance(enum, list) and enum):
            msg = 'Write a list of values, like ["low", "high"], or nothing.'
            raise forms.ValidationError(msg)
        return enum


class ParameterInline(ChildInline):
    """Parameters; bounds are set in files."""

    model = Parameter
    form = ParameterForm
    fields = ["action", "name", "type", "required", "enum", "default", "description", "position"]


class AliasInline(ChildInline):
    """Aliases."""

    model = Alias
    form = AliasForm


def _inline(child: type[Any]) -> type[ChildInline]:
    return type(f"{child.__name__}Inline", (ChildInline,), {"model": child, "__doc__": child.__doc__})


INLINES: list[Any] = [
    AliasInline,
    _inline(UseCase),
    _inline(Faq),
    _inline(Endpoint),
    ParameterInline,
    _inline(ParameterRule),
    _inline(Source),
    _inline(FormerSlug),
]
