"""The upload form of an import."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from catalog.admin.checked_texts import AdminForm
from catalog.exchange.importing import MODES
from catalog.exchange.reader_base import LARGEST_FILE
from catalog.exchange.registry import FORMATS, OWN, READABLE
from catalog.text.identifiers import check_slug, check_text

MODE_WORDS = {
    "models": "Models: create them, and update what this catalog stated before",
    "evidence": "Evidence: attach what it says to models that are here",
}


class UploadForm(AdminForm):
    """File, format and mode."""

    format = forms.ChoiceField(
        choices=[(name, FORMATS[name].label) for name in (OWN, *READABLE)], label="Format"
    )
    mode = forms.ChoiceField(choices=[(mode, MODE_WORDS[mode]) for mode in MODES], label="Import as")
    provider = forms.CharField(
        required=False,
        max_length=100,
        label="Only provider",
        help_text="As the file names it. Its models then keep their bare IDs.",
    )
    as_of = forms.DateField(
        required=False,
        label="Date of the copy",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="The day on which the copy was made: its values are read as of then. Today, if left out.",
    )
    file = forms.FileField(
        label="File",
        help_text=(
            "JSON; of models.dev also its tree of TOML files, as a ZIP archive. "
            "This site's own format is a TOML or JSON file, or a ZIP archive of TOML files."
        ),
    )

    def clean_provider(self) -> str:
        """Refuse an invalid slug."""
        text: str = self.cleaned_data["provider"]
        try:
            return check_slug(text) if text else ""
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def clean_as_of(self) -> date | None:
        """Refuse a day to come."""
        day: date | None = self.cleaned_data["as_of"]
        if day and day > timezone.now().date():
            raise forms.ValidationError("A copy cannot be of a day to come.")
        return day

    def clean_file(self) -> Any:
        """Refuse a large file before reading it."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(f"The file has {file.size:,} bytes: at most {LARGEST_FILE:,}.")
        try:
            check_text(file.name, longest=200)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return file

    def clean(self) -> dict[str, Any]:
        """Refuse combinations that do not fit."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("format") == OWN:
            if cleaned.get("mode") == "evidence":
                self.add_error("mode", "Files of this site's own are imported as models.")
            if cleaned.get("provider"):
                self.add_error("provider", "A file of this site's own names its provider: leave it out.")
            if cleaned.get("as_of"):
                self.add_error("as_of", "A file of this site's own dates its values: leave it out.")
        elif cleaned.get("mode") == "evidence" and cleaned.get("provider"):
            self.add_error("provider", "Evidence is matched by ID: leave the provider out.")
        return cleaned
