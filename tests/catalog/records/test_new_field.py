"""A new field of a model is written in three files, and everything that shows models has it.

One scratch copy of the source gets a field of each type; a subprocess then loads a catalog file with them.
"""

import json
import re
import tomllib
from pathlib import Path

import pytest

from scratch import BEACON, Scratch

pytestmark = [pytest.mark.engine("sqlite"), pytest.mark.programs]  # a scratch copy has a database of its own

COLUMNS = """\
    stage_count = models.PositiveIntegerField(null=True, blank=True)
    tokenizer = models.CharField(max_length=300, blank=True)
    is_fine_tunable = models.BooleanField(null=True, blank=True)
    regions = models.JSONField(default=list, blank=True)
    papers = models.JSONField(default=list, blank=True)
    grant = models.JSONField(null=True, blank=True)
    endings = models.JSONField(default=list, blank=True)
"""
ROWS = """\
    ModelField(
        name="stage_count",
        type=NumberType(),
        group=FieldGroup.LIMITS,
        label=mark("Stage count"),
        file_docs="how many stages it has",
        api_docs="Stages of the model.",
        unit=mark("numbers"),
        better="higher",
        modalities=frozenset({"text"}),
    ),
    ModelField(
        name="tokenizer",
        type=field_types.TextType(),
        group=FieldGroup.LIMITS,
        label=mark("Tokenizer"),
        file_docs="what counts its tokens",
    ),
    ModelField(
        name="is_fine_tunable",
        type=YesNoType(),
        group=FieldGroup.TERMS,
        label=mark("Fine-tuning"),
        file_docs="`true` or `false`",
    ),
    ModelField(
        name="regions",
        type=SetType({"eu": mark("Europe"), "us": mark("United States")}),
        group=FieldGroup.TERMS,
        label=mark("Regions"),
        file_docs="where it runs",
    ),
    ModelField(
        name="papers",
        type=field_types.RowsType(
            "Paper",
            {"kind": ChoiceType({"paper": mark("Paper")}), "url": field_types.AddressType()},
            identity=("kind", "url"),
        ),
        group=FieldGroup.TERMS,
        label=mark("Papers"),
        file_docs="list of `{ kind, url }`",
    ),
    ModelField(
        name="grant",
        type=field_types.TableType(
            "Grant", {"name": field_types.TextType(), "url": field_types.AddressType()}, required=("name",)
        ),
        group=FieldGroup.TERMS,
        label=mark("Grant"),
        file_docs="`{ name, url }`",
    ),
    ModelField(
        name="endings",
        type=field_types.RowsType(
            "Endings",
            {"platform": field_types.TextType(), "retires_on": DayType(), "is_firm": YesNoType()},
            identity=("platform",),
        ),
        group=FieldGroup.LIFECYCLE,
        label=mark("End of life"),
        file_docs="list of `{ platform, retires_on, is_firm }`",
    ),
)
BY_NAME"""
FILE = (
    BEACON
    + """
[[family.model]]
model_id = "beacon-1"
modality = "text"
stage_count = 1536
tokenizer = "o200k"
is_fine_tunable = false
regions = ["eu", "us"]
papers = [{ kind = "paper", url = "https://labs.example/paper" }]
grant = { name = "Open grant", url = "https://labs.example/grant" }
endings = [{ platform = "Cloud", retires_on = 2027-01-31 }, { platform = "Direct", is_firm = true }]

[[family.model]]
model_id = "beacon-2"
modality = "text"
stage_count = 768

[[family.model]]
model_id = "beacon-image"
modality = "image"
"""
)
VALUES = {
    "stage_count": 1536,
    "tokenizer": "o200k",
    "is_fine_tunable": False,
    "regions": ["eu", "us"],
    "papers": [{"kind": "paper", "url": "https://labs.example/paper"}],
    "grant": {"name": "Open grant", "url": "https://labs.example/grant"},
    "endings": [
        {"platform": "Cloud", "retires_on": "2027-01-31", "is_firm": None},
        {"platform": "Direct", "retires_on": None, "is_firm": True},
    ],
}
FIELDS = "catalog/records/fields.py"
COLUMN_OF = "catalog/models/variant.py"


def add_fields(scratch: Scratch) -> None:
    """Write the rows, the columns and the migration."""
    scratch.replace(FIELDS, ")\nBY_NAME", ROWS)
    scratch.replace(
        FIELDS, "from catalog.records.model_field", "from catalog.records import field_types\n"
        "from catalog.records.model_field"
    )  # fmt: skip
    scratch.replace(COLUMN_OF, "    price_claim = models", f"{COLUMNS}    price_claim = models")
    scratch.run("manage.py", "makemigrations", "catalog", "--name", "new_fields")


