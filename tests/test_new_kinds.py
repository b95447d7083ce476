"""A facet is one row; a protocol, a language, a section, a condition and a format are a file or two.

One scratch copy of the source gets one of each; a subprocess then serves a catalog that has them.
"""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

import kinds_added
from scratch import BEACON, Scratch

pytestmark = [pytest.mark.engine("sqlite"), pytest.mark.programs]  # a scratch copy has a database of its own

FILE = (
    BEACON
    + """
[[family.endpoint]]
method = "POST"
path = "/labs/talk"
protocol = "labs-chat"

[[family.model]]
model_id = "beacon-1"
modality = "text"
commercial_use = true
capabilities = ["streaming"]
endpoints = ["POST /labs/talk"]

[[family.model.price]]
kind = "sell"
meter = "requests"
per = 1
amount = "2"
effective_from = 2026-01-01T00:00:00Z

[[family.model.price]]
kind = "sell"
meter = "requests"
per = 1
amount = "1"
effective_from = 2026-01-01T00:00:00Z
conditions = { month_days = [1, 15] }

[[family.model]]
model_id = "beacon-2"
modality = "text"
commercial_use = false

[[family.model]]
model_id = "beacon-3"
modality = "text"
"""
)
NAMES = json.dumps({"models": ["labs/beacon-9"]})
PAGE = "/models/beacon/1"
API = "/api/v1/models"
BY_FACET, BY_PROTOCOL = f"{API}?commercial_use=true", f"{API}?protocol=labs-chat"
SNIPPETS, SCHEMA = f"{API}/beacon-1/snippets", f"{PAGE}/schema.json?call=labs-chat"
IN_LUA = f"{SNIPPETS}?protocol=labs-chat&language=lua"
QUOTE = "/api/v1/quote?model=beacon-1&requests=1&at=2026-11-"
ADDRESSES = (
    *(BY_FACET, f"{API}?facets=true", f"{API}?commercial_use=maybe", "/api/v1/openapi.json", "/models"),
    *("/models?commercial_use=false", "/models.csv?commercial_use=true", "/models?q=beacon-9"),
    *("/docs/catalog-api.md", "/docs/choosing-models.md", "/docs/catalog-files.md", "/docs/billing.md"),
    *(PAGE, f"{PAGE}.md", SCHEMA, BY_PROTOCOL, "/models?protocol=labs-chat", SNIPPETS, IN_LUA),
    *(f"{QUOTE}10", f"{QUOTE}20", "/api/v1/exports/names"),
)
MOST = {"facet": 1, "protocol": 2, "language": 2, "section": 2, "condition": 1, "export": 2, "import": 2}
"""Kind -> the most files that a new one touches."""


@pytest.fixture(scope="module")
def added(tmp_path_factory) -> SimpleNamespace:
    """A copy of the source with one of each kind, and which files each kind touched."""
    scratch = Scratch(tmp_path_factory.mktemp("kinds"))
    files = {}
    for name, add in kinds_added.KINDS.items():
        before = set(scratch.touched())
        add(scratch)
        files[name] = sorted(set(scratch.touched()) - before)
    return SimpleNamespace(scratch=scratch, files=files)


@pytest.fixture(scope="module")
def found(added) -> SimpleNamespace:
    """What the copy answers."""
    file, names = added.scratch.var / "labs.toml", added.scratch.var / "names.json"
    file.write_text(FILE)
    names.write_text(NAMES)
    program = Path(__file__).with_name("kinds_probe.py")
    ended = added.scratch.run(str(program), str(file), str(names), *ADDRESSES)
    return SimpleNamespace(**json.loads(ended.splitlines()[-1]))


def text(found, address, status=200):
    given, body = found.answers[address]
    assert given == status, (address, body[:500])
    return body


def rows(found, address):
    return json.loads(text(found, address))


@pytest.mark.parametrize(("kind", "most"), MOST.items())
def test_a_new_one_touches_no_more_files(added, kind, most):
    assert 1 <= len(added.files[kind]) <= most, added.files[kind]


