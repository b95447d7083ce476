"""Hostile files, names, addresses, prices and IDs through every importer: refused or set aside."""

import io
import json
import zipfile
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import hostile
from catalog.exchange import input_files
from catalog.exchange.file_table import CatalogFileError
from catalog.exchange.input_files import unpacked
from catalog.exchange.reader_base import LARGEST_FILE
from catalog.exchange.registry import FORMATS, READABLE
from catalog.text.identifiers import check_model_id
from other_catalogs import AT, parsed, piece, read

PLAIN = {
    "models-dev": {
        "p": {"id": "p", "name": "P", "models": {"m": {"id": "m", "cost": {"input": 1, "output": 2}}}}
    },
    "litellm": {"m": {"litellm_provider": "p", "input_cost_per_token": 1e-06}},
    "openrouter": {"data": [{"id": "a/m", "pricing": {"prompt": "0.000001", "completion": "0"}}]},
    "genai-prices": [{"id": "p", "name": "P", "models": [{"id": "m", "prices": {"input_mtok": 1}}]}],
}
"""The least that each format needs for one model."""


def numbered(values):
    """Parameters called by their number: the values are no names for a test."""
    return [pytest.param(value, id=str(at)) for at, value in enumerate(values)]


def with_id(name, text):
    whole = json.loads(json.dumps(PLAIN[name]))
    if name == "models-dev":
        whole["p"]["models"] = {text: {"cost": {"input": 1, "output": 2}}}
    elif name == "litellm":
        whole = {text: whole["m"]}
    elif name == "openrouter":
        whole["data"][0]["id"] = text
    else:
        whole[0]["models"][0]["id"] = text
    return whole


def with_price(name, value):
    whole = json.loads(json.dumps(PLAIN[name]))
    if name == "models-dev":
        whole["p"]["models"]["m"]["cost"]["input"] = value
    elif name == "litellm":
        whole["m"]["input_cost_per_token"] = value
    elif name == "openrouter":
        whole["data"][0]["pricing"]["prompt"] = value
    else:
        whole[0]["models"][0]["prices"]["input_mtok"] = value
    return whole


def refused_or_read(name, content):
    """The reading; None where the whole file is refused, which must say its name and why."""
    refusals = []
    try:
        return read(name, content)
    except CatalogFileError as error:
        refusals.append((error.place.file, bool(error.reason.strip())))
    assert refusals == [(f"{name}.json", True)]
    return None


@pytest.mark.parametrize("name", READABLE)
@pytest.mark.parametrize("text", numbered(hostile.entries("json_files")))
def test_a_hostile_file_is_refused_whole_or_holds_no_model(name, text):
    found = refused_or_read(name, text.encode("utf-8", "surrogatepass"))
    if found is not None:
        assert found.document.models == []
        assert len(found.refused) == found.rows > 0


@pytest.mark.parametrize("name", READABLE)
@pytest.mark.parametrize("text", numbered(hostile.entries("model_ids")))
def test_a_hostile_id_is_set_aside_with_its_reason_or_is_one_that_can_be_addressed(name, text):
    found = refused_or_read(name, with_id(name, text))
    if found is None:
        return
    assert found.rows == len(found.document.models) + len(found.refused)
    for one in found.refused:
        assert one.subject.isprintable()
        assert one.reason.isprintable()
        assert one.place.file == f"{name}.json"
    for entry in found.document.models:
        assert check_model_id(entry.model_id)
        assert ".." not in entry.model_id.split("/")
        assert check_model_id(entry.fields["slug"])


LONG = "x" * 81


def with_name(name, text):
    """The least catalog with a name of its model, and of its provider where the format has one."""
    whole = json.loads(json.dumps(PLAIN[name]))
    if name == "models-dev":
        yield {**whole, "p": {**whole["p"], "name": text}}
        whole["p"]["models"]["m"]["name"] = text
    elif name == "openrouter":
        whole["data"][0]["name"] = text
    elif name == "genai-prices":
        yield [{**whole[0], "name": text}]
        whole[0]["models"][0]["name"] = text
    else:
        return
    yield whole


@pytest.mark.parametrize("name", READABLE)
@pytest.mark.parametrize("text", [LONG, "a\u202eb", "a\nb"], ids=ascii)
def test_a_row_with_such_a_name_is_set_aside_and_says_why(name, text):
    for whole in with_name(name, text):
        found = refused_or_read(name, whole)
        if found is None:
            assert text != LONG
            continue
        assert found.document.models == []
        (one,) = found.refused
        assert ("at most 80" if text == LONG else "U+") in one.reason


GOOD = ["0", "0.0000002", "2e-07", "0.000000001"]


