"""Whatever a file or a document states, it is loaded or refused by our own error, which changes nothing."""

import json
import os
import tomllib
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from catalog.exchange import catalog_file, load
from catalog.exchange.document import CatalogDocument
from catalog.exchange.file_table import LARGEST_WHOLE, CatalogFileError
from catalog.exchange.plan import plan
from catalog.exchange.registry import READABLE
from catalog.models import Alias, ChangeEvent, Document, Family, Price, Provider, Revision, Source, Variant
from catalog.pricing.conditions import parse
from catalog.vocabulary import CAPABILITIES, Lifecycle, Modality, TaskType
from catalog_files import SMALL
from drawn_prices import DAY, TEXT, another_price, drawn
from other_catalogs import read
from small import TOKENS, TOKENS_ALIAS

pytestmark = pytest.mark.django_db

CASES = int(os.environ.get("FILE_CASES", "25"))
"""How many cases each property is tried on: FILE_CASES=5000 is the long run."""
SHORT = [phase for phase in Phase if phase is not Phase.explain]
FUZZ = settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck), phases=SHORT)
ROWS = (Provider, Family, Variant, Alias, Source, Price, Document, Revision, ChangeEvent)

HOSTILE = st.sampled_from(
    [
        *(
            "",
            " ",
            "a\0b",
            "a\u202eb",
            "\u2028",
            "é" * 201,
            "../..",
            "beacon-1",
            "beacon-latest",
            "arbor",
        ),
        *("linden", TOKENS_ALIAS, "http://127.0.0.1/", "2026-02-30", "9999-12-31", "-0", "1e400"),
    ]
)
NUMBERS = (
    st.integers()
    | st.integers(min_value=2**31)
    | st.floats()
    | st.sampled_from([2**63, -(2**64), 10**30, -1])
)
ANY = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(max_size=12) | HOSTILE,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
TOML = st.sampled_from(
    [
        *(
            "inf",
            "nan",
            "-1",
            "0",
            "1e400",
            "1e999999999",
            "9223372036854775808",
            '""',
            '"\\u0000"',
            "[]",
            "{}",
        ),
        *("[[]]", "[{}]", "1979-05-27", "07:32:00", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"),
        *('"beacon-1"', "true", "[1, 'a']", "{ a.b.c = 1 }", "0x7fffffffffffffffff", "'''\n'''", "1_0.0_1"),
    ]
)


def held():
    """What is on record: the number of rows of each kind, and what the models and their makers say."""
    counts = [rows.objects.count() for rows in ROWS]
    return counts, *(list(rows.objects.order_by("pk").values_list()) for rows in (Provider, Family, Variant))


def loaded_or_refused(make):
    """Make a document, plan and load it, and undo that; a refusal is our own and leaves what there was."""
    before = held()
    with transaction.atomic():
        try:
            load.apply(plan(make()), reason="Fuzz")
        except CatalogFileError as error:
            assert error.reason.strip()  # noqa: PT017
            assert held() == before
        transaction.set_rollback(True)


@pytest.mark.slow
@FUZZ
@given(data=st.data())
def test_any_value_in_a_file_of_ours(data):
    whole = json.loads(json.dumps(tomllib.loads(SMALL), default=lambda day: day.isoformat()))
    for _ in range(data.draw(st.integers(1, 2))):
        holder, key = data.draw(st.sampled_from(list(_spots(whole))))
        holder[key] = data.draw(ANY)
    content = json.dumps(whole).encode()
    loaded_or_refused(lambda: catalog_file.parse(content, "a.json"))


@FUZZ
@given(data=st.data())
def test_any_literal_of_toml_in_a_file_of_ours(data):
    lines = SMALL.splitlines()
    spots = [at for at, line in enumerate(lines) if " = " in line]
    for at in data.draw(st.lists(st.sampled_from(spots), min_size=1, max_size=2)):
        parts = lines[at].split(" = ")
        which = data.draw(st.integers(1, len(parts) - 1))
        tail = parts[which][len(parts[which].split(",")[0]) :] if which < len(parts) - 1 else ""
        lines[at] = " = ".join([*parts[:which], data.draw(TOML) + tail, *parts[which + 1 :]])
    content = "\n".join(lines).encode()
    loaded_or_refused(lambda: catalog_file.parse(content, "a.toml"))


@FUZZ
@given(data=st.data())
def test_any_bytes_in_a_file_of_ours(data):
    content = bytearray(SMALL.encode())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.just(len(content)) | st.integers(0, len(content)))
    loaded_or_refused(lambda: catalog_file.parse(bytes(content[:cut]), "a.toml"))


