"""Another catalog in the admin: nothing before it was looked at, exactly what was shown, and who did it."""

import json
import re

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from catalog.exchange import plan_report
from catalog.models import ImportFile, Revision, SourceClaim, Variant
from other_catalogs import load_known_models, parsed, piece

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _known_models(db):
    load_known_models()


UPLOAD = "/admin/catalog/importfile/upload/"
LIST = "/admin/catalog/importfile/"


def upload(desk, name="litellm", mode="models", content=None, **more):
    file = SimpleUploadedFile(f"{name}.json", piece(name) if content is None else content)
    return desk.post(UPLOAD, {"format": name, "mode": mode, "file": file, **more})


def review(answer):
    assert answer.status_code == 302, answer.context["form"].errors
    return answer["Location"]


def plan(desk, address):
    return desk.get(address).context["plan"]


def test_nothing_is_imported_before_it_was_looked_at(desk):
    before = Variant.objects.count()
    address = review(upload(desk))
    page = desk.get(address)
    assert page.context["counts"]["new"] > 5
    shown = page.content.decode()
    assert "anthropic/claude-sonnet-4-5-20250929" in shown
    assert "ft:gpt-4-0613.source" in shown, "what is refused is shown with its reason"
    assert Variant.objects.count() == before


def test_what_was_shown_is_imported_and_the_audit_names_who_did_it(content_desk):
    address = review(upload(content_desk))
    answer = content_desk.post(address, {"plan": plan(content_desk, address), "_apply": "1"}, follow=True)
    row = ImportFile.objects.get()
    assert row.revision == Revision.objects.order_by("number").last()
    assert row.revision.actor == User.objects.get(username="content-editor")
    assert row.revision.reason == "Import of litellm.json as models, from LiteLLM"
    assert Variant.objects.filter(model_id="gemini/gemini-2.5-pro").exists()
    assert bytes(row.content) == b"", "the file is not kept beside what is on record"
    assert f"revision {row.revision_id}" in answer.content.decode()
    assert row.counts["new"] > 5


def test_a_second_click_imports_nothing_more(desk):
    address = review(upload(desk))
    words = {"plan": plan(desk, address), "_apply": "1"}
    desk.post(address, words)
    revision = Revision.objects.count()
    assert desk.post(address, words).status_code == 200
    assert Revision.objects.count() == revision


def test_a_catalog_that_has_changed_since_is_shown_again(desk):
    address = review(upload(desk))
    words = {"plan": plan(desk, address), "_apply": "1"}
    other = review(upload(desk))
    desk.post(other, {"plan": plan(desk, other), "_apply": "1"})
    revision = Revision.objects.count()
    answer = desk.post(address, words, follow=True)
    assert "The catalog has changed since" in answer.content.decode()
    assert Revision.objects.count() == revision
    assert "There is nothing to import" in answer.content.decode()


def test_a_file_is_discarded(desk):
    address = review(upload(desk))
    desk.post(address, {"plan": "", "_discard": "1"})
    assert not ImportFile.objects.exists()
    assert desk.get(address).status_code == 404


def test_evidence_is_imported_and_its_disagreements_are_listed(desk):
    whole = parsed("litellm")
    whole["claude-sonnet-4-5-20250929"]["max_output_tokens"] = 32_000
    address = review(upload(desk, mode="evidence", content=json.dumps(whole).encode()))
    page = desk.get(address)
    assert "deepseek/deepseek-chat" in page.content.decode(), "what matches no model is listed"
    desk.post(address, {"plan": page.context["plan"], "_apply": "1"})
    assert SourceClaim.objects.exists()
    listed = desk.get("/admin/catalog/sourceclaim/disagreements/")
    assert "claude-sonnet-4-5-20250929" in listed.content.decode()
    assert "50%" in listed.content.decode()
    assert desk.get("/admin/catalog/sourceclaim/").status_code == 200


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"[" * 100_000, "nested too deeply"),
        (b"{}", "it names no models"),
        (b'{"a": 1, "a": 2}', "stands there twice"),
        (b"PK\x03\x04", "is a ZIP archive"),
    ],
)
def test_a_file_that_cannot_be_read_is_not_kept_and_says_why(desk, content, message):
    answer = upload(desk, content=content)
    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert not ImportFile.objects.exists()


