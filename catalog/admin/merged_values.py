"""Comparing and showing a field's values."""

from datetime import datetime
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Any]
    _InlineFormSet = forms.BaseInlineFormSet[Any, Any, Any]
else:
    _ModelForm, _InlineFormSet = forms.ModelForm, forms.BaseInlineFormSet

LONGEST = 100


def differs(shown: forms.Field, value: Any, sent: Any) -> bool:
    """Whether two values differ, line ends aside."""
    if isinstance(value, str) and isinstance(sent, str) and not isinstance(shown, forms.JSONField):
        value, sent = value.replace("\r\n", "\n").strip(), sent.replace("\r\n", "\n").strip()
    return shown.has_changed(value, sent)


def three_values(shown: forms.Field, was: Any, now: Any, sent: Any) -> list[str]:
    """Return three values for people, from where they differ."""
    if isinstance(shown, forms.JSONField):
        texts = [*("nothing" if value is None else shown.prepare_value(value) for value in (was, now)), sent]
    else:
        texts = [_word(shown, value) for value in (was, now, sent)]
    texts = [" ".join((text or "").split()) for text in texts]
    if max(map(len, texts)) > LONGEST:
        same = takewhile(lambda letters: len(set(letters)) == 1, zip(*texts, strict=False))
        start = max(sum(1 for _ in same) - LONGEST // 4, 0)
        end = start + LONGEST
        texts = [f"{'…' if start else ''}{text[start:end]}{'…' if len(text) > end else ''}" for text in texts]
    return [f"“{text}”" if text else "nothing" for text in texts]


def _word(shown: forms.Field, value: Any) -> str:
    if value in (None, "", []):
        return ""
    if isinstance(value, list | tuple):
        separator = " " if isinstance(shown, forms.MultiValueField) else ", "
        return separator.join(_word(shown, item) for item in value)
    if isinstance(shown, forms.ModelChoiceField):
        return str(_row(shown, value) or value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    choices = getattr(shown, "choices", ())
    return str(dict(choices).get(value, value))


def _row(shown: "forms.ModelChoiceField[Any]", value: Any) -> Any:
    rows = shown.queryset
    try:
        return rows.filter(pk=getattr(value, "pk", value)).first() if rows is not None else None
    except (ValueError, TypeError):
        return None
