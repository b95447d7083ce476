"""What is declared of a model's field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal, TypeVar

from catalog.records.field_types import FieldType
from catalog.text.language import mark

Output = Literal["api", "csv", "lines", "claims"]
"""JSON API and agents' tools; export of prices; export of models; claims of other catalogs."""
Item = TypeVar("Item")


class FieldGroup(Enum):
    """Topics of fields, in the order of the spec sheet."""

    IDENTITY = "identity"
    CONTENT = "content"
    LIMITS = "limits"
    ABILITIES = "abilities"
    LIFECYCLE = "lifecycle"
    TERMS = "terms"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelField:
    """One field; `name` is its column and its key in files."""

    name: str
    type: FieldType
    group: FieldGroup
    label: str
    """Marked for translation."""
    file_docs: str
    """Markdown in the documentation of catalog files."""
    api_docs: str = ""
    """Description in the API's schema."""
    unit: str = ""
    """What a number counts, marked for translation."""
    better: Literal["higher", "later"] | None = None
    absent: str = mark("Not stated")
    """Shown in the spec sheet if unknown; empty: only a stated value has a line."""
    modalities: frozenset[str] = frozenset()
    """Kinds of model it applies to: modalities, and `embedding`; empty means all."""
    left_out_of: frozenset[Output] = frozenset()
    is_code: bool = False
    is_brief: bool = False
    """Whether agents also get it in lists of models."""
    record_key: str = ""
    """Its key in a record, if not its name."""

    @property
    def key(self) -> str:
        """Return its key in a record."""
        return self.record_key or self.name

    def value(self, record: Mapping[str, Any]) -> Any:
        """Return a record's value."""
        # A record stored before the field was added has no such key.
        return record.get(self.key, self.type.unknown())

    def applies_to(self, record: Mapping[str, Any]) -> bool:
        """Whether the field means anything for a model."""
        # Derived from `modalities` when the record was built.
        return self.name not in record.get("does_not_apply", ())


def placed(
    rows: Iterable[tuple[str, Item]], own: Mapping[str, Sequence[Item]], last: Sequence[Item] = ()
) -> list[Item]:
    """List named rows, with `own` items before the rows they name."""
    items: list[Item] = []
    unplaced = dict(own)
    for name, row in rows:
        items += [*unplaced.pop(name, ()), row]
    if unplaced:
        # Otherwise the items would silently vanish when a field is renamed.
        raise ValueError(f"no row is named {' or '.join(unplaced)}: rows of one's own have no place")
    return [*items, *last]