IDS = st.sampled_from(["beacon-1", "beacon-2", "beacon-latest", TOKENS_ALIAS, TOKENS, "nowhere", "x/y"])
SLUGS = st.sampled_from(["beacon", "example-labs", "arbor", "linden", "nowhere", "a" * 100])
FIELDS = {
    **dict.fromkeys(("released_on", "deprecated_on", "retires_on", "snapshot_on"), DAY),
    **dict.fromkeys(("context_window", "max_output_tokens"), st.integers(1, LARGEST_WHOLE)),
    **dict.fromkeys(("commercial_use", "open_weights"), st.booleans()),
    **dict.fromkeys(("name", "overview", "price_claim"), TEXT),
    "slug": IDS | SLUGS,
    "position": st.integers(0, LARGEST_WHOLE),
    "modality": st.sampled_from(Modality.values),
    "input_modalities": st.lists(st.sampled_from(Modality.values), unique=True),
    "task_type": st.sampled_from(TaskType.values),
    "lifecycle": st.sampled_from(Lifecycle.values),
    "capabilities": st.lists(st.sampled_from(list(CAPABILITIES)), unique=True),
    "actions": st.lists(TEXT, max_size=3, unique=True),
}


def _another_model(draw, entry):
    what = draw(
        st.sampled_from(["id", "family", "fields", "fields", "replacement", "aliases", "prices", "prices"])
    )
    if what == "id":
        return replace(entry, model_id=draw(IDS))
    if what == "family":
        return replace(entry, family=draw(SLUGS))
    if what == "fields":
        key = draw(st.sampled_from(list(FIELDS)))
        return replace(entry, fields={**entry.fields, key: draw(FIELDS[key])})
    if what == "replacement":
        return replace(entry, replacement=draw(st.none() | IDS))
    if what == "aliases":
        rows = [{"alias_id": word} for word in draw(st.lists(IDS, max_size=3))]
        return replace(entry, groups={**entry.groups, "aliases": rows})
    prices = list(entry.prices)
    for _ in range(draw(st.integers(1, 2)) if prices else 0):
        at = draw(st.integers(0, len(prices) - 1))
        prices.append(another_price(draw, prices[at]))
        if draw(st.booleans()):
            del prices[at]
    return replace(entry, prices=prices)


def _another(draw, document):
    """Give a few models of a document, some values, rows and parents of which are others."""
    start = draw(st.integers(0, max(0, len(document.models) - 3)))
    models = document.models[start : start + 3]
    families, providers = list(document.families), list(document.providers)
    for _ in range(draw(st.integers(1, 3))):
        rows = draw(st.sampled_from([models, models, models, families, providers]))
        if not rows:
            continue
        at = draw(st.integers(0, len(rows) - 1))
        what = draw(st.sampled_from(["another", "another", "another", "twice", "away"]))
        if what == "twice":
            rows.append(rows[at])
        elif what == "away":
            del rows[at]
        elif rows is models:
            rows[at] = _another_model(draw, rows[at])
        elif rows is families:
            rows[at] = drawn(draw, rows[at], {"slug": SLUGS, "provider": SLUGS})
        else:
            rows[at] = replace(rows[at], slug=draw(SLUGS))
    return CatalogDocument(providers, families, models, document.cited)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ours", *READABLE])
@FUZZ
@given(data=st.data())
def test_any_document(name, data):
    whole = catalog_file.parse(SMALL.encode(), "a.toml") if name == "ours" else read(name).document
    loaded_or_refused(lambda: _another(data.draw, whole))


@pytest.mark.slow
@FUZZ
@given(data=st.data())
def test_any_document_after_the_one_it_was(data):
    """What is on record already is compared, succeeded and restated."""
    whole = catalog_file.parse(SMALL.encode(), "a.toml")
    with transaction.atomic():
        load.apply(plan(whole), reason="Fuzz")
        loaded_or_refused(lambda: _another(data.draw, whole))
        loaded_or_refused(lambda: _later(_another(data.draw, whole), data.draw(st.integers(1, 400))))
        transaction.set_rollback(True)


def test_a_model_without_its_family_and_a_family_without_its_provider_are_refused():
    whole = catalog_file.parse(SMALL.encode(), "a.toml")
    with pytest.raises(CatalogFileError, match="the family beacon is not stated"):
        plan(replace(whole, families=[]))
    with pytest.raises(CatalogFileError, match="the provider example-labs is not stated"):
        plan(replace(whole, providers=[]))
    foreign = read("litellm").document
    found = plan(replace(foreign, providers=[], families=[]))
    assert not found.models
    assert any("is not stated" in one.reason for one in found.refused)


def test_a_tie_of_one_meter_is_seen_beside_another_meter_under_the_same_conditions():
    document = catalog_file.parse(SMALL.encode(), "a.toml")
    (price,) = document.models[0].prices
    batch, region = {"service_tier": "batch"}, {"region": "eu"}
    for meter, held_under in (("input_tokens", batch), ("input_tokens", region), ("output_tokens", batch)):
        more = replace(price, value=replace(price.value, meter=meter, conditions=parse(held_under)))
        document.models[0].prices.append(more)
    with pytest.raises(CatalogFileError, match=r"sell prices of input_tokens .* tie"):
        plan(document)


def _later(document, days):
    def moved(price):
        return replace(price, effective_from=price.effective_from + timedelta(days=days))

    document.models = [replace(row, prices=[moved(price) for price in row.prices]) for row in document.models]
    return document


def _spots(value):
    """Every place in a value that could hold another one."""
    rows = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in rows:
        yield value, key
        yield from _spots(inner)