def test_a_provider_goes_with_models_alone(desk):
    assert "leave the provider out" in upload(desk, mode="evidence", provider="openai").content.decode()
    assert "is not a slug" in upload(desk, provider="../x").content.decode()


def test_only_who_may_import_does(price_desk, bare_desk, desk, client):
    assert upload(price_desk).status_code == 403
    assert upload(bare_desk).status_code == 403
    assert upload(client).status_code == 302
    assert not ImportFile.objects.exists()
    address = review(upload(desk))
    assert price_desk.get(address).status_code == 200
    words = {"plan": plan(desk, address), "_apply": "1"}
    assert price_desk.post(address, words).status_code == 403
    assert bare_desk.post(address, words).status_code == 404
    assert price_desk.get("/admin/catalog/sourceclaim/disagreements/").status_code == 200
    assert bare_desk.get("/admin/catalog/sourceclaim/disagreements/").status_code == 403
    assert ImportFile.objects.get().revision is None


def test_the_lists_lead_to_the_pages(desk):
    assert UPLOAD in desk.get(LIST).content.decode()
    address = review(upload(desk))
    assert address in desk.get(LIST).content.decode()
    assert desk.get(f"{LIST}{ImportFile.objects.get().pk}/change/")["Location"] == address


def test_every_line_of_a_plan_is_downloaded_as_the_command_prints_it(desk, tmp_path, capsys):
    whole = parsed("litellm") | {f"bad-{n}": {"mode": "chat", "max_tokens": -1} for n in range(300)}
    address = review(upload(desk, content=json.dumps(whole).encode()))
    page = desk.get(address)
    assert len(page.context["refused"]) == 200
    assert "The first 200 are shown" in page.content.decode()
    (lines,) = [link for link in re.findall('href="([^"]+)"', page.content.decode()) if "lines" in link]
    answer = desk.get(lines)
    assert answer["Content-Disposition"].startswith("attachment")
    file = tmp_path / "litellm.json"
    file.write_text(json.dumps(whole))
    call_command("import_catalog", str(file), "--from", "litellm", "--dry-run", "--json")
    assert answer.json() == json.loads(capsys.readouterr().out)
    assert len(answer.json()["refused"]) >= 300


def test_what_was_left_out_stays_with_the_import_that_is_done(desk):
    whole = parsed("litellm") | {f"bad-{n:03}": {"mode": "chat", "max_tokens": -1} for n in range(300)}
    address = review(upload(desk, content=json.dumps(whole).encode()))
    page = desk.get(address)
    refused = page.context["refused_count"]
    desk.post(address, {"plan": page.context["plan"], "_apply": "1"})
    done = desk.get(address).content.decode()
    assert f"Left out: {refused}" in done
    assert "<strong>bad-000</strong>" in done
    assert "All that are kept" in done
    kept = desk.get(address.replace("review/", "lines.json")).json()
    assert len(kept["rows"]) == refused
    assert all(row["reason"] for row in kept["rows"])
    assert (kept["more"], kept["refused"]) == (0, refused)


@pytest.mark.parametrize(("bound", "value"), [("MOST_KEPT", 7), ("MOST_BYTES", 900)])
def test_what_is_kept_has_a_bound_and_says_how_many_more_there_were(desk, monkeypatch, bound, value):
    monkeypatch.setattr(plan_report, bound, value)
    address = review(upload(desk, mode="evidence"))
    page = desk.get(address)
    count = page.context["refused_count"] + page.context["unmatched_count"]
    desk.post(address, {"plan": page.context["plan"], "_apply": "1"})
    kept = ImportFile.objects.get().left_out
    assert 0 < len(kept["rows"]) < count
    assert len(kept["rows"]) + kept["more"] == count
    assert len(json.dumps(kept["rows"])) <= 1_000
    assert f"{kept['more']} more were not kept" in desk.get(address).content.decode()


def test_lines_are_for_those_who_may_look(desk, bare_desk, price_desk):
    address = review(upload(desk)).replace("review/", "lines.json")
    assert bare_desk.get(address).status_code == 404
    assert price_desk.get(address).status_code == 200
