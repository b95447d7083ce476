"""Longest prompts, vector sizes, licenses and links in files, on pages and in the admin; prices that end."""

import json
from datetime import UTC, datetime

import pytest

from catalog.exchange import catalog_file
from catalog.exchange.dump import dump
from catalog.exchange.file_table import CatalogFileError
from catalog.exchange.load import apply
from catalog.exchange.plan import plan
from catalog.exchange.write_toml import render
from catalog.models import ChangeEvent, Price, Revision, Variant
from catalog.vocabulary import Origin

pytestmark = pytest.mark.django_db

FILE = """
[provider]
slug = "labs"
name = "Labs"

[[family]]
slug = "beacon"
name = "Beacon"

[[family.endpoint]]
method = "POST"
path = "/v1/embeddings"
protocol = "openai-embeddings"

[[family.endpoint]]
method = "POST"
path = "/v1/messages"
protocol = "anthropic-messages"

[[family.model]]
model_id = "beacon-1"
license = { name = "MIT", url = "https://labs.example/license" }
links = [
  { kind = "pricing", url = "https://labs.example/pricing" },
  { kind = "weights", url = "https://labs.example/weights" },
]
context_window = 1000
max_input_tokens = 900
endpoints = ["POST /v1/messages"]
sources = [{ fields = ["license", "links", "max_input_tokens"], label = "Labs" }]

[[family.model.price]]
kind = "list"
meter = "cache_write_5m_tokens"
amount = "2"
effective_from = 2026-11-01T00:00:00Z
"""
VECTORS = """
[[family.model]]
model_id = "beacon-vectors"
max_output_tokens = 1536
endpoints = ["POST /v1/embeddings"]
sources = [{ fields = ["max_output_tokens"], label = "Labs" }]
"""
ENDED = FILE + "effective_until = 2026-11-02T00:00:00Z\n"
END = datetime(2026, 11, 2, tzinfo=UTC)


def read(text):
    return catalog_file.parse(text.encode(), "labs.toml")


def price():
    return Price.objects.get(variant__model_id="beacon-1")


def load(text):
    load_plan = plan(read(text))
    apply(load_plan, reason="a test")
    return load_plan


def test_what_a_file_states_is_in_the_database_the_api_the_page_and_the_file_again(client):
    load(FILE)
    model = client.get("/api/v1/models/beacon-1").json()
    assert model["license"] == {"name": "MIT", "url": "https://labs.example/license"}
    assert [row["kind"] for row in model["links"]] == ["pricing", "weights"]
    assert (model["context_window"], model["max_input_tokens"]) == (1000, 900)
    page = client.get("/models/beacon/1.md").content.decode()
    assert "| License | [MIT](https://labs.example/license) |" in page
    assert "[Pricing](https://labs.example/pricing), [Weights](https://labs.example/weights)" in page
    assert "| Max input | 900 tokens |" in page
    written = render(dump())["labs"]
    assert read(written).models == read(written).models
    for line in FILE.partition("license")[2].partition("endpoints")[0].splitlines():
        assert line in f"license{written.partition('license')[2]}", line


@pytest.mark.parametrize(
    ("was", "wrong", "reason"),
    [
        ('name = "MIT", ', "", "'name' is missing"),
        ('name = "MIT"', 'title = "MIT"', "the key is not known"),
        ('kind = "pricing"', 'kind = "price"', "'price' is not known"),
        ("https://labs.example/pricing", "javascript:alert(1)", "links"),
        ("max_input_tokens = 900", "max_input_tokens = 0", "max_input_tokens"),
    ],
)
def test_what_is_none_is_refused_with_its_place(was, wrong, reason):
    with pytest.raises(CatalogFileError, match=rf"labs\.toml:\d+.*{reason}"):
        read(FILE.replace(was, wrong))


def test_a_plan_says_tables_in_words():
    load(FILE)
    lines = plan(read(FILE.replace("MIT", "BSD").replace("/pricing", "/prices"))).lines
    assert [line.said for line in lines] == [
        "license: MIT · https://labs.example/license → BSD · https://labs.example/license",
        "links: 2 rows → 2 rows",
    ]


def test_an_output_limit_of_an_embedding_model_in_a_file_of_0_1_0_is_the_size_of_its_vectors():
    load(FILE + VECTORS)
    model = Variant.objects.get(model_id="beacon-vectors")
    assert (model.vector_size, model.max_output_tokens) == (1536, None)
    assert [source.fields for source in model.sources.all()] == [["vector_size"]]
    entry = read(
        FILE.replace('"POST /v1/messages"]', '"POST /v1/messages"]\nmax_output_tokens = 500')
    ).models[0]
    assert entry.fields["max_output_tokens"] == 500, "of other models it is what it says"


def test_a_file_ends_a_price_on_record_once():
    load(FILE)
    before = plan(read(ENDED))
    (line,) = before.lines
    assert (line.verb, line.subject) == ("change", "beacon-1")
    assert "it ends on 2026-11-02" in line.said
    load(ENDED)
    assert price().effective_until == END
    event = ChangeEvent.objects.filter(kind="price").latest("pk")
    assert "list price of cache write" in event.summary
    assert "ends, from 2026-11-02 00:00 UTC on" in event.summary
    assert plan(read(ENDED)).is_empty


def test_a_price_that_an_admin_set_goes_on():
    load(FILE.partition("[[family.model.price]]")[0])
    stated = read(FILE).models[0].prices[0]
    Price.objects.create(
        variant=Variant.objects.get(model_id="beacon-1"),
        **stated.value.columns(),
        effective_from=stated.effective_from,
        origin=Origin.ADMIN,
        revision=Revision.objects.latest("number"),
    )
    assert plan(read(ENDED)).is_empty
    assert len(plan(read(ENDED), force=True).ended) == 1


def test_a_price_with_a_successor_in_the_file_ends_by_it():
    load(FILE)
    following = FILE.partition("[[family.model.price]]")[2].replace('"2"', '"3"')
    following = following.replace("11-01", "11-02")
    after = load(f"{ENDED}\n[[family.model.price]]{following}")
    assert (after.ended, len(after.successors)) == ([], 1)
    amounts = [
        (f"{row.amount:f}"[0], row.effective_until)
        for row in Price.objects.filter(variant__model_id="beacon-1").order_by("effective_from")
    ]
    assert amounts == [("2", END), ("3", None)]


def test_the_admin_reads_a_license_and_links_as_files_do(admin_client):
    load(FILE)
    model = Variant.objects.get(model_id="beacon-1")
    address = f"/admin/catalog/variant/{model.pk}/change/"
    page = admin_client.get(address)
    sent = {**page.context["adminform"].form.initial}
    form = type(page.context["adminform"].form)
    for name, value, reason in [
        ("license", {"url": "https://labs.example"}, "'name' is missing"),
        ("links", [{"kind": "pricing"}], "'url' is missing"),
        ("license", ["MIT"], "is not a table"),
    ]:
        filled = form(
            {key: "" if item is None else item for key, item in sent.items()} | {name: json.dumps(value)},
            instance=model,
        )
        assert reason in " ".join(filled.errors[name])
