"""What a model's page and its twins say of its end, platform by platform."""

import re
from datetime import date

import pytest

from catalog.models import Source
from catalog.publishing.publish import publish
from catalog.vocabulary import Origin
from rows import a_variant

pytestmark = pytest.mark.django_db
PAGE = "/models/testfam/old"


def says(platform="vendor", **stated):
    row = {"platform": platform, "source_label": "a page", "trust": "vendor", **stated}
    return {"source": "https://example.com/ends", "read_on": "2026-09 or later", **row}


def old(*rows, **columns):
    return a_variant("testfam-old", end_of_life=list(rows), **columns)


def table(client):
    page = client.get(PAGE).content.decode()
    _before, _, section = page.partition('id="end-of-life"')
    return section.partition("</section>")[0]


def test_each_platform_has_a_row_with_its_day_firmness_and_source(client):
    old(
        says(retires_on="2026-12-01", firmness="committed", replacements=["elsewhere"]),
        says("vertex", retires_on="2027-03-01", firmness="earliest", source_label="Google's list"),
        says("other: Novita", retires_on="2026-08-19", firmness="observed", trust="aggregator"),
        retires_on=date(2026, 12, 1),
    )
    section = table(client)
    for words in (
        "1 December 2026",
        "not before 1 March 2027",
        "<code>elsewhere</code>",
        'href="https://example.com/ends"',
        "Google Vertex AI",
        "Novita",
        "read 2026-09 or later",
        "Third party",
        "/docs/deprecations#platforms",
    ):
        assert words in section, words
    twin = client.get(f"{PAGE}.md").content.decode()
    for words in ("not before 1 March 2027", "`elsewhere`", "read 2026-09 or later", "Novita"):
        assert words in twin, words


def test_what_contradicts_the_governing_statement_is_marked(client):
    old(
        says(retires_on="2026-12-01", firmness="committed"),
        says(retires_on="2027-01-05", firmness="committed", trust="sdk", source_label="an SDK"),
        says("bedrock", retires_on="2027-02-01", firmness="committed"),
        retires_on=date(2026, 12, 1),
    )
    section = table(client)
    assert section.count("contradicts: Retires") == 1
    assert "what holds is marked" in section
    assert "contradicts" in client.get(f"{PAGE}.md").content.decode()


def test_other_replacements_contradict_and_another_order_does_not(client):
    named = [["next-2", "next-1"], ["next-1", "next-2"], ["next-3"]]
    old(*(says(replacements=names, source_label=f"page {names[0]}") for names in named))
    assert table(client).count("contradicts: Replacement") == 1


def test_a_stage_that_says_less_than_a_date_contradicts_nothing(client):
    old(
        says(lifecycle="active", retires_on="2026-12-01", firmness="committed"),
        says(lifecycle="deprecated", trust="sdk", source_label="an SDK"),
        says(lifecycle="preview", trust="aggregator", source_label="a catalog"),
        lifecycle="active",
        retires_on=date(2026, 12, 1),
    )
    for text in (table(client), client.get(f"{PAGE}.md").content.decode()):
        assert "contradict" not in text.replace("contradicts nothing", "")
    assert client.get(f"{PAGE}.json").json()["lifecycle"] == "deprecated"


def test_what_a_date_decides_is_said_where_sources_contradict_one_another(client):
    old(
        says(lifecycle="active", retires_on="2026-12-01", firmness="committed"),
        says(lifecycle="retired", firmness="observed", trust="sdk", source_label="an SDK"),
        lifecycle="active",
        retires_on=date(2026, 12, 1),
    )
    for text in (table(client), client.get(f"{PAGE}.md").content.decode()):
        assert text.count("contradicts: Lifecycle") == 1
        assert "a firm date decides over a stage that says less" in " ".join(text.split())


def test_without_a_date_a_stage_that_differs_contradicts_the_first(client):
    old(
        says(lifecycle="deprecated"),
        says(lifecycle="active", trust="sdk", source_label="an SDK"),
        lifecycle="deprecated",
    )
    assert table(client).count("contradicts: Lifecycle") == 1


