"""Pages and API answers are compressed for who accepts it, and say so to caches."""

import gzip

import brotli
import pytest
from django.contrib.auth.models import User

from config.compression import accepted
from small import TOKENS_PATH

pytestmark = pytest.mark.django_db

TEXTS = [
    "/",
    TOKENS_PATH,
    f"{TOKENS_PATH}.md",
    f"{TOKENS_PATH}.json",
    "/api/v1/models",
    "/llms.txt",
    "/changes.atom",
]
DECODERS = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize("encoding", DECODERS)
@pytest.mark.parametrize("path", TEXTS)
def test_text_is_compressed_for_who_accepts_it(client, path, encoding):
    plain = client.get(path)
    packed = client.get(path, HTTP_ACCEPT_ENCODING=encoding)
    assert packed["Content-Encoding"] == encoding
    assert DECODERS[encoding](packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2
    assert int(packed["Content-Length"]) == len(packed.content)
    for answer in (plain, packed):
        assert "Accept-Encoding" in answer["Vary"]
    assert not plain.has_header("Content-Encoding")
    assert packed["ETag"] != plain["ETag"]
    assert not packed["ETag"].startswith("W/")


@pytest.mark.parametrize("encoding", DECODERS)
@pytest.mark.parametrize("path", TEXTS)
def test_compressed_bytes_are_known_again(client, path, encoding):
    tag = client.get(path, HTTP_ACCEPT_ENCODING=encoding)["ETag"]
    again = client.get(path, HTTP_ACCEPT_ENCODING=encoding, HTTP_IF_NONE_MATCH=tag)
    assert (again.status_code, again["ETag"], again.content) == (304, tag, b"")
    assert client.get(path, HTTP_IF_NONE_MATCH=tag).status_code == 200, "other bytes"
    assert client.get(path, HTTP_ACCEPT_ENCODING=encoding, HTTP_IF_NONE_MATCH='"x"').status_code == 200


@pytest.mark.parametrize("path", ["/livez", "/api/v1/models/no-such-model"])
def test_what_is_small_is_sent_as_it_is(client, path):
    assert not client.get(path, HTTP_ACCEPT_ENCODING="br, gzip").has_header("Content-Encoding")


def test_the_admin_is_not_compressed(client):
    client.force_login(User.objects.create_superuser("root"))
    answer = client.get("/admin/", HTTP_ACCEPT_ENCODING="br, gzip")
    assert answer.status_code == 200
    assert not answer.has_header("Content-Encoding")


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br; q=0", "gzip"),
        ("BR;q=0.5", "br"),
        ("*", "br"),
        ("*;q=0", ""),
        ("gzip;q=0, *", "br"),
        (",,;;q=", ""),
    ],
)
def test_the_best_of_what_is_accepted_is_chosen(header, encoding):
    assert accepted(header) == encoding
