"""The comparison page: one address for a set of models, clear answers, and what the API says."""

import re
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest

import hostile
from dom import tree
from rows import a_price, a_variant
from small import OTHER_LINE, OTHER_MAKER, SIBLING, TOKENS, TOKENS_PATH, VIDEO

pytestmark = pytest.mark.django_db
PATH = f"/compare/{OTHER_LINE}-vs-{TOKENS}"


def shown(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer
    return tree(answer.content)


def table(page):
    return page.one("div", class_="compare")


def cells(page):
    """Label with unit and condition -> the texts of the cells."""
    return {row[0].text: [cell.text for cell in row[1:]] for row in table(page).rows() if len(row) > 1}


@pytest.mark.parametrize(
    "asked",
    [
        f"/compare?models={TOKENS},{OTHER_LINE}",
        f"/compare?models={OTHER_LINE}&models={TOKENS}",
        f"/compare?models={TOKENS},{OTHER_LINE},linden-ballad-4-5,{OTHER_LINE}",
        f"/compare/{TOKENS}-vs-{OTHER_LINE}",
        f"/compare/{TOKENS.upper()}-vs-aria-4-5-20251001",
        "/compare/linden-aria-4-5-vs-linden-ballad-4-5",
        f"{PATH}/",
    ],
)
def test_every_way_to_name_the_models_leads_to_their_one_address(client, asked):
    answer = client.get(asked)
    assert (answer.status_code, answer["Location"]) == (301, PATH)
    page = shown(client, PATH)
    assert page.one("link", rel="canonical").attributes["href"].endswith(PATH)


def test_the_instant_the_use_and_the_choice_of_rows_stay_and_nothing_else_does(client):
    kept = "at=2026-11-25&differences=only&input_tokens=5"
    answer = client.get(f"/compare?models={TOKENS},{OTHER_LINE}&{kept}&utm_source=x")
    assert answer["Location"] == f"{PATH}?{kept}"


def test_an_id_that_holds_vs_has_an_address_of_the_other_form(client):
    for model_id in ("me-vs-you", "org/x:free"):
        a_variant(model_id)
    address = "/compare?models=me-vs-you,org/x:free"
    assert client.get("/compare/me-vs-you-vs-org/x:free")["Location"] == address
    page = shown(client, address)
    assert [head.first("a").text for head in table(page).first("thead").all("th")] == [
        "me-vs-you", "org/x:free"]  # fmt: skip
    form = page.one("form", class_="calculator") if page.all("form", class_="calculator") else None
    assert form is None
    assert page.one("link", rel="canonical").attributes["href"].endswith(address)


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/compare", 200, "2 to 6 models"),
        (f"/compare?models={TOKENS}", 200, "One model is chosen"),
        (f"/compare?models={TOKENS},nothing-like-it", 404, "There is no model nothing-like-it"),
        ("/compare?models=linden-balad-4-6", 404, SIBLING),
        ("/compare?models=,,,", 301, ""),
        ("/compare?models=", 301, ""),
        ("/compare/-vs-", 301, ""),
        (f"{PATH}?at=soon", 400, "not an instant"),
        (f"{PATH}?input_tokens=lots", 200, "is not a quantity"),
        (f"{PATH}?times=0&input_tokens=1", 200, "not a whole number"),
    ],
)
def test_what_is_no_comparison_is_answered_clearly(client, address, status, said):
    answer = client.get(address)
    assert answer.status_code == status
    if status != 301:
        assert said in tree(answer.content).text


def test_seven_are_too_many_and_each_can_be_taken_away(client):
    ids = [a_variant().model_id for _ in range(7)]
    page = shown(client, f"/compare?models={','.join(ids)}", status=400)
    assert "7 models are too many" in page.text
    links = page.one("ul", class_="compare-chosen").all("a")
    assert len(links) == 7
    assert shown(client, links[0].attributes["href"]).all("div", class_="compare")


def test_part_of_a_name_adds_the_only_model_or_offers_those_it_may_be(client):
    alone = client.get(f"/compare?models={TOKENS}&add=oriel-5.5")
    assert (alone.status_code, alone["Location"]) == (302, f"/compare/{TOKENS}-vs-{OTHER_MAKER}")
    page = shown(client, f"/compare?models={TOKENS}&add=aubade")
    offered = [link.attributes["href"] for link in page.one("ul", class_="suggestions").all("a")]
    assert len(offered) == 3
    assert all(urlsplit(href).path.count("-vs-") == 1 for href in offered)
    assert SIBLING in shown(client, f"/compare?models={OTHER_MAKER}&add=linden-balad-4-6").text
    assert "No model is near" in shown(client, "/compare?add=%E2%88%86%E2%88%86").text


def test_one_model_is_offered_its_nearest_siblings(client):
    page = shown(client, f"/compare?models={TOKENS}")
    first = page.one("ul", class_="suggestions").all("a")[0]
    assert first.text == SIBLING
    assert first.attributes["href"] == f"/compare/{TOKENS}-vs-linden-ballad-4-6"


@pytest.mark.parametrize("ids", [(OTHER_LINE, TOKENS), (TOKENS, OTHER_MAKER, VIDEO), ("swirl-3.0", VIDEO)])
def test_the_page_says_what_the_api_says(client, ids):
    page = shown(client, client.get(f"/compare?models={','.join(ids)}").get("Location"))
    (link,) = [link for link in page.one("p", class_="actions").all("a") if link.text == "JSON"]
    api = client.get(link.attributes["href"]).json()
    said = sorted(
        (", ".join(filter(None, [_measured(row), row["condition"]])), _texts(row)) for row in api["rows"]
    )
    rows = [row for row in table(page).rows() if len(row) > 1]
    assert sorted((row[0].text, [_plain(cell.raw) for cell in row[1:]]) for row in rows) == said
    best = [[cell["is_best"] for cell in row["cells"]] for row in api["rows"]]
    assert sum(map(sum, best)) == len(table(page).all("small", class_="best"))