def test_the_statements_are_in_the_json(client):
    old(says(retires_on="2026-12-01", firmness="committed", replacements=["elsewhere"]))
    (row,) = client.get(f"{PAGE}.json").json()["end_of_life"]
    assert row["source"] == "https://example.com/ends"
    assert (row["platform"], row["retires_on"], row["firmness"]) == ("vendor", "2026-12-01", "committed")
    assert row["replacements"] == ["elsewhere"]


def test_without_statements_there_is_no_section(client):
    old()
    assert 'id="end-of-life"' not in client.get(PAGE).content.decode()


def test_a_replacement_that_is_ending_too_is_named_and_the_one_behind_it_recommended(client):
    a_variant("testfam-new", lifecycle="active", name="The new one")
    a_variant("testfam-mid", lifecycle="retired", end_of_life=[says(replacements=["testfam-new"])])
    old(says(lifecycle="deprecated", replacements=["testfam-mid"]), lifecycle="deprecated")
    page = client.get(PAGE)
    text = page.content.decode()
    assert '<a href="/models/testfam/mid">testfam-mid</a> <small>(Retired)</small>' in text
    assert 'Active model that follows: <a href="/models/testfam/new">The new one</a>' in text
    assert '/models/testfam/new>; rel="successor-version"' in page["Link"]
    twin = client.get(f"{PAGE}.md").content.decode()
    assert "Active model that follows: [The new one](" in twin
    record = client.get("/api/v1/models/testfam-old")
    assert (record.json()["replacement"], record.json()["successor"]) == (None, "testfam-new")
    assert '/api/v1/models/testfam-new>; rel="successor-version"' in record["Link"]


def test_where_all_named_are_unknown_here_the_closest_active_sibling_is_offered(client):
    a_variant("testfam-new", lifecycle="active")
    a_variant("testfam-older", lifecycle="deprecated")
    old(says(lifecycle="deprecated", replacements=["elsewhere"]), lifecycle="deprecated")
    page = client.get(PAGE)
    text = page.content.decode()
    assert "Replacement: <code>elsewhere</code>." in text
    assert 'Closest active model, computed from the records: <a href="/models/testfam/new">' in text
    assert "successor-version" not in page.get("Link", "")


def test_what_no_source_says_is_not_on_record_here_which_is_not_unpublished(client):
    old(lifecycle="deprecated")
    text = client.get(PAGE).content.decode()
    assert "Replacement: not on record here." in text
    assert "retires is not on record here." in text
    assert "not published." not in text.partition("<main")[2].partition('id="pricing"')[0]


def test_an_earliest_day_is_not_before_and_retires_nothing_after_it_has_come(client):
    row = says(lifecycle="deprecated", retires_on="2026-11-20", firmness="earliest")
    old(row, lifecycle="deprecated", retires_not_before=date(2026, 11, 20))
    text = client.get(PAGE).content.decode()
    assert "retires not before 20 November 2026." in text
    assert "Retires on" not in text
    assert client.get(f"{PAGE}.json").json()["lifecycle"] == "deprecated"


def test_the_day_of_the_banner_has_the_source_that_governs(client):
    old(says(retires_on="2026-12-01", firmness="committed"), retires_on=date(2026, 12, 1))
    text = client.get(PAGE).content.decode()
    callout = text.partition("callout-warn")[2].partition("</div>")[0]
    assert 'href="https://example.com/ends"' in callout


def test_the_spec_sheet_names_replacements_that_the_catalog_lacks(client):
    variant = old(says(lifecycle="deprecated", replacements=["elsewhere"]))
    text = client.get(PAGE).content.decode()
    sheet = text.partition('id="specs"')[2].partition("</section>")[0]
    assert "elsewhere" in sheet
    compared = client.get("/compare/testfam-old-vs-linden-ballad-5", follow=True).content.decode()
    assert "elsewhere" in compared
    with publish(actor=None, origin=Origin.ADMIN, reason="") as edition:
        edition.change(variant, {"end_of_life": []})
    assert "elsewhere" not in client.get(PAGE).content.decode()


def test_the_question_of_switching_names_what_the_banner_names(client):
    row = says(retires_on="2026-12-01", firmness="committed", replacements=["elsewhere", "testfam-gone"])
    a_variant("otherfam-new", lifecycle="active", name="The new one")
    a_variant("testfam-gone", lifecycle="retired", end_of_life=[says(replacements=["otherfam-new"])])
    old(row, retires_on=date(2026, 12, 1))
    named = "Named to replace it: `elsewhere` and testfam-gone. Active model that follows: The new one."
    answers = [one["answer"] for one in client.get("/api/v1/models/testfam-old").json()["faq"]]
    assert named in answers
    twin = client.get(f"{PAGE}.md").content.decode()
    assert named in twin
    assert "has no other model" not in twin