def test_a_facet_filters_and_is_counted(found):
    assert [row["model_id"] for row in rows(found, BY_FACET)["items"]] == ["beacon-1"]
    counted = rows(found, f"{API}?facets=true")["facets"]["commercial_use"]
    assert {row["value"]: (row["label"], row["count"]) for row in counted} == {
        "true": ("Allowed", 1),
        "false": ("Not allowed", 1),
        "unknown": ("Not stated", 2),
    }
    refused = json.loads(text(found, f"{API}?commercial_use=maybe", 422))
    assert "commercial_use" in json.dumps(refused)
    assert "beacon-1" in text(found, "/models.csv?commercial_use=true")
    assert "beacon-2" not in text(found, "/models.csv?commercial_use=true")


def test_a_facet_is_described_to_programs_people_and_agents(found):
    parameters = rows(found, "/api/v1/openapi.json")["paths"]["/api/v1/models"]["get"]["parameters"]
    (parameter,) = [row for row in parameters if row["name"] == "commercial_use"]
    assert parameter["schema"]["items"]["enum"] == ["true", "false", "unknown"]
    assert parameter["description"] == "Keeps models that may be used commercially. Repeat for alternatives."
    assert '<ul aria-label="Commercial use">' in text(found, "/models")
    assert "Not allowed" in text(found, "/models?commercial_use=false")
    assert found.schema["commercial_use"]["description"] == "Keeps models that may be used commercially."
    assert found.found == ["beacon-1"]
    assert "| `commercial_use` | that may be used commercially: `true`" in text(found, "/docs/catalog-api.md")
    assert "`open_weights` and `commercial_use` may be repeated" in text(found, "/docs/catalog-api.md")
    assert "year of release and commercial use" in text(found, "/docs/choosing-models.md")


def test_a_protocol_has_snippets_a_schema_and_a_filter(found):
    items = rows(found, SNIPPETS)["items"]
    assert {item["option"] for item in items} == {"basic", "streaming", "timeouts"}
    by_language = {item["language"]: item["code"] for item in items if item["option"] == "basic"}
    assert set(by_language) == {"curl", "python", "javascript", "typescript", "go", "ruby", "php", "lua"}
    assert all("/labs/talk" in code and "Say hello." in code for code in by_language.values())
    assert "labs-chat" in json.dumps(rows(found, "/api/v1/openapi.json"))
    assert rows(found, SCHEMA)["required"] == ["model", "prompt"]
    assert [row["model_id"] for row in rows(found, BY_PROTOCOL)["items"]] == ["beacon-1"]
    assert "Labs Chat" in text(found, "/models?protocol=labs-chat")
    assert "| `labs-chat` | Labs Chat |" in text(found, "/docs/catalog-files.md")


def test_a_language_has_a_tab_and_is_known_to_api_and_agents(found):
    page = text(found, PAGE)
    assert ">Lua<" in page
    assert 'data-key-quoting="javascript"' in page
    (snippet, *_) = rows(found, IN_LUA)["items"]
    assert snippet["code"] == found.snippet
    assert 'os.getenv("RUNAPI_KEY")' in snippet["code"]
    assert "lua" in found.languages


def test_a_section_is_on_the_page_and_in_its_markdown(found):
    assert '<h2 id="terms-heading">Terms</h2>' in text(found, PAGE)
    markdown = text(found, f"{PAGE}.md")
    assert "## Terms: " in markdown
    said = markdown.partition("## Terms: ")[2].partition("\n\n## ")[0].partition("\n\n")[2].strip()
    assert said == (
        "Commercial use: yes, as `beacon-1` [is billed](http://127.0.0.1:8000/docs/billing.md).\n\n"
        "- First\n- Second \\* starred\n\n| Name | Value |\n| --- | --- |\n| Use | yes |"
    )


def test_a_condition_is_priced_said_and_documented(found):
    assert rows(found, f"{QUOTE}10")["total"] == "1"
    assert rows(found, f"{QUOTE}20")["total"] == "2"
    assert "Days 1 to 15 of a month" in text(found, PAGE)
    assert "| `month_days` | on these days of a month |" in text(found, "/docs/billing.md")


def test_a_format_is_written_and_read(found):
    assert "Imported as revision" in found.imported, found.imported
    assert rows(found, "/api/v1/exports/names") == [
        "beacon-1",
        "beacon-2",
        "beacon-3",
        "openrouter/labs/beacon-9",
    ]
    assert "openrouter/labs/beacon-9" in text(found, "/models?q=beacon-9")
