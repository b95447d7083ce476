"""Hostile names, planted behind the doors that refuse them, come out as valid skills and safe archives."""

import json
import re
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.test import Client

import hostile
import skill_files
from catalog.models import Endpoint, Family, Parameter, Provider, Variant
from catalog.presentation.skills.names import key_of, skill_name
from catalog.presentation.skills.skill_lookup import Shelf
from catalog.publishing.publish import publish
from catalog.vocabulary import ChangeKind, Origin, Protocol
from dom import tree
from skills import packaging

# What a file says is the same on both.
pytestmark = [pytest.mark.django_db, pytest.mark.engine("sqlite"), pytest.mark.slow]
WORDS = [word.replace("\0", "") for word in hostile.entries("zip_names")]
MARKS = [word.replace("\0", "")[:200] for word in hostile.entries("markdown") if word.replace("\0", "")]
FRONT = ["---", "a\n---\nname: b", "{{7*7}}", '"quoted": [x', "- a: b", "&a *a !!python", "'", "|", "\u2028x"]
INDEX = "/.well-known/agent-skills/index.json"


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def client():
    """A client that sees what a visitor would see of an exception: 500."""
    return Client(raise_request_exception=False)


@pytest.fixture
def planted():
    """A family of each name, with a model of each name in the first."""
    names = [*WORDS, *MARKS, *FRONT]
    provider = Provider.objects.create(slug="hostile", name=FRONT[1])
    families = [
        Family.objects.create(slug=f"{word}"[:100], name=(word or "x")[:200], provider=provider)
        for word in dict.fromkeys(name[:100] for name in names)
    ]
    with publish(actor=None, origin=Origin.FILE, reason="") as edition:
        for number, word in enumerate(dict.fromkeys(name[:190] for name in names)):
            for family in {families[0], families[number % len(families)]}:
                one = Variant(
                    family=family, model_id=f"{word}{family.pk}", slug=word, name=word, modality="text"
                )
                edition.add(one)
                edition.add(Endpoint(variant=one, method="POST", path="/v1/x", protocol=Protocol.OPENAI_CHAT))
                edition.add(Parameter(variant=one, action="", name=word[:100] or "x", type="string"))
                edition.record(ChangeKind.CATALOG, one, "added", after=one.model_id)
    return families


def test_planted_names_come_out_as_valid_skills(client, planted, tmp_path):
    found = {skill.family: skill for skill in Shelf().listed()}
    names = [skill.name for skill in found.values()]
    assert len(set(names)) == len(names)
    for family in planted:
        skill = found[family.slug]
        assert skill.name == skill_name(family.slug)
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", skill.name)
        home = skill_files.laid_out(tmp_path, skill.name, skill.files)
        assert skill_files.faults(home) == [], family.slug
        values, body = skill_files.split(skill.text)
        assert set(values) == {"name", "description", "compatibility", "metadata"}
        assert values["name"] == skill.name
        assert values["description"] == skill.description
        assert body.count("\n# ") + body.startswith("# ") >= 1
        for name, content in skill.files.items():
            content.decode()
            assert not name.endswith(".json") or json.loads(content)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(found[one.slug].name for one in planted)


def test_archives_of_planted_names_stay_within_their_folder(client, planted):
    body = client.get(INDEX).json()
    assert len(body["skills"]) >= len(planted)
    for family in planted:
        key = key_of(family.slug)
        assert re.fullmatch(r"[A-Za-z0-9._-]+", key)
        zipped = client.get(f"/skills/{key}.zip")
        packed = client.get(f"/skills/{key}.tar.gz")
        assert (zipped.status_code, packed.status_code) == (200, 200), family.slug
        assert skill_files.unzipped(zipped.content) == skill_files.untarred(packed.content)
        assert re.fullmatch(r'attachment; filename="[a-z0-9-]+\.zip"', zipped["Content-Disposition"])


def test_pages_of_planted_names_run_nothing(client, planted):
    for family in planted:
        key = key_of(family.slug)
        for tail in ("", ".md", "/SKILL.md", "/references/models.md"):
            answer = client.get(f"/skills/{key}{tail}")
            assert answer.status_code == 200, (family.slug, tail)
        for node in tree(client.get(f"/skills/{key}").content).one("main").walk():
            assert node.tag not in {"script", "img", "iframe", "object", "form", "style"}
            assert not [name for name in node.attributes if name.startswith("on") or name == "style"]
            assert re.match(r"https?://|/|#|mailto:|[\w./-]+$", node.attributes.get("href") or "#")
    for path in ("/skills", "/skills.md", "/skills/model-catalog", "/skills/model-catalog.md"):
        assert client.get(path).status_code == 200


@pytest.mark.soak
def test_no_name_of_an_archive_or_a_file_fails(client, planted):
    forms = ("/skills/{}", "/skills/{}.zip", "/skills/linden/{}", "/skills/linden/references/{}")
    for number, word in enumerate([*hostile.entries("zip_names"), *hostile.entries("model_ids")]):
        for form in hostile.some(forms, number):
            for spelt in (quote(word, safe=""), quote(word, safe="/:@.~")):
                answer = client.get(form.format(spelt))
                assert answer.status_code < 500, (form, word[:60])
                assert b"root:" not in answer.content


def test_a_packer_would_show_a_name_that_leads_out():
    for name in ("../evil", "/abs", "a/../../b", "C:\\x"):
        packed = packaging.as_zip({"SKILL.md": b"", name: b""})
        with pytest.raises(AssertionError):
            skill_files.unzipped(packed)
