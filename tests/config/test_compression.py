"""Pages and API answers are compressed for who accepts it, and say so to caches."""

import gzip
import re
import urllib.request

import brotli
import pytest
from django.contrib.auth.models import User

from config.compression import preferred
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


@pytest.mark.slow
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
    ("header", "encodings"),
    [
        ("", []),
        ("identity", []),
        ("gzip, deflate, br, zstd", ["br", "gzip"]),
        ("gzip;q=1.0, br; q=0", ["gzip"]),
        ("br;q=0.5, gzip;q=0.8", ["gzip"]),
        ("br;q=0.8, gzip;q=0.75", ["br"]),
        ("gzip;q=0.001", ["gzip"]),
        ("gzip;q=0.000, identity", []),
        ("BR;q=0.5", ["br"]),
        ("br ; Q=0.5 , gzip\t;q=0.4", ["br"]),
        ("identity;q=0.9, gzip;q=0.8", []),
        ("identity;q=0.5, gzip;q=0.5", ["gzip"]),
        ("*", ["br", "gzip"]),
        ("*;q=0", []),
        ("gzip;q=0, *", ["br"]),
        ("gzip, br;q=0.2, *;q=0.1", ["gzip"]),
        ("br;q=0.1, gzip;q=0.1, *;q=0.5", []),
        # What is no weight leaves its encoding out.
        ("br;q=2, gzip;q=0.1", ["gzip"]),
        ("br;q=0.12345, gzip", ["gzip"]),
        ("br;q=x, gzip;q=-1", []),
        (",,;;q=", []),
    ],
)
def test_what_is_liked_best_of_what_is_accepted_is_chosen(header, encodings):
    assert preferred(header) == encodings


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("br, gzip", "br"),
        ("gzip, br;q=0.5", "gzip"),
        ("gzip;q=0, br;q=0", None),
        ("identity, gzip;q=0.5", None),
        ("*", "br"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/static/css/site.css"])
def test_weights_hold_for_pages_and_static_files_alike(live_site, path, header, encoding):
    if path != "/":
        with urllib.request.urlopen(live_site) as page:
            (path,) = re.findall(r'href="(/static/css/site[^"]*[.]css)"', page.read().decode())
    request = urllib.request.Request(f"{live_site}{path}", headers={"Accept-Encoding": header})
    with urllib.request.urlopen(request) as answer:
        assert (answer.status, answer.headers["Content-Encoding"]) == (200, encoding)
        assert "Accept-Encoding" in answer.headers["Vary"]
