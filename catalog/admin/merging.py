"""Two people edit one page: a save refuses only what both changed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import cached_property

from catalog.admin.form_snapshot import Shown, model_fields, plain
from catalog.admin.merged_values import differs, three_values

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Any]
    _InlineFormSet = forms.BaseInlineFormSet[Any, Any, Any]
else:
    _ModelForm, _InlineFormSet = forms.ModelForm, forms.BaseInlineFormSet

AGAIN = "Save again to write yours."
UNKNOWN = "This form does not say what it showed, so nothing was saved. Check each field, then save again."


@dataclass(frozen=True, slots=True)
class EditedPage:
    """What a page showed, and who changed it since."""

    shown: Shown | None
    authors: Callable[[Any, str, Shown], str]


@dataclass(slots=True)
class Merge:
    """One's own changes, conflicts, and others' changes."""

    mine: set[str] = field(default_factory=set)
    conflicts: dict[str, str] = field(default_factory=dict)
    theirs: list[str] = field(default_factory=list)


class MergingForm(_ModelForm):
    """A form that saves only its editor's changes."""

    page: EditedPage | None = None

    @property
    def number(self) -> str:
        """Return the row's number, empty if new."""
        if self.prefix is None or self.instance.pk:
            return str(self.instance.pk or "")
        return str(self.data.get(self.add_prefix(self._meta.model._meta.pk.name)) or "")  # noqa: SLF001

    @property
    def is_gone(self) -> bool:
        """Whether the row was deleted meanwhile."""
        return self.is_bound and self.page is not None and not self.instance.pk and bool(self.number)

    @property
    def is_merged(self) -> bool:
        """Whether a stored row is edited."""
        return self.is_bound and self.page is not None and bool(self.instance.pk)

    @property
    def is_deleting(self) -> bool:
        """Whether Delete is ticked."""
        return forms.formsets.DELETION_FIELD_NAME in self.fields and bool(self["DELETE"].data)

    @property
    def keeps(self) -> bool:
        """Whether a row to delete was changed meanwhile, or was not shown."""
        return self.is_merged and (self.shown is None or bool(self.merge.theirs))

    @cached_property
    def shown(self) -> dict[str, Any] | None:
        """Return what was shown."""
        page = self.page
        return page.shown.row(self.prefix, self.number) if page and page.shown else None

    @cached_property
    def merge(self) -> Merge:
        """Compare what was shown, stored and sent."""
        merge = Merge()
        for name, model_field in model_fields(self).items():
            shown_field, sent = self.fields[name], self[name].data
            now = self.get_initial_for_field(shown_field, name)
            is_known = self.shown is not None and name in self.shown
            was = model_field.to_python(self.shown[name]) if self.shown and is_known else None
            is_theirs = not is_known or self.shown is None or self.shown[name] != plain(now)
            if is_theirs and is_known:
                merge.theirs.append(name)
            # Sent as shown is no change; sent as stored is no conflict.
            if (is_known and not differs(shown_field, was, sent)) or not differs(shown_field, now, sent):
                continue
            merge.mine.add(name)
            if is_theirs:
                by = f"Changed{self._by(name)} from " if is_known else ""
                values = three_values(shown_field, was, now, sent)
                change = f"{by}{values[0]} to {values[1]}" if is_known else f"Stored now: {values[1]}"
                merge.conflicts[name] = f"{change}; your value: {values[2]}. {AGAIN}"
        return merge

    @cached_property
    def changed_data(self) -> list[str]:
        """List one's own changes."""
        names: list[str] = super().changed_data
        if not self.is_merged:
            return names
        own = model_fields(self)
        return [name for name in names if name not in own or name in self.merge.mine]

    def full_clean(self) -> None:
        """Validate one's own changes over the stored values."""
        if self.is_gone:
            self._clean_gone()
            return
        held = [name for name in model_fields(self) if name not in self.merge.mine] if self.is_merged else []
        for name in held:
            # A disabled field takes the stored value, not the sent one.
            self.fields[name].disabled = True
            self.fields[name].bound_data = _initial  # type: ignore[method-assign]
        super().full_clean()
        for name in held:
            self.fields[name].disabled = False
        if self.is_merged:
            self._refuse()

    def _refuse(self) -> None:
        if self.prefix is None and self.shown is None:
            self.add_error(None, UNKNOWN)
        if not self.is_deleting:
            for name, why in self.merge.conflicts.items():
                self.add_error(name, why)
        elif self.shown is None:
            self.add_error(
                None, "This form does not say what it showed of this row. Save again to delete it."
            )
        elif self.merge.theirs:
            names = ", ".join(str(self.fields[name].label or name) for name in self.merge.theirs)
            by = self._by(self.merge.theirs[0])
            self.add_error(None, f"Changed{by}: {names}. Save again to delete the row.")

    def _clean_gone(self) -> None:
        super().full_clean()
        # A deleted row stays deleted: its errors do not matter.
        self.errors.clear()
        if self.is_touched and not self.is_deleting:
            why = f"Deleted{self._by('')}. Tick Delete to leave it so, or add your values as a new row."
            self.add_error(None, why)

    @cached_property
    def is_touched(self) -> bool:
        """Whether the editor changed the row."""
        shown = self.shown
        return shown is None or any(
            name not in shown or differs(self.fields[name], one.to_python(shown[name]), self[name].data)
            for name, one in model_fields(self).items()
        )

    def _by(self, name: str) -> str:
        page = self.page
        by = page.authors(self.instance, name, page.shown) if page and page.shown else ""
        return f" by {by}" if by else " since this page was shown"


class RowsFormSet(_InlineFormSet):
    """Rows below a form: deleted ones stay deleted, changed ones are kept."""

    def _should_delete_form(self, form: Any) -> bool:
        if form.is_gone:
            return form.is_deleting or not form.is_touched
        return bool(super()._should_delete_form(form)) and not form.keeps  # type: ignore[misc]


def _initial(data: Any, initial: Any) -> Any:  # noqa: ARG001 - the shape of Field.bound_data
    return initial
