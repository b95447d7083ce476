"""Defects of sentences and spec sheets, planted one by one: the lint reports each."""

from catalog.comparison.difference import FieldDifference
from catalog.comparison.differences import ModelContrast
from lint import record_rules, run
from lint.crawl import CrawledSite

SEED = "claude-sonnet-4-5-20250929"
IMAGE = "flux-2-flex-text-to-image"
RETIRED = "claude-sonnet-4-20250514"
HOW = '<h2 id="how-it-works-heading">How it works</h2>'


def rules(problems):
    return {problem.rule for problem in problems}


def test_a_placeholder_that_nothing_filled_is_reported(lint):
    for placeholder in ("%{model}", "{{ model }}", "${model}", "{% model %}"):
        found = lint.model(SEED, {HOW: f"{HOW}<p>Set the model to {placeholder}.</p>"})
        assert rules(found) == {"placeholder"}, placeholder


def test_an_address_hidden_from_robots_is_reported(lint):
    found = lint.model(SEED, {HOW: f"{HOW}<p>Write to [email&#160;protected].</p>"})
    assert rules(found) == {"placeholder"}


def test_a_card_that_says_what_is_true_of_another_model_is_reported(lint):
    said = "Smaller context window: 200,000 against 1,000,000 tokens."
    found = lint.model(SEED, {said: "Fast and affordable, for high volumes."})
    assert rules(found) == {"comparison"}
    assert "no computed difference" in found[0].message


def test_a_card_that_says_nothing_but_a_name_is_reported(lint):
    html = lint.html(lint.path(SEED))
    card = html[html.index('<article class="card">') :].partition("</article>")[0]
    heading = card.partition("<ul>")[0]
    found = lint.model(SEED, {card: f"{heading}<p>claude-sonnet-4-6</p>"})
    assert rules(found) == {"comparison"}
    assert "says nothing" in found[0].message


def test_a_card_about_a_model_that_is_no_near_sibling_is_reported(lint):
    near = '<h3>Against <a href="/models/claude/sonnet-4-6">Claude Sonnet 4.<wbr>6</a></h3>'
    far = '<h3>Against <a href="/models/claude/opus-4-1-20250805">Claude Opus 4.<wbr>1</a></h3>'
    found = lint.model(SEED, {near: far})
    assert rules(found) == {"comparison"}
    assert "the nearest siblings" in found[0].message


def test_a_difference_between_two_equal_values_is_reported(lint, monkeypatch):
    sibling = lint.members["claude-sonnet-4-6"]
    same = FieldDifference("modality", "Modality", "Text", "Text", "Text against text.")
    monkeypatch.setattr(record_rules, "contrasts", lambda _this, _family: [ModelContrast(sibling, [same])])
    problems = [*run.of_record(lint.members[SEED], lint.family(SEED))]
    assert rules(problems) == {"comparison"}


def test_words_of_tasks_on_a_synchronous_models_page_are_reported(lint):
    for words in ("Poll the task ID.", "Register a webhook.", "Failed generations are free."):
        found = lint.model(SEED, {HOW: f"{HOW}<p>{words}</p>"})
        assert rules(found) == {"task words"}, words


def test_streaming_promised_where_it_is_not_recorded_is_reported(lint):
    found = lint.model(IMAGE, {HOW: f"{HOW}<p>Streaming when supported by the model.</p>"})
    assert rules(found) == {"streaming"}


def test_a_spec_sheet_that_lacks_a_field_is_reported(lint):
    for label in ("Context window", "Max output", "Released", "Reads", "Rate limit", "Aliases"):
        row = f'<th scope="row">{label}</th>'
        found = lint.model(SEED, {row: '<th scope="row">Anything</th>'})
        assert [problem.message for problem in found] == [f"there is no row {label!r}"]


def test_a_spec_sheet_that_differs_from_the_record_is_reported(lint):
    found = lint.model(SEED, {"<td>200,000 tokens</td>": "<td>1,000,000 tokens</td>"})
    assert rules(found) == {"specification"}


def test_a_value_where_nothing_is_on_record_is_reported(lint):
    row = '<th scope="row">Rate limit</th>\n<td class="unknown">Not stated</td>'
    found = lint.model(SEED, {row: '<th scope="row">Rate limit</th><td>50 per second</td>'})
    assert any("nothing is on record" in problem.message for problem in found)


def test_a_dated_snapshot_that_is_said_to_follow_new_versions_is_reported(lint):
    for words in ("A stable ID that handles version refreshes.", "It always points at the newest model."):
        found = lint.model(SEED, {HOW: f"{HOW}<p>{words}</p>"})
        assert rules(found) == {"snapshot"}, words


def test_a_dated_snapshot_that_is_called_an_alias_is_reported(lint):
    found = lint.model(SEED, {HOW: f"{HOW}<p>{SEED} is an alias of the newest Sonnet.</p>"})
    assert rules(found) == {"snapshot"}


def test_a_retired_model_whose_page_does_not_say_so_is_reported(lint):
    found = lint.model(RETIRED, {"etired": "ctive"})
    assert {"lifecycle", "specification"} <= rules(found)


def test_a_retirement_date_that_is_not_on_the_page_is_reported(lint):
    found = lint.model(SEED, {"30 November 2026": "soon"})
    assert "lifecycle" in rules(found)


def test_an_endpoint_that_is_on_record_and_not_on_the_page_is_reported(lint):
    found = lint.model(SEED, {"POST /<wbr>v1/<wbr>responses": "POST /<wbr>v1/<wbr>messages"})
    assert {problem.message for problem in found if problem.rule == "endpoint"} == {
        "POST /v1/responses is not on the page"
    }


def test_an_endpoint_of_which_only_a_longer_one_is_shown_is_reported(lint):
    found = lint.model(SEED, {"/<wbr>messages</code>": "/<wbr>messages/<wbr>count_<wbr>tokens</code>"})
    assert "POST /v1/messages is not on the page" in [problem.message for problem in found]


def test_one_sentence_on_many_models_pages_is_reported():
    """The same filler on a tenth of the pages is found; in a shared section it is expected."""
    site, paths = CrawledSite(), [f"/models/a/{number}" for number in range(30)]
    filler = "<p>This model hits the sweet spot between speed and cost.</p>"
    shared = "<section data-shared><p>Create an API key and put it into the environment.</p></section>"
    for number, path in enumerate(paths):
        own = filler if number < 4 else f"<p>Model {number} has a context window of its own.</p>"
        site.add(path, f"<main>{own}{shared}</main>")
    (problem,) = run.repeated(site, paths)
    assert problem.rule == "repeated"
    assert "on 4 of 30" in problem.message
    site.add(paths[0], "<main><p>Something else is said here, of this model.</p></main>")
    assert [*run.repeated(site, paths)] == []


def test_html_entities_in_markdown_are_reported(lint):
    case = {"title": "Drafts", "body": "Say &quot;hello&quot;.", "body_html": ""}
    assert rules(lint.record(SEED, best_for=[case])) == {"markdown"}


def test_html_that_was_escaped_twice_is_reported(lint):
    found = lint.model(SEED, {HOW: f"{HOW}<p>Say &amp;quot;hello&amp;#39;.</p>"})
    assert rules(found) == {"escaped twice"}
    assert len(found) == 2


def test_a_page_with_two_first_headings_or_none_is_reported(lint):
    found = lint.page("/docs", {"<h1>": "<h1>One more</h1><h1>"})
    assert rules(found) == {"heading"}
    found = lint.page("/docs", {"<h1>": "<h2>", "</h1>": "</h2>"})
    assert [problem.message for problem in found] == ["0 h1 headings, not 1"]