WORDS = {"lower": "Lowest", "higher": "Largest", "later": "Latest"}


def _measured(row):
    return " ".join(filter(None, [row["label"], row["unit"]]))


def _texts(row):
    found = []
    for cell in row["cells"]:
        word = WORDS[row["better"]] if cell["is_best"] else ""
        word = "Longest" if word and row["key"] == "duration_seconds" else word
        found.append(_plain(" ".join(filter(None, [cell["text"], word, cell["note"]]))))
    return found


def _plain(text):
    return re.sub(r"\s+", "", text)


def test_differences_only_leaves_out_what_is_the_same_or_not_known(client):
    every, some = cells(shown(client, PATH)), cells(shown(client, f"{PATH}?differences=only"))
    assert 0 < len(some) < len(every)
    assert "Modality" in every
    assert "Modality" not in some
    for label, texts in some.items():
        assert len(set(texts)) > 1, label


def test_a_cost_is_for_the_use_that_the_visitor_sets(client):
    page = shown(client, f"{PATH}?input_tokens=2000000&times=3")
    row = next(texts for label, texts in cells(page).items() if label == "Cost by list price")
    # Of one call both windows are too small, which is said: no cost of what cannot be sent is the lowest.
    window = "Context window: 200,000 tokens, and one call here has 2,000,000."
    assert row == [f"$2.00 {window} 3 times: $6.00", f"$6.00 {window} 3 times: $18.00"]
    form = page.one("form", class_="calculator")
    assert {node.attributes["name"]: node.attributes["value"] for node in form.all("input")}[
        "input_tokens"
    ] == "2000000"
    assert form.attributes["action"] == PATH


def test_a_use_beyond_the_limits_of_a_model_is_not_the_lowest_of_those_that_take_it(client):
    for name, window, amount in (("small", 1_000, "1"), ("large", 9_000, "2"), ("largest", 90_000, "3")):
        variant = a_variant(f"testfam-{name}", modality="text", lifecycle="active", context_window=window)
        a_price(variant, amount=Decimal(amount))
    path = client.get("/compare?models=testfam-small,testfam-large,testfam-largest")["Location"]
    for tokens, lowest in (("1000", "testfam-small"), ("5000", "testfam-large")):
        page = shown(client, f"{path}?input_tokens={tokens}")
        costs = cells(page)["Cost"]
        crowned = [place for place, text in enumerate(costs) if "Lowest" in text]
        ids = [head.all("a")[0].text for head in table(page).one("thead").all("th")]
        assert [ids[place] for place in crowned] == [lowest], costs


def test_another_instant_is_shown_as_it_was_or_will_be(client):
    assert "Deprecated" in table(shown(client, f"{PATH}?at=2026-11-29")).text
    later = shown(client, f"{PATH}?at=2026-11-30")
    assert "Retired" in table(later).text
    assert "As of" in later.text
    drop = table(later).all("a", class_="compare-drop")[0]
    assert parse_qs(urlsplit(drop.attributes["href"]).query)["at"] == ["2026-11-30"]


@pytest.mark.parametrize("count", [2, 6])
def test_the_queries_do_not_grow_with_the_models(client, django_assert_num_queries, count):
    variants = [a_variant() for _ in range(count)]
    for variant in variants:
        a_price(variant)
    address = client.get(f"/compare?models={','.join(one.model_id for one in variants)}")["Location"]
    with django_assert_num_queries(3):
        shown(client, address)


@pytest.mark.slow
@pytest.mark.parametrize("name", hostile.entries("markdown")[::3])
def test_a_hostile_name_is_shown_as_text(client, name):
    clean = name.replace("\0", "")[:190]
    one, two = a_variant("testfam-a", name=clean), a_variant("testfam-b", name=clean)
    page = shown(client, f"/compare/{one.model_id}-vs-{two.model_id}")
    plain = shown(client, PATH)
    assert len(page.all("script")) == len(plain.all("script"))
    assert not [
        node for node in page.walk() if {"onerror", "onclick", "onload", "style"} & set(node.attributes)
    ]
    assert len(table(page).first("thead").all("th")) == 2


@pytest.mark.slow
@pytest.mark.parametrize("name", hostile.entries("model_ids"))
def test_a_hostile_address_is_answered(client, name):
    assert client.get("/compare", {"models": f"{name},{TOKENS}"}).status_code in (200, 301, 400, 404)


def test_every_list_and_page_offers_a_comparison(client):
    for path in ("/models", "/models/linden", "/providers/arbor"):
        page = shown(client, path)
        form = page.one("form", id="compare-picks")
        assert form.attributes["action"] == "/compare"
        boxes = page.all("input", form="compare-picks")
        assert TOKENS in {box.attributes["value"] for box in boxes}
        assert {box.attributes["name"] for box in boxes} == {"models"}
    model = shown(client, TOKENS_PATH)
    links = {link.attributes.get("href") for link in model.all("a")}
    assert {f"/compare?models={TOKENS}", f"/compare/{TOKENS}-vs-linden-ballad-4-6"} <= links
    assert all(tile.first("a", class_="tile-action") for tile in shown(client, "/").all("li", class_="tile"))
