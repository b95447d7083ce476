"""Archives and their digests: the same bytes from every process, and what is served is what is named."""

import gzip
import hashlib
import json
import subprocess
import sys

import brotli
import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

import skill_files
from catalog.models import Family, Provider, Variant
from catalog.presentation.skills.skill_lookup import Shelf
from skills import packaging

pytestmark = pytest.mark.django_db
alone = pytest.mark.engine("sqlite")  # bytes are the same on both
INDEX = "/.well-known/agent-skills/index.json"
FILES = {"SKILL.md": b"---\nname: a\n---\n", "references/b.json": b"{}", "references/a.md": "é".encode()}


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()
    yield
    cache.clear()


def digest(content):
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


@alone
def test_the_index_names_every_skill_with_the_digest_of_the_bytes_that_are_served(client):
    answer = client.get(INDEX)
    assert answer["Content-Type"] == "application/json"
    body = answer.json()
    assert set(body) == {"$schema", "skills"}
    assert body["$schema"] == "https://schemas.agentskills.io/discovery/0.2.0/schema.json"
    assert len(body["skills"]) == Family.objects.count() + 1
    for entry in body["skills"]:
        assert set(entry) == {"name", "type", "description", "url", "digest"}
        assert entry["type"] == "archive"
        for accepted in ("", "gzip, br"):
            served = client.get(entry["url"], headers={"accept-encoding": accepted})
            assert served.status_code == 200
            assert served["Content-Type"] == "application/gzip"
            assert "Content-Encoding" not in served
            assert digest(served.content) == entry["digest"], entry["name"]
        files = skill_files.untarred(served.content)
        values, _ = skill_files.split(files["SKILL.md"].decode())
        assert (values["name"], values["description"]) == (entry["name"], entry["description"])
    assert digest(served.content + b" ") != entry["digest"]


@alone
def test_archives_and_addresses_give_the_same_files(client):
    for key in ("linden", "reel-3.1", "model-catalog"):
        zipped = skill_files.unzipped(client.get(f"/skills/{key}.zip").content)
        assert zipped == skill_files.untarred(client.get(f"/skills/{key}.tar.gz").content)
        for name, content in zipped.items():
            answer = client.get(f"/skills/{key}/{name}")
            assert answer.content == content
            assert answer["Content-Type"] in {"text/markdown; charset=utf-8", "application/json"}
            assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_compressed_file_is_the_same_once_it_is_read(client):
    plain = client.get("/skills/linden/SKILL.md")
    for encoding, read in (("gzip", gzip.decompress), ("br", brotli.decompress)):
        packed = client.get("/skills/linden/SKILL.md", headers={"accept-encoding": encoding})
        assert packed["Content-Encoding"] == encoding
        assert read(packed.content) == plain.content
        assert packed["ETag"] != plain["ETag"]


def test_the_same_files_give_the_same_bytes_in_whatever_order(client):
    for _, pack in packaging.ARCHIVES.values():
        assert pack(FILES) == pack(dict(reversed(FILES.items())))
        assert pack(FILES) != pack({**FILES, "SKILL.md": b""})
    assert skill_files.unzipped(packaging.as_zip(FILES)) == FILES
    assert skill_files.untarred(packaging.as_tar(FILES)) == FILES


@pytest.mark.programs
@alone
def test_another_process_at_another_time_packs_the_same_bytes():
    files = Shelf().find("linden").files
    code = (
        "import json, sys, hashlib; from skills.packaging import ARCHIVES;"
        "files = {name: text.encode() for name, text in json.load(sys.stdin).items()};"
        "print(*(hashlib.sha256(pack(files)).hexdigest() for _, pack in ARCHIVES.values()))"
    )
    given = json.dumps({name: content.decode() for name, content in files.items()})
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=given,
        env={"PYTHONPATH": "site", "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
        capture_output=True,
        text=True,
        check=True,
    )
    mine = [hashlib.sha256(pack(files)).hexdigest() for _, pack in packaging.ARCHIVES.values()]
    assert done.stdout.split() == mine


def test_a_skill_written_twice_is_the_same(client):
    before = [client.get(f"/skills/linden.{kind}").content for kind in packaging.ARCHIVES]
    cache.clear()
    assert [client.get(f"/skills/linden.{kind}").content for kind in packaging.ARCHIVES] == before


@pytest.mark.parametrize(
    "path",
    [
        *(INDEX, "/skills/linden.zip", "/skills/linden.tar.gz", "/skills/linden/SKILL.md"),
        *("/skills/linden/references/prices.json", f"/skills/linden{INDEX}"),
    ],
)
def test_a_file_is_kept_asked_for_again_and_open_to_every_page(client, path):
    answer = client.get(path)
    assert answer["Cache-Control"] == "public, no-cache"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    assert client.get(path, headers={"if-none-match": answer["ETag"]}).status_code == 304
    head = client.head(path)
    assert (head.status_code, head["ETag"]) == (200, answer["ETag"])
    assert client.post(path).status_code == 405


def test_the_index_of_one_skill_names_it_alone_with_the_same_digest(client):
    every = {entry["name"]: entry for entry in client.get(INDEX).json()["skills"]}
    assert client.get(f"/skills/reel-3.1{INDEX}").json()["skills"] == [
        every[Shelf().find("reel-3.1").name],
    ]


@pytest.mark.parametrize(
    "tail", ["", ".md", ".zip", ".tar.gz", "/SKILL.md", "/references/prices.json", INDEX]
)
def test_a_skill_that_there_is_not_is_a_404(client, tail):
    assert client.get(f"/skills/clawd{tail}").status_code == 404


def test_a_family_that_there_is_not_is_answered_with_models_near_to_it(client):
    page = client.get("/skills/linden-balad")
    assert page.status_code == 404
    assert "Nearest models" in page.content.decode()
    assert client.get("/skills/linden/references/nothing.md").status_code == 404


def test_the_name_of_a_skill_leads_to_its_address(client):
    name = Shelf().find("reel-3.1").name
    for tail in ("", ".md"):
        moved = client.get(f"/skills/{name}{tail}")
        assert (moved.status_code, moved["Location"]) == (301, f"/skills/reel-3.1{tail}")
    assert client.get(f"/skills/{name}.zip").status_code == 200


def test_the_queries_of_the_index_do_not_grow_with_the_catalog(client):
    def asked():
        cache.clear()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(INDEX)
        return len(queries), len(answer.json()["skills"])

    before, listed = asked()
    provider = Provider.objects.create(slug="more", name="More")
    for number in range(30):
        family = Family.objects.create(slug=f"more-{number}", name=f"More {number}", provider=provider)
        Variant.objects.create(family=family, model_id=f"more-{number}-a", slug="a")
    after, grown = asked()
    assert grown == listed + 30
    assert after == before <= 6


def test_a_large_catalog_lists_the_first_families_and_all_have_their_skill(client, monkeypatch):
    monkeypatch.setattr("catalog.presentation.skills.family_titles.MOST_FAMILIES", 5)
    assert len(client.get(INDEX).json()["skills"]) == 6
    assert client.get(f"/skills/wisp{INDEX}").json()["skills"][0]["name"] == "wisp"
    cache.clear()
    monkeypatch.setattr("catalog.presentation.skills.family_titles.MOST_MODELS", 7)
    assert [entry["name"] for entry in client.get(INDEX).json()["skills"]] == [
        "model-catalog",
        "castor",
        "castor-tts",
        "clearlip-lip-sync",
    ]
