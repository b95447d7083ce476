"""Our own catalog files in the admin: a file or an archive, looked at before anything is written."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalog.models import ImportFile, Price, Variant
from catalog_files import SMALL

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/catalog/importfile/upload/"


def upload(desk, content, name="example-labs.toml", **more):
    content = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile(name, content)
    return desk.post(UPLOAD, {"format": "toml", "mode": "models", "file": file, **more})


def zipped(**files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("README.md", "What this is")
        for name, text in files.items():
            archive.writestr(name.replace("__", "/") + ".toml", text)
    return made.getvalue()


def review(answer):
    assert answer.status_code == 302, answer.context["form"].errors
    return answer["Location"]


def test_a_file_of_our_own_is_looked_at_and_then_imported_as_it_was_shown(desk):
    address = review(upload(desk, SMALL))
    page = desk.get(address)
    assert page.context["counts"]["new"] == 4
    assert "beacon-2" in page.content.decode()
    assert not Variant.objects.filter(model_id="beacon-2").exists()
    desk.post(address, {"plan": page.context["plan"], "_apply": "1"})
    assert Variant.objects.get(model_id="beacon-1").replacement.model_id == "beacon-2"
    assert Price.objects.get(variant__model_id="beacon-2").amount.normalize().to_eng_string() == "1.875"
    row = ImportFile.objects.get()
    assert row.revision.reason == "Import of example-labs.toml"
    again = desk.get(review(upload(desk, SMALL)))
    assert "There is nothing to import" in again.content.decode()


def test_an_archive_that_was_exported_is_imported_and_says_the_same(desk, client):
    answer = client.get("/api/v1/exports/toml")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    page = desk.get(review(upload(desk, content, "catalog.zip")))
    assert page.context["rows"] == Variant.objects.count()
    assert page.context["is_empty"], page.context["parts"]


def test_the_files_of_an_archive_are_imported_together(desk):
    other = SMALL.replace("beacon", "lantern").replace("example-labs", "other-labs")
    page = desk.get(review(upload(desk, zipped(a=SMALL, deep__b=other), "two.zip")))
    desk.post(page.request["PATH_INFO"], {"plan": page.context["plan"], "_apply": "1"})
    assert Variant.objects.filter(model_id__in=["beacon-2", "lantern-2"]).count() == 2


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (SMALL.replace("200000", '"many"'), "small.toml", "small.toml:22: family[1].model[1].context_window"),
        (zipped(a=SMALL.replace("200000", '"many"')), "small.zip", "a.toml:22: family[1].model[1]"),
        (zipped(), "empty.zip", "no file whose name ends in .toml"),
        (zipped(a__models__x=SMALL, b__models__x=SMALL), "two.zip", "stands there twice"),
        (b"{}", "small.json", "the table [provider] is missing"),
        (SMALL.replace('replacement = "beacon-2"', 'replacement = "nobody"'), "small.toml", "nobody"),
    ],
)
def test_a_wrong_file_is_not_kept_and_says_where_it_is_wrong(desk, content, name, message):
    answer = upload(desk, content, name)
    assert answer.status_code == 200
    assert message in str(answer.context["form"].errors)
    assert not ImportFile.objects.exists()


def test_our_own_format_is_no_evidence_and_names_its_provider(desk):
    assert "imported as models" in upload(desk, SMALL, mode="evidence").content.decode()
    assert "leave it out" in upload(desk, SMALL, provider="openai").content.decode()
    assert not ImportFile.objects.exists()