@pytest.fixture(scope="module")
def scratch(tmp_path_factory) -> Scratch:
    """A copy of the source, with new fields."""
    made = Scratch(tmp_path_factory.mktemp("scratch"))
    add_fields(made)
    return made


@pytest.fixture(scope="module")
def found(scratch) -> dict:
    """Where the values of a catalog file are found."""
    file = scratch.var / "labs.toml"
    file.write_text(FILE)
    program = Path(__file__).with_name("field_probe.py")
    return json.loads(scratch.run(str(program), str(file)).splitlines()[-1])


def test_a_field_is_written_in_three_files(scratch):
    migrations = [name for name in scratch.touched() if "/migrations/" in name]
    assert len(migrations) == 1
    assert scratch.touched() == sorted([FIELDS, COLUMN_OF, *migrations])


def test_record_api_and_tools_hold_what_the_file_states(found):
    for place in ("record", "api", "mcp", "lines"):
        assert {name: found[place][name] for name in VALUES} == VALUES, place


def test_the_descriptions_of_the_api_and_of_the_tools_have_them(found):
    properties = found["openapi"]["Model"]["properties"]
    assert {*VALUES} <= properties.keys()
    assert {*VALUES} <= found["openapi"]["FullModel"]["properties"].keys()
    assert {*VALUES} <= found["mcp_schema"]["properties"].keys()
    assert properties["stage_count"]["description"] == "Stages of the model."
    assert properties["regions"]["items"]["enum"] == ["eu", "us"]
    assert properties["papers"]["items"] == {"$ref": "#/components/schemas/Paper"}
    assert found["openapi"]["Paper"]["properties"].keys() == {"kind", "url"}
    assert properties["grant"]["anyOf"][0] == {"$ref": "#/components/schemas/Grant"}
    assert properties["endings"]["items"] == {"$ref": "#/components/schemas/Endings"}


def test_an_export_gives_them_back(found):
    stated, exported = (tomllib.loads(text)["family"][0]["model"][0] for text in (FILE, found["export"]))
    assert [name for name in exported if name in VALUES] == [*VALUES]
    assert {name: exported[name] for name in VALUES} == {name: stated[name] for name in VALUES}
    assert found["again"] is None, "loading what was exported changes something"


def test_the_spec_sheet_shows_them(found):
    rows = (line.strip("| ").split(" | ") for line in found["markdown"].splitlines() if " | " in line)
    sheet = {label: value for label, value, *_sources in rows}
    assert sheet["Stage count"] == "1,536 numbers"
    assert sheet["Tokenizer"] == "o200k"
    assert sheet["Fine-tuning"] == "No"
    assert sheet["Regions"] == "Europe, United States"
    assert "(https://labs.example/paper)" in sheet["Papers"]
    assert sheet["Grant"] == "[Open grant](https://labs.example/grant)"
    assert sheet["End of life"] == "Cloud · 31 January 2027, Direct · Yes"
    assert '<a href="https://labs.example/paper" rel="nofollow noopener">' in found["page"]


def test_a_field_that_does_not_apply_to_a_model_has_no_line_of_its_own_on_its_page(found):
    assert "| Stage count |" in found["markdown"]
    assert ">Stage count<" not in found["other_page"]
    assert "Stage count" in found["other_page"].rpartition("Does not apply")[2][:300]
    assert "Tokenizer" in found["other_page"]


def test_a_comparison_has_a_row_of_each(found):
    rows = {row["key"]: row for row in found["compare"]}
    assert {*VALUES} <= rows.keys()
    assert [cell["text"] for cell in rows["stage_count"]["cells"]] == ["1,536", "768"]
    assert [cell["is_best"] for cell in rows["stage_count"]["cells"]] == [True, False]
    assert (rows["stage_count"]["unit"], rows["stage_count"]["group"]) == ("numbers", "limits")
    assert [cell["text"] for cell in rows["is_fine_tunable"]["cells"]] == ["No", "Not stated"]


def test_the_table_export_has_a_column_of_each(found):
    assert {*VALUES} <= set(found["csv"].splitlines()[0].split(","))


def test_the_admin_has_a_form_field_of_each(found):
    for name in VALUES:
        assert re.search(rf'name="{name}"', found["admin"]), name
    assert 'type="checkbox" name="regions" value="eu"' in found["admin"]
    assert "&#x27;url&#x27; is missing" in found["refused"] or "'url' is missing" in found["refused"]


def test_the_documentation_of_catalog_files_names_each_key(found):
    assert "| `stage_count` | | how many stages it has |" in found["docs"]
    assert all(f"`{name}`" in found["docs"] for name in VALUES)
