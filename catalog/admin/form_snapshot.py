"""The values a change form showed, of its row and the rows below it: signed and sent back with the form."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.core import signing
from django.db import models
from django.forms.models import InlineForeignKeyField

FIELD = "_shown"
_SALT = "catalog.admin.form_snapshot"


@dataclass(frozen=True, slots=True)
class Shown:
    """A form's values as read at a revision and an instant.

    `groups` maps prefix of the rows -> number of the row -> field -> value.
    """

    of: str
    revision: int
    at: str
    fields: dict[str, Any]
    groups: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)

    def signed(self) -> str:
        """Return it as text for a hidden field."""
        return signing.dumps(asdict(self), salt=_SALT, compress=True)

    def row(self, prefix: str | None, number: str) -> dict[str, Any] | None:
        """Return the shown values of the page's row, or of a row below it; None for a new one."""
        if prefix is None:
            return self.fields
        return self.groups.get(prefix.rpartition("-")[0], {}).get(number)


def read(text: str, of: str) -> Shown | None:
    """Parse the hidden field of a form of this row; None where it is missing, changed, or another row's."""
    try:
        shown = Shown(**signing.loads(text, salt=_SALT))
    except (signing.BadSignature, TypeError):  # a release may send along other things than the one before
        return None
    return shown if shown.of == of else None


def name_of(row: models.Model) -> str:
    """Return a unique name of a row."""
    return f"{row._meta.label_lower}:{row.pk}"  # noqa: SLF001


def model_fields(form: "forms.ModelForm[Any]") -> Mapping[str, Any]:
    """Return the fields of the row that a form edits, by name."""
    meta = form._meta.model._meta  # noqa: SLF001
    edited = {
        name
        for name, shown in form.fields.items()
        if name != meta.pk.name and not isinstance(shown, InlineForeignKeyField)
    }
    return {one.name: one for one in (*meta.fields, *meta.many_to_many) if one.name in edited}


def stored(form: "forms.ModelForm[Any]") -> dict[str, Any]:
    """Return the values that a form's row has in the database, as JSON."""
    return {name: plain(form.get_initial_for_field(form.fields[name], name)) for name in model_fields(form)}


def stored_rows(rows: "Iterable[forms.ModelForm[Any]]") -> dict[str, dict[str, Any]]:
    """Return the values of the rows of one group, by their numbers."""
    return {str(form.instance.pk): stored(form) for form in rows if form.instance.pk}


def plain(value: Any) -> Any:
    """Return a value as JSON that the model's field reads back exactly."""
    if isinstance(value, list | tuple | models.QuerySet):
        items = [plain(item) for item in value]
        return sorted(items) if value and isinstance(value[0], models.Model) else items
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if hasattr(value, "isoformat") else value
