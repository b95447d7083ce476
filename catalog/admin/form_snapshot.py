"""The values a form showed, signed and sent along with it."""

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
    """A form's values at a revision and instant.

    `groups`: prefix -> row number -> field -> value.
    """

    of: str
    revision: int
    at: str
    fields: dict[str, Any]
    groups: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)

    def signed(self) -> str:
        """Return text for a hidden field."""
        return signing.dumps(asdict(self), salt=_SALT, compress=True)

    def row(self, prefix: str | None, number: str) -> dict[str, Any] | None:
        """Return a row's values; None if it is new."""
        if prefix is None:
            return self.fields
        return self.groups.get(prefix.rpartition("-")[0], {}).get(number)


def read(text: str, of: str) -> Shown | None:
    """Parse a hidden field of this row, None if missing or invalid."""
    try:
        shown = Shown(**signing.loads(text, salt=_SALT))
    except (signing.BadSignature, TypeError):  # a release may send along other things than the one before
        return None
    return shown if shown.of == of else None  # not another row's


def name_of(row: models.Model) -> str:
    """Return a row's unique name."""
    return f"{row._meta.label_lower}:{row.pk}"  # noqa: SLF001


def model_fields(form: "forms.ModelForm[Any]") -> Mapping[str, Any]:
    """Return the edited fields by name."""
    meta = form._meta.model._meta  # noqa: SLF001
    edited = {
        name
        for name, shown in form.fields.items()
        if name != meta.pk.name and not isinstance(shown, InlineForeignKeyField)
    }
    return {one.name: one for one in (*meta.fields, *meta.many_to_many) if one.name in edited}


def stored(form: "forms.ModelForm[Any]") -> dict[str, Any]:
    """Return a form's stored values as JSON."""
    return {name: plain(form.get_initial_for_field(form.fields[name], name)) for name in model_fields(form)}


def stored_rows(rows: "Iterable[forms.ModelForm[Any]]") -> dict[str, dict[str, Any]]:
    """Return a group's stored values by row number."""
    return {str(form.instance.pk): stored(form) for form in rows if form.instance.pk}


def plain(value: Any) -> Any:
    """Return JSON that the field parses back exactly."""
    if isinstance(value, list | tuple | models.QuerySet):
        items = [plain(item) for item in value]
        # Chosen rows have no order; a list of words has.
        return sorted(items) if value and isinstance(value[0], models.Model) else items
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if hasattr(value, "isoformat") else value
