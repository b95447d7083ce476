"""Every skill keeps to the specification, and says what the pages and the API say."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.utils import timezone

import docs_source
import skill_files
from catalog.models import Family, Price, Variant
from catalog.presentation.skills import catalog_skill, errors
from catalog.presentation.skills.names import file_stem, key_of, skill_name
from catalog.presentation.skills.skill_lookup import Shelf
from catalog.publishing.price_changes import Successor, succeed
from catalog.publishing.publish import publish
from catalog.snippets import LANGUAGES
from catalog.vocabulary import Origin, PriceState
from rows import a_variant
from small import BIGGEST, FAMILIES, TOKENS

pytestmark = pytest.mark.django_db
alone = pytest.mark.engine("sqlite")  # what a file says is the same on both
FIELDS = {"name", "description", "compatibility", "metadata"}
FENCED = re.compile(r"^(`{3,})(\w*)\n(.*?)\n\1$", re.DOTALL | re.MULTILINE)


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def skills():
    return Shelf().listed()


@alone
def test_every_family_and_the_catalog_have_a_skill_that_the_validator_passes(skills, tmp_path):
    assert len(skills) == Family.objects.count() + 1 == FAMILIES + 1
    assert len({skill.name for skill in skills}) == len({skill.key for skill in skills}) == len(skills)
    for skill in skills:
        home = skill_files.laid_out(tmp_path, skill.name, skill.files)
        assert skill_files.faults(home) == [], skill.name
    (home / "SKILL.md").write_text((home / "SKILL.md").read_text().replace("name: ", "title: ", 1))
    assert skill_files.faults(home) != []


@alone
def test_the_front_matter_has_the_fields_of_the_specification_alone(skills):
    revision = str(Shelf().revision)
    for skill in skills:
        values, _ = skill_files.split(skill.text)
        assert set(values) <= FIELDS
        assert values["name"] == skill.name
        assert values["description"] == skill.description
        assert "Use it" in skill.description
        assert len(skill.description) <= 1024
        assert len(values["compatibility"]) <= 500
        assert values["metadata"]["catalog-revision"] == revision
        assert datetime.fromisoformat(values["metadata"]["catalog-date"]).tzinfo == UTC
        head = skill.text.split("\n---\n", 1)[0]
        assert f'catalog-revision: "{revision}"' in head


@alone
def test_the_code_is_that_of_the_api(client, skills):
    compared = 0
    for skill in skills[1:]:
        slugs = Variant.objects.filter(family__name=skill.title).values_list("model_id", flat=True)
        answers = [
            client.get(f"/api/v1/models/{slug}/snippets?option=basic").json()["items"] for slug in slugs
        ]
        known = {row["code"].rstrip("\n") for items in answers for row in items}
        calls = skill.files.get("references/calls.md", b"").decode()
        for text in (skill.text.partition("## Choose a model")[0], calls):
            for _, language, code in FENCED.findall(text):
                assert language in {"bash", "python"}
                assert code in known, (skill.name, code[:80])
                compared += 1
        spoken = {
            (row["protocol"], row["action"])
            for items in answers
            for row in items
            if row["language"] in LANGUAGES
        }
        assert (calls.count("\n## ") >= len(spoken) > 0) or "No request" in skill.text or not spoken
    assert compared > 100


@alone
def test_the_prices_are_those_of_the_api_to_the_last_digit(client, skills):
    compared = 0
    for skill in skills[1:]:
        body = json.loads(skill.files["references/prices.json"])
        assert body["revision"] == Shelf().revision
        for item in body["items"]:
            answer = client.get(f"/api/v1/models/{item['model_id']}").json()
            assert item["prices"] == answer["prices"]
            assert item["announced_prices"] == answer["announced_prices"]
            assert item["url"] == answer["url"]
            compared += len(item["prices"])
    assert compared > 150
    assert len(json.loads(Shelf().find("linden").files["references/prices.json"])["items"]) == 9


@alone
def test_the_parameters_are_the_schema_that_the_models_page_links_to(client, skills):
    compared = 0
    for variant in Variant.objects.select_related("family"):
        skill = next(one for one in skills if one.key == key_of(variant.family.slug))
        answer = client.get(f"{variant.path}/schema.json")
        file = skill.files.get(f"references/parameters-{file_stem(variant.slug)}.json")
        assert (file is not None) == (answer.status_code == 200), variant.model_id
        if file is not None:
            assert file == answer.content
            compared += 1
    assert compared > 40


def test_days_and_replacements_are_in_the_text(client):
    text = Shelf().find("linden").text
    retires = client.get(f"/api/v1/models/{TOKENS}").json()["retires_on"]
    assert f"- `{TOKENS}`: retires on {retires}, " in text
    assert "Deprecated, until" in text


@alone
def test_a_skill_says_not_before_and_recommends_no_model_that_is_ending():
    says = {"platform": "vendor", "source_label": "a page"}
    a_variant("testfam-new", lifecycle="active", retires_not_before=date(2027, 3, 1))
    a_variant("testfam-mid", lifecycle="retired", end_of_life=[{**says, "replacements": ["testfam-new"]}])
    row = {**says, "replacements": ["testfam-mid", "elsewhere"]}
    a_variant("testfam-old", lifecycle="deprecated", end_of_life=[row])
    text = Shelf().find("testfam").text
    assert "- `testfam-new`: retires not before 2027-03-01\n" in text
    assert "Active, retires not before 2027-03-01" in text
    assert "- `testfam-mid`: retired, replaced by `testfam-new`\n" in text
    assert "- `testfam-old`: deprecated, replaced by `testfam-mid`, `elsewhere`: use `testfam-new`\n" in text


def a_price(at, amount):
    """The seed's price of input from an instant on."""
    old = Price.objects.at(timezone.now()).get(
        variant__model_id=TOKENS, kind="sell", meter="input_tokens", conditions_key="{}"
    )
    new = Successor(
        old.value.becoming(PriceState.KNOWN, Decimal(amount)), at, "https://example.com", "Test", "Test"
    )
    with publish(actor=None, origin=Origin.ADMIN, reason="Test") as edition:
        return succeed(edition, old, new)


