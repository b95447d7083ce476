"""An address that a catalog cites leads to the public web, or the row or file that states it is refused."""

import json

import pytest

import hostile
from catalog.exchange import catalog_file
from catalog.exchange.file_table import CatalogFileError
from other_catalogs import read


def numbered(values):
    """Parameters called by their number: the values are no names for a test."""
    return [pytest.param(value, id=str(at)) for at, value in enumerate(values)]


PUBLIC = "https://redirects-to-127.0.0.1.example/"
"""A name of the public web; where it leads is not looked up."""

ADDRESSES = [
    *hostile.entries("urls"),
    *(
        "http://ok.example:8080/",
        "http://ok.example:/",
        "http://:80/",
        "http:///x",
        "https://",
        "//ok.example/",
    ),
    *(
        "http://a@ok.example/",
        "http://ok.example?@127.0.0.1/",
        "http://ok.example\\x",
        "http://127.0.0.1.",
        "x",
    ),
    *("http://ok.example/\n", "http://ok.exa\tmple/", "http://ok.example/\x7f", "http://ok.example/\x85"),
    *(
        "http://ok.example/a b",
        "http://ok.example/\u200b",
        "http://ok.example/\u202e",
        "http://ok.example/\xa0",
    ),
    *("javascript:alert(1)", "data:text/html,x", "java\nscript:alert(1)", "http://[::1", "http://x.local/"),
]


@pytest.mark.parametrize("address", numbered(ADDRESSES))
def test_an_address_inside_a_network_is_never_a_source(address):
    """Nothing is fetched from it; it would still be a link that visitors follow."""
    found = read("litellm", {"m": {"litellm_provider": "p", "source": address}})
    if address == PUBLIC:
        assert found.document.models
        return
    (one,) = found.refused
    assert "source" in one.reason


def ours(where, address):
    """The least of a file of ours, with an address at one of its places."""
    source = {"label": "L"}
    price = {"kind": "sell", "meter": "input_tokens", "per": 1, "amount": "1", "source": {**source}}
    model = {"model_id": "m", "price": [price | {"effective_from": "2026-01-01T00:00:00Z"}]}
    model |= {"sources": [{"fields": ["name"], **source}], "price_claim": {"text": "T"}}
    family = {"slug": "f", "name": "F", "model": [model], "source": {**source}, "price_claim": {"text": "T"}}
    whole = {"provider": {"slug": "p", "name": "P", "source": {**source}}, "family": [family]}
    held = whole
    for step in where[:-1]:
        held = held[step]
    held[where[-1]] = address
    return json.dumps(whole).encode()


MODEL = ("family", 0, "model", 0)
PLACES = {
    "provider.url": ("provider", "url"),
    "provider.source.url": ("provider", "source", "url"),
    "family[1].source.url": ("family", 0, "source", "url"),
    "family[1].price_claim.source": ("family", 0, "price_claim", "source"),
    "family[1].model[1].price_claim.source": (*MODEL, "price_claim", "source"),
    "family[1].model[1].sources[1].url": (*MODEL, "sources", 0, "url"),
    "family[1].model[1].price[1].source.url": (*MODEL, "price", 0, "source", "url"),
}
"""Every place of a file of ours that holds an address, as refusals name it."""


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize("address", numbered(ADDRESSES))
def test_a_file_of_ours_names_no_address_inside_a_network(path, address):
    content = ours(PLACES[path], address)
    if address == PUBLIC:
        assert catalog_file.parse(content, "a.json").models
        return
    with pytest.raises(CatalogFileError) as caught:
        catalog_file.parse(content, "a.json")
    assert caught.value.reason.startswith(f"{path}: ")
    assert caught.value.reason.isprintable()


@pytest.mark.parametrize(
    "address", ["https://ok.example", "http://A.Ok.Example/a%20b?c=@d#e", "https://xn--p1ai.xn--p1ai/\xe9"]
)
def test_an_address_of_the_public_web_is_read(address):
    (provider,) = catalog_file.parse(ours(("provider", "url"), address), "a.json").providers
    assert provider.fields["url"] == address
