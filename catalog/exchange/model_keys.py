"""The documented keys of a model in files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from catalog.records.fields import FIELDS
from catalog.records.model_field import placed


@dataclass(frozen=True, slots=True)
class FileKey:
    """A key; `docs` is Markdown."""

    name: str
    docs: str
    is_required: bool = False


OWN: Mapping[str, Sequence[FileKey]] = {
    "modality": (
        FileKey("model_id", "what a request sends", is_required=True),
        FileKey("slug", "the end of its address; by rule the ID without the leading `{family}-`"),
        FileKey("name", "its name for people; without one, the ID is shown"),
    ),
    "commercial_use": (FileKey("aliases", "other IDs for it"),),
    "actions": (FileKey("endpoints", 'the family\'s endpoints that it speaks, each as `"METHOD path"`'),),
}
"""Field -> keys of their own before it."""
LAST = (
    FileKey("overview", "[Markdown](#markdown) of its own"),
    FileKey("price_claim", "as for the family"),
    FileKey("sources", "list of `{ fields, url, label, checked_on }`: for each value, where it was read"),
    FileKey("best_for", "list of `{ title, body }`, written by an editor"),
    FileKey("faq", "list of `{ question, answer }`, written by an editor"),
)


def keys_table() -> str:
    """Return rows of a Markdown table."""
    keys = placed([(field.name, FileKey(field.name, field.file_docs)) for field in FIELDS], OWN, LAST)
    return "\n".join(
        f"| {', '.join(f'`{key.name}`' for key in same)} |{' yes ' if is_required else ' '}| {docs} |"
        # Keys of one meaning share a row.
        for (docs, is_required), same in groupby(keys, key=lambda key: (key.docs, key.is_required))
    )