def stated(client):
    answer = client.get("/skills/linden/references/prices.json").json()
    rows = next(item for item in answer["items"] if item["model_id"] == TOKENS)["prices"]
    amounts = [
        row["amount"]
        for row in rows
        if (row["kind"], row["meter"], row["conditions"]) == ("sell", "input_tokens", {})
    ]
    return answer["revision"], amounts


def test_a_change_of_a_price_shows_at_once(client):
    revision, before = stated(client)
    main = client.get("/skills/linden/SKILL.md")
    digests = client.get("/.well-known/agent-skills/index.json").json()["skills"]
    a_price(timezone.now(), "1.234567")
    assert stated(client) == (revision + 1, ["1.234567"])
    assert before == ["1.5"]
    later = client.get("/skills/linden/SKILL.md")
    assert b"$1.234567 in" in later.content
    assert later["ETag"] != main["ETag"]
    after = client.get("/.well-known/agent-skills/index.json").json()["skills"]
    linden = [next(one for one in found if one["name"] == "linden")["digest"] for found in (digests, after)]
    assert linden[0] != linden[1]


def test_an_announced_price_holds_from_its_instant_although_nobody_publishes(client, monkeypatch):
    start = timezone.now() + timedelta(hours=2)
    a_price(start, "1.25")
    assert "- From 20" in client.get("/skills/linden/SKILL.md").content.decode()
    first = client.get("/skills/linden.zip").content
    assert stated(client)[1] == ["1.5"]
    monkeypatch.setattr("django.utils.timezone.now", lambda: start + timedelta(seconds=1))
    assert stated(client)[1] == ["1.25"]
    assert client.get("/skills/linden.zip").content != first


def test_what_is_written_is_kept_until_the_catalog_changes(client, django_assert_num_queries):
    client.get("/skills/linden/SKILL.md")
    with django_assert_num_queries(2):  # the revision and the family: no model is read
        client.get("/skills/linden/references/prices.json")


def test_errors_are_those_of_the_documentation():
    said = [tuple(row) for row in docs_source.table("errors", "Statuses")]
    own = [row if row[0] != "401" else (*row[:2], "Set the key.") for row in said]
    assert list(errors.statuses(docs_source.filled())) == own
    assert len(own) > 5


def test_errors_that_only_an_operator_can_promise_are_left_out():
    said = {status: what for status, _meaning, what in errors.statuses({})}
    assert said.keys() == {"400, 422", "401", "429", "503"}
    assert said["429"] == "Wait, then repeat."


def test_what_the_skill_of_the_catalog_asks_is_answered(client):
    text = Shelf().own().text
    for _, path in catalog_skill.QUESTIONS:
        assert path in text
        assert client.get(path).status_code == 200, path
    for _, path in catalog_skill.OF_A_MODEL:
        assert path in text
        asked = path.replace("{id}", TOKENS).replace("{other}", BIGGEST)
        assert client.get(asked).status_code == 200, asked
    for address in re.findall(r"<(http[^>]+)>", text):
        path = urlsplit(address).path
        assert path == "/mcp" or client.get(path).status_code == 200, path


def test_without_tools_the_skill_of_the_catalog_names_none(settings):
    assert "/mcp" in Shelf().own().text
    settings.MCP = False
    assert "/mcp" not in Shelf().own().text


def test_a_name_is_that_of_its_slug_or_like_it_and_no_others():
    assert skill_name("linden") == key_of("linden") == "linden"
    assert re.fullmatch(r"reel-3-1-[0-9a-f]{6}", skill_name("reel-3.1"))
    assert key_of("reel-3.1") == "reel-3.1"
    assert skill_name("reel-3_1") != skill_name("reel-3.1") != skill_name("reel-3-1")
    for slug in ("model-catalog", "con", "a.zip", "a.tar.gz", "a.md", "..", "", "A", "a" * 65, "a--b", "é"):
        name = skill_name(slug)
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name), slug
        assert len(name) <= 64
        assert name not in {"con", "model-catalog"}
