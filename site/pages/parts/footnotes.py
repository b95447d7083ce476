"""Numbers a section's sources, each listed once below it."""

from dataclasses import dataclass, field
from string import ascii_lowercase
from typing import Any

from catalog.text.dates_and_ratios import spoken


@dataclass(frozen=True, slots=True)
class Footnote:
    """One source or note."""

    number: int
    letter: str
    anchor: str
    url: str | None
    label: str
    checked_on: str | None
    checked: str


@dataclass(slots=True)
class Footnotes:
    """One section's sources or notes, in order of use."""

    prefix: str
    notes: list[Footnote] = field(default_factory=list)

    def cite(self, url: str | None, label: str, checked_on: str | None) -> Footnote | None:
        """Return a source's footnote, None without a source."""
        if not url and not label:
            return None
        for note in self.notes:
            if (note.url, note.label, note.checked_on) == (url, label or url, checked_on):
                return note
        number = len(self.notes) + 1
        note = Footnote(
            number=number,
            letter=ascii_lowercase[(number - 1) % len(ascii_lowercase)],
            anchor=f"{self.prefix}-{number}",
            url=url,
            label=label or url or "",
            checked_on=checked_on,
            checked=spoken(checked_on) if checked_on else "",
        )
        self.notes.append(note)
        return note

    def cite_row(self, row: Any) -> Footnote | None:
        """Return the footnote of a price row's source."""
        return self.cite(row["source_url"], row["source_label"], row["checked_on"])