@pytest.mark.parametrize("name", READABLE)
@pytest.mark.parametrize("row", numbered(hostile.raw("prices")))
def test_a_hostile_price_is_exact_or_set_aside(name, row):
    value = row["v"]
    found = refused_or_read(name, with_price(name, value))
    if found is None:
        return
    assert found.rows == 1
    if found.refused:
        (one,) = found.refused
        assert "input" in one.reason or "prompt" in one.reason
        assert value not in GOOD or name != "openrouter"
        return
    (entry,) = found.document.models
    rows = [price for price in entry.prices if price.value.meter == "input_tokens"]
    if value is None:
        assert rows == [], "unknown is not free"
        return
    (price,) = rows
    if value == "-1":
        assert (name, price.value.state, price.value.amount) == ("openrouter", "dynamic", None)
        return
    each = Decimal(value if isinstance(value, str) else repr(value))
    exact = each if name in ("models-dev", "genai-prices") else each * 10**6
    assert abs(price.value.amount - exact) <= Decimal("5E-10")
    assert bool(price.note) == (price.value.amount != exact), "a rounded price says so"


def archive(*entries, **options):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", **options) as file:
        for entry, content in entries:
            file.writestr(entry, content)
    return held.getvalue()


def hostile_archives():
    for name in hostile.entries("zip_names"):
        if " " not in name:
            yield archive((named(f"{name}.toml" if name == "CON" else name), "a = 1"))
    link = named("providers/p/provider.toml")
    link.external_attr = 0o120777 << 16
    yield archive((link, "/etc/passwd"))
    yield archive((named("A.toml"), ""), (named("a.toml"), ""))
    yield archive(("a.toml", "x" * 5_000))[:-40]
    locked = bytearray(archive(("a.toml", "a = 1")))
    for at in (6, locked.rindex(b"PK\x01\x02") + 8):
        locked[at] |= 1
    yield bytes(locked)
    yield archive(("providers/a/provider.toml", b"\xff\xfe"))


def named(name):
    """An entry whose name is written as it is, a NUL included."""
    entry = zipfile.ZipInfo("x")
    entry.filename = name
    return entry


@pytest.mark.parametrize("content", numbered(hostile_archives()))
def test_a_hostile_archive_is_refused_with_the_name_of_the_entry(content):
    with pytest.raises(CatalogFileError) as caught:
        FORMATS["models-dev"].read(unpacked(content, "tree.zip", tree=True), "tree.zip", AT)
    assert caught.value.reason.isprintable()


def test_an_archive_that_unpacks_to_more_than_a_catalog_is_refused_before_it_fills_the_memory(monkeypatch):
    bomb = archive(("providers/a/provider.toml", b"0" * 20_000_000), compression=zipfile.ZIP_DEFLATED)
    monkeypatch.setattr(input_files, "LARGEST_FILE", 1_000_000)
    with pytest.raises(CatalogFileError, match="unpacks to more than 1,000,000 bytes"):
        unpacked(bomb, "tree.zip", tree=True)


def test_an_archive_of_too_many_entries_is_refused(monkeypatch):
    monkeypatch.setattr(input_files, "MOST_ENTRIES", 3)
    with pytest.raises(CatalogFileError, match="holds 4 entries"):
        unpacked(archive(*((f"{at}.toml", "") for at in range(4))), "tree.zip", tree=True)


def test_only_models_dev_is_read_from_an_archive():
    with pytest.raises(CatalogFileError, match="one JSON file"):
        unpacked(archive(("a.toml", "")), "a.zip")


def test_a_file_of_200_megabytes_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(CatalogFileError, match=f"has 200,000,000 bytes: at most {LARGEST_FILE:,}"):
        input_files.gather(path)


def test_a_link_out_of_a_folder_is_refused(tmp_path):
    (tmp_path / "tree/providers").mkdir(parents=True)
    (tmp_path / "secret.toml").write_text("a = 1")
    (tmp_path / "tree/providers/provider.toml").symlink_to(tmp_path / "secret.toml")
    with pytest.raises(CatalogFileError, match="is a link out of the folder"):
        input_files.gather(tmp_path / "tree", tree=True)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.slow
@pytest.mark.parametrize("name", READABLE)
@FUZZ
@given(data=st.data())
def test_any_value_in_place_of_any_other_is_read_or_refused(name, data):
    whole = parsed(name)
    spots = list(_spots(whole))
    holder, key = data.draw(st.sampled_from(spots))
    holder[key] = data.draw(JSON)
    try:
        text = json.dumps(whole)
    except (TypeError, ValueError):
        return
    found = refused_or_read(name, text.encode())
    if found is not None:
        assert found.rows == len(found.document.models) + len(found.refused)


@pytest.mark.parametrize("name", READABLE)
@FUZZ
@given(data=st.data())
def test_any_bytes_are_read_or_refused(name, data):
    content = bytearray(piece(name))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    refused_or_read(name, bytes(content[: data.draw(st.integers(0, len(content)))]))


def _spots(value):
    """Every place in a value that could hold another one."""
    rows = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in rows:
        yield value, key
        yield from _spots(inner)