def test_a_model_alone_in_its_family_has_the_named_replacement(client):
    old(says(lifecycle="deprecated", replacements=["elsewhere"]), lifecycle="deprecated")
    answers = [one["answer"] for one in client.get("/api/v1/models/testfam-old").json()["faq"]]
    assert "Named to replace it: `elsewhere`." in answers


def sheet_line(client, label):
    text = client.get(PAGE).content.decode()
    sheet = text.partition('id="specs"')[2].partition("</section>")[0]
    row = sheet.partition(f'<th scope="row">{label}</th>')[2].partition("</tr>")[0]
    anchors = re.findall(r'href="#([\w-]+)"', row)
    return [sheet.partition(f'<li id="{one}">')[2].partition("</li>")[0] for one in anchors]


def test_a_stage_that_a_statement_decides_cites_it_and_nothing_older(client):
    seen = says(lifecycle="retired", firmness="observed", source_label="seen in August", read_on="2026-08-20")
    variant = old(seen, lifecycle="retired")
    with publish(actor=None, origin=Origin.FILE, reason="") as edition:
        edition.add(Source(variant=variant, fields=["lifecycle"], label="a file of July"))
        edition.touch(variant)
    (cited,) = sheet_line(client, "Lifecycle")
    assert "seen in August" in cited
    assert "20 August 2026" in cited


def test_a_replacement_cites_the_row_that_names_it(client):
    old(
        says(retires_on="2026-12-01", firmness="committed", source_label="the list of ends"),
        says(
            replacements=["elsewhere"], trust="sdk", source_label="an SDK", source="https://example.com/sdk"
        ),
        retires_on=date(2026, 12, 1),
    )
    (cited,) = sheet_line(client, "Replacement")
    assert 'href="https://example.com/sdk"' in cited
    (dated,) = sheet_line(client, "Retires")
    assert "the list of ends" in dated
    callout = client.get(PAGE).content.decode().partition("callout-warn")[2].partition("</div>")[0]
    day, _, named = callout.partition("Replacement:")
    assert ('href="https://example.com/ends"' in day, 'href="https://example.com/sdk"' in named) == (
        True,
        True,
    )


def test_one_row_that_says_both_is_one_source_of_the_banner(client):
    old(
        says(retires_on="2026-12-01", firmness="committed", replacements=["elsewhere"]),
        retires_on=date(2026, 12, 1),
    )
    callout = client.get(PAGE).content.decode().partition("callout-warn")[2].partition("</div>")[0]
    assert callout.count('href="https://example.com/ends"') == 1


def test_a_day_that_has_passed_is_not_said_to_be_ahead(client):
    old(says(retires_on="2026-08-01", firmness="committed"), retires_on=date(2026, 8, 1))
    assert sheet_line(client, "Retired on")
    assert "Announced" not in table(client)
    for text in (client.get(PAGE).content.decode(), client.get(f"{PAGE}.md").content.decode()):
        assert "in force" not in text.replace("Every price in force", "")


def test_the_row_that_decides_comes_first_and_is_marked(client):
    old(
        says(lifecycle="deprecated", source_label="a list", replacements=["elsewhere"]),
        says(retires_on="2026-12-01", firmness="committed", trust="sdk", source_label="an SDK"),
        says("bedrock", retires_on="2027-02-01", firmness="earliest", source_label="another cloud"),
        retires_on=date(2026, 12, 1),
    )
    for text in (table(client), client.get(f"{PAGE}.md").content.decode().partition("| Platform")[2]):
        assert text.index("Holds: Retires") < text.index("an SDK") < text.index("a list")
        assert text.count("Holds: Replacement") == 1
        assert "Earliest possible day" not in text
        assert "not before 1 February 2027" in text


def test_a_row_that_decides_all_just_holds(client):
    old(says(retires_on="2026-12-01", firmness="committed"), retires_on=date(2026, 12, 1))
    assert "<strong>Holds</strong>" in table(client)
