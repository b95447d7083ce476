"""What the table of fields says of each: its name, type and words, and where it is shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal, TypeVar

from catalog.records.field_types import FieldType
from catalog.text.language import mark

Output = Literal["api", "csv", "lines", "claims"]
"""The JSON API and the tools of agents; the export of prices; that of models; what other catalogs say."""
Item = TypeVar("Item")


class FieldGroup(Enum):
    """What a field is about, in the order of the spec sheet."""

    IDENTITY = "identity"
    CONTENT = "content"
    LIMITS = "limits"
    ABILITIES = "abilities"
    LIFECYCLE = "lifecycle"
    TERMS = "terms"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelField:
    """One field: `name` is its column, its key in catalog files and in every answer."""

    name: str
    type: FieldType
    group: FieldGroup
    label: str
    """What people read for it, marked for translation."""
    file_docs: str
    """What the documentation of catalog files says of its key, in Markdown."""
    api_docs: str = ""
    """What the description of the API says of it."""
    unit: str = ""
    """What a number counts, marked for translation."""
    better: Literal["higher", "later"] | None = None
    """Which value is better than another, if any is."""
    absent: str = mark("Not stated")
    """What the spec sheet says where nothing is known."""
    modalities: frozenset[str] = frozenset()
    """The kinds of model that it applies to; all, where none is named."""
    left_out_of: frozenset[Output] = frozenset()
    is_code: bool = False
    is_brief: bool = False
    """Whether agents read it in a list of models, too."""
    record_key: str = ""
    """Its key in a record, where that is not its name."""

    @property
    def key(self) -> str:
        """Return its key in a record."""
        return self.record_key or self.name

    def value(self, record: Mapping[str, Any]) -> Any:
        """Return what a record holds; one that was stored before there was this field says nothing."""
        return record.get(self.key, self.type.unknown())

    def applies_to(self, record: Mapping[str, Any]) -> bool:
        """Whether the field means anything for a model; of what kind it is may be unknown."""
        return not self.modalities or record["modality"] in {None, *self.modalities}


def placed(
    rows: Iterable[tuple[str, Item]], own: Mapping[str, Sequence[Item]], last: Sequence[Item] = ()
) -> list[Item]:
    """List named rows, with others of one's own before those that `own` names, and `last` at the end."""
    items: list[Item] = []
    unplaced = dict(own)
    for name, row in rows:
        items += [*unplaced.pop(name, ()), row]
    if unplaced:
        raise ValueError(f"no row is named {' or '.join(unplaced)}: rows of one's own have no place")
    return [*items, *last]
