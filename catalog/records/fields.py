"""The fields of a model, one row each, in the order of records.

To add one, write its row here, its column in `catalog/models/variant.py`, and a migration.
"""

from catalog.records.field_rows import END_OF_LIFE, LICENSE, MODEL_LINK, PRICE_FACTOR
from catalog.records.field_types import (
    ChoiceType,
    DayType,
    MonthType,
    NumberType,
    OtherModelType,
    RowsType,
    SetType,
    TableType,
    YesNoType,
)
from catalog.records.model_field import FieldGroup, ModelField, Output
from catalog.text.language import mark
from catalog.vocabulary import CAPABILITIES, LINK_KINDS, Lifecycle, Modality, TaskType

_CONTENT = Modality.marked()
_STATED_BY_US: frozenset[Output] = frozenset({"csv", "claims"})
# To which kinds of model a field applies: media are not counted in tokens, and an embedding is no answer.
_TOKENS = frozenset({"text", "embedding"})
_CAPABLE = frozenset({"text", "audio"})
# A vector is no content.
_CONTENTS = frozenset(map(str, Modality.values))
_MEDIA = frozenset({"image", "video", "audio"})
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
        modalities=_CONTENTS,
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
        name="retires_not_before",
        type=DayType(),
        group=FieldGroup.LIFECYCLE,
        label=mark("Retires not before"),
        absent="",
        file_docs="the earliest day of retirement that a source promises; it retires nothing",
        api_docs="The earliest possible day of retirement: a promise, which retires nothing.",
        left_out_of=_STATED_BY_US,
    ),
    ModelField(
        name="replacement",
        type=OtherModelType(),
        group=FieldGroup.LIFECYCLE,
        label=mark("Replacement"),
        file_docs="the ID of the model to use instead, where a source names one",
        api_docs="The model that a source names to use instead. It may be ending itself: `successor` of a "
        "full answer is one that is not.",
        absent=mark("Not on record here"),
        left_out_of=_STATED_BY_US,
        is_code=True,
    ),
    ModelField(
        name="end_of_life",
        type=RowsType("EndOfLife", END_OF_LIFE, ("platform", "source_label"), {"retires_on": "firmness"}),
        group=FieldGroup.LIFECYCLE,
        label=mark("End of life"),
        file_docs="what each source says of each platform; "
        "[one platform governs](/docs/deprecations#platforms) the fields above",
        api_docs="What each source says of each platform. The site's own statement governs the dates above, "
        "else the vendor's API.",
        left_out_of=frozenset({"csv", "lines", "claims"}),
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
        name="price_factors",
        type=RowsType(row="PriceFactor", columns=PRICE_FACTOR, identity=("kind", "condition", "value")),
        group=FieldGroup.TERMS,
        label=mark("Price factors"),
        file_docs="[factors of its prices](/docs/billing#factors): `kind` (`sell` or `list`), `condition` "
        "(`service_tier` or `region`), `value`, `factor`, and `meters` if not all",
        api_docs="What multiplies a price by service tier or region; the products are prices like any other.",
        absent="",
        left_out_of=frozenset({"csv", "lines", "claims"}),
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
        name="license",
        type=TableType(table="License", columns=LICENSE, required=("name",)),
        group=FieldGroup.TERMS,
        label=mark("License"),
        absent="",
        file_docs="the license of the weights: `{ name, url }`, of which `url` may be left out",
        api_docs="The license of the weights.",
        left_out_of=frozenset({"csv", "claims"}),
    ),
    ModelField(
        name="links",
        type=RowsType(row="ModelLink", columns=MODEL_LINK, identity=("kind", "url")),
        group=FieldGroup.TERMS,
        label=mark("Links"),
        absent="",
        file_docs="list of `{ kind, url }`; kinds are " + ", ".join(f"`{kind}`" for kind in LINK_KINDS),
        api_docs="Pages of its provider, by what they are about.",
        left_out_of=frozenset({"csv", "claims"}),
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
        modalities=_TOKENS,
        is_brief=True,
    ),
    ModelField(
        name="max_input_tokens",
        type=NumberType(),
        group=FieldGroup.LIMITS,
        label=mark("Max input"),
        absent="",
        file_docs="in tokens, where it is less than the context window",
        api_docs="The longest prompt, in tokens, where it is less than the context window.",
        unit=mark("tokens"),
        better="higher",
        modalities=_TOKENS,
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
        modalities=frozenset({"text"}),
        is_brief=True,
    ),
    ModelField(
        name="vector_size",
        type=NumberType(),
        group=FieldGroup.LIMITS,
        label=mark("Vector size"),
        file_docs="how many numbers a vector of an embedding model has",
        api_docs="How many numbers a vector of an embedding model has.",
        unit=mark("numbers"),
        modalities=frozenset({"embedding"}),
        left_out_of=frozenset({"claims"}),
    ),
    ModelField(
        name="knowledge_cutoff",
        type=MonthType(),
        group=FieldGroup.LIMITS,
        label=mark("Knowledge cutoff"),
        file_docs='`"2025-07-31"` or `"2025-07"`',
        api_docs="A month (2025-07) or a day (2025-07-31).",
        better="later",
        modalities=_TOKENS,
    ),
    ModelField(
        name="capabilities",
        type=SetType(CAPABILITIES, grows=True),
        group=FieldGroup.ABILITIES,
        label=mark("Capabilities"),
        file_docs="words of the list below",
        api_docs="What the model can do; `capability_values` has what it cannot do, too.",
        modalities=_CAPABLE,
        left_out_of=frozenset({"claims"}),
    ),
    ModelField(
        name="lacks",
        type=SetType(CAPABILITIES, grows=True),
        group=FieldGroup.ABILITIES,
        label=mark("Does not support"),
        file_docs="the same words, of what a source says the model does not have",
        absent="",
        modalities=_CAPABLE,
        left_out_of=frozenset({"api", "csv", "claims"}),
    ),
    ModelField(
        name="actions",
        type=SetType(),
        group=FieldGroup.ABILITIES,
        label=mark("Actions"),
        file_docs="its actions, for task protocols",
        absent=mark("None recorded"),
        modalities=_MEDIA,
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
