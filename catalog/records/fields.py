"""The fields of a model, one row each, in the order of records.

To add one, write its row here, its column in `catalog/models/variant.py`, and a migration.
"""

from catalog.records.field_types import (
    ChoiceType,
    DayType,
    MonthType,
    NumberType,
    OtherModelType,
    SetType,
    YesNoType,
)
from catalog.records.model_field import FieldGroup, ModelField, Output
from catalog.text.language import mark
from catalog.vocabulary import CAPABILITIES, Lifecycle, Modality, TaskType

_CONTENT = Modality.marked()
_STATED_BY_US: frozenset[Output] = frozenset({"csv", "claims"})
_DATE_DOCS = "dates; they [decide over the stated stage](/docs/deprecations#dates)"

# IDs, names and editors' texts are no fields: each has code of its own.
FIELDS: tuple[ModelField, ...] = (
    ModelField(
        name="modality",
        type=ChoiceType(_CONTENT),
        group=FieldGroup.CONTENT,
        label=mark("Modality"),
        file_docs="as for the family",
        api_docs="The kind of content that the model is for.",
        is_brief=True,
    ),
    ModelField(
        name="input_modalities",
        type=SetType(_CONTENT),
        group=FieldGroup.CONTENT,
        label=mark("Reads"),
        file_docs="lists of modalities",
        api_docs="What a request may hold.",
        is_brief=True,
    ),
    ModelField(
        name="output_modalities",
        type=SetType(_CONTENT),
        group=FieldGroup.CONTENT,
        label=mark("Writes"),
        file_docs="lists of modalities",
        api_docs="What an answer may hold.",
        is_brief=True,
    ),
    ModelField(
        name="task_type",
        type=ChoiceType(TaskType.marked()),
        group=FieldGroup.CONTENT,
        label=mark("Task type"),
        file_docs="`synchronous` or `asynchronous`",
        api_docs="Whether a call answers with the result, or with a task to wait for.",
        left_out_of=_STATED_BY_US,
    ),
    ModelField(
        name="lifecycle",
        type=ChoiceType(Lifecycle.marked()),
        group=FieldGroup.LIFECYCLE,
        label=mark("Lifecycle"),
        file_docs="the stage that a source states: `preview`, `active`, `deprecated`, `retired`",
        api_docs="The stage at the instant of the answer; dates decide over the stated one.",
        is_brief=True,
        record_key="stated_lifecycle",
    ),
    ModelField(
        name="released_on",
        type=DayType(),
        group=FieldGroup.LIFECYCLE,
        label=mark("Released"),
        file_docs=_DATE_DOCS,
        is_brief=True,
    ),
    ModelField(
        name="deprecated_on",
        type=DayType(),
        group=FieldGroup.LIFECYCLE,
        label=mark("Deprecated"),
        file_docs=_DATE_DOCS,
        api_docs="The first day on which it is deprecated.",
    ),
    ModelField(
        name="retires_on",
        type=DayType(),
        group=FieldGroup.LIFECYCLE,
        label=mark("Retires"),
        file_docs=_DATE_DOCS,
        api_docs="The first day on which it no longer answers.",
    ),
    ModelField(
        name="replacement",
        type=OtherModelType(),
        group=FieldGroup.LIFECYCLE,
        label=mark("Replacement"),
        file_docs="the ID of the model to use instead, where a source names one",
        api_docs="The model to use instead, where a source names one.",
        absent=mark("Not published"),
        left_out_of=_STATED_BY_US,
        is_code=True,
    ),
    ModelField(
        name="snapshot_on",
        type=DayType(),
        group=FieldGroup.IDENTITY,
        label=mark("Dated snapshot"),
        file_docs="the date of a dated snapshot",
        absent=mark("None recorded"),
        left_out_of=frozenset({"api", "csv", "lines", "claims"}),
    ),
    ModelField(
        name="commercial_use",
        type=YesNoType(),
        group=FieldGroup.TERMS,
        label=mark("Commercial use"),
        file_docs="`true` or `false`",
        api_docs="Whether commercial use is allowed.",
        left_out_of=_STATED_BY_US,
    ),
    ModelField(
        name="open_weights",
        type=YesNoType(),
        group=FieldGroup.TERMS,
        label=mark("Open weights"),
        file_docs="`true` or `false`",
        api_docs="Whether the weights can be downloaded.",
        left_out_of=frozenset({"csv"}),
    ),
    ModelField(
        name="context_window",
        type=NumberType(),
        group=FieldGroup.LIMITS,
        label=mark("Context window"),
        file_docs="in tokens",
        api_docs="In tokens.",
        unit=mark("tokens"),
        better="higher",
        is_brief=True,
    ),
    ModelField(
        name="max_output_tokens",
        type=NumberType(),
        group=FieldGroup.LIMITS,
        label=mark("Max output"),
        file_docs="in tokens",
        api_docs="The longest answer, in tokens.",
        unit=mark("tokens"),
        better="higher",
        is_brief=True,
    ),
    ModelField(
        name="knowledge_cutoff",
        type=MonthType(),
        group=FieldGroup.LIMITS,
        label=mark("Knowledge cutoff"),
        file_docs='`"2025-07-31"` or `"2025-07"`',
        api_docs="A month (2025-07) or a day (2025-07-31).",
        better="later",
    ),
    ModelField(
        name="capabilities",
        type=SetType(CAPABILITIES, grows=True),
        group=FieldGroup.ABILITIES,
        label=mark("Capabilities"),
        file_docs="words of the list below",
        api_docs="What the model can do; what is absent is not stated.",
        left_out_of=frozenset({"claims"}),
    ),
    ModelField(
        name="actions",
        type=SetType(),
        group=FieldGroup.ABILITIES,
        label=mark("Actions"),
        file_docs="its actions, for task protocols",
        absent=mark("None recorded"),
        left_out_of=frozenset({"api", "csv", "claims"}),
        is_code=True,
    ),
)
BY_NAME = {field.name: field for field in FIELDS}


def in_output(output: Output) -> list[ModelField]:
    """List the fields of an output."""
    return [field for field in FIELDS if output not in field.left_out_of]


def in_groups(*groups: FieldGroup) -> list[ModelField]:
    """List the fields of these groups, group by group."""
    return [field for group in groups for field in FIELDS if field.group is group]
