"""What a browser would send if a form of the admin were submitted as it stands."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django import forms


def filled(answer: Any) -> dict[str, Any]:
    """Give the values of a change form and of the rows below it."""
    found: dict[str, Any] = {"_shown": answer.context["shown"]} if "shown" in answer.context else {}
    for form in _forms(answer.context):
        for bound in form:
            found.update(_sent(bound))
    return found


def errors(answer: Any) -> str:
    """Give all that a form says is wrong, as text."""
    said = []
    for form in _forms(answer.context):
        said += [str(error) for messages in form.errors.values() for error in messages]
    for inline in answer.context.get("inline_admin_formsets", []):
        said += [str(error) for error in inline.formset.non_form_errors()]
    return " ".join(said)


def _forms(context: Any) -> Iterator[forms.BaseForm]:
    yield context["adminform"].form if "adminform" in context else context["form"]
    for inline in context.get("inline_admin_formsets", []):
        yield inline.formset.management_form
        yield from inline.formset.forms


def _sent(bound: forms.BoundField) -> Iterator[tuple[str, Any]]:
    value = bound.value()
    if isinstance(bound.field, forms.SplitDateTimeField):
        yield from _moment(bound, value)
    elif bound.field.show_hidden_initial:
        yield bound.html_initial_name, bound.field.prepare_value(bound.initial)
        yield bound.html_name, value
    elif isinstance(bound.field, forms.NullBooleanField):
        yield bound.html_name, {True: "true", False: "false"}.get(value, "unknown")
    elif value is True:
        yield bound.html_name, "on"
    elif value is not None and value is not False:
        yield bound.html_name, value.isoformat() if isinstance(value, date) else value


def _moment(bound: forms.BoundField, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, datetime):
        value = [value.date().isoformat(), value.time().isoformat()]
    for number, part in enumerate(value or []):
        yield f"{bound.html_name}_{number}", part
