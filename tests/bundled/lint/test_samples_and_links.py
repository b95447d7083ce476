"""Defects of samples, commands, addresses and lists, planted one by one: the lint reports each."""

from dataclasses import replace

import pytest
from django.conf import settings

from catalog.snippets import describe
from lint import record_rules, run
from lint.crawl import CrawledSite

SEED = "claude-sonnet-4-5-20250929"
IMAGE = "flux-2-flex-text-to-image"
QUICKSTART = "/docs/quickstart"
TASKS = "/docs/tasks-and-webhooks"


def rules(problems):
    return {problem.rule for problem in problems}


@pytest.fixture
def described(monkeypatch):
    """Changes every request that samples are made from."""

    def change(**changed):
        def planted(record):
            return [
                replace(request, **{name: make(request) for name, make in changed.items()})
                for request in describe(record)
            ]

        monkeypatch.setattr(record_rules, "describe", planted)

    return change


def sample(lint, described, asked, **changed):
    this, family = lint.members[asked], lint.family(asked)
    described(**changed)
    return [*run.of_record(this, family)]


def test_a_sample_of_another_action_is_reported(lint, described):
    path = "/api/v1/flux_2/remix_image"
    found = sample(lint, described, IMAGE, path=lambda _request: path)
    assert rules(found) == {"snippet"}
    assert f"POST {path}: not an endpoint of {IMAGE}" in found[0].message


def test_a_sample_without_a_required_parameter_is_reported(lint, described):
    found = sample(lint, described, IMAGE, body=lambda request: {"model": request.body["model"]})
    assert any("required, missing" in problem.message for problem in found)


def test_a_sample_with_an_unknown_parameter_is_reported(lint, described):
    found = sample(lint, described, IMAGE, body=lambda request: {**request.body, "sparkle": 1})
    assert any("sparkle: unknown parameter" in problem.message for problem in found)


def test_a_sample_whose_prompt_is_dots_is_reported(lint, described):
    for filler in ("...", "…", "<your prompt>", "your prompt here", ""):
        found = sample(
            lint, described, IMAGE, body=lambda request, said=filler: {**request.body, "prompt": said}
        )
        assert "filler" in rules(found), filler


def test_a_sample_of_another_model_is_reported(lint, described):
    found = sample(lint, described, SEED, model_id=lambda _request: "claude-sonnet-4.5")
    assert any("is not 'claude-sonnet-4-5-20250929'" in problem.message for problem in found)


def test_code_on_a_models_page_that_its_record_does_not_give_is_reported(lint):
    found = lint.model(SEED, {'<span class="mi">1024</span>': '<span class="mi">4096</span>'})
    assert rules(found) == {"sample"}


def test_a_model_of_no_catalog_in_any_sample_is_reported(lint):
    found = lint.page(QUICKSTART, {'"claude-sonnet-4-6"': '"claude-sonnet-4.6"'})
    assert rules(found) == {"sample model"}


def test_an_address_that_is_no_endpoint_in_any_sample_is_reported(lint):
    for wrong in ("/api/v1/task/text_to_image", "/v1/text_to_image"):
        found = lint.page(TASKS, {"/api/v1/flux_2/text_to_image": wrong})
        assert "sample address" in rules(found), wrong


def test_a_task_id_read_from_another_field_is_reported(lint):
    found = lint.page(TASKS, {"</span>.id<span": "</span>.task_id<span"})
    assert rules(found) == {"sample task"}
    found = lint.page(QUICKSTART, {"paste-the-id-here": "tsk_0123456789"})
    assert rules(found) == {"sample task"}


def test_a_second_name_for_the_key_is_reported(lint):
    found = lint.model(SEED, {settings.API_KEY_ENV: "ANTHROPIC_API_KEY"})
    assert "key variable" in rules(found)
    found = lint.page(QUICKSTART, {f"${settings.API_KEY_ENV}": "$MY_API_TOKEN"})
    assert rules(found) == {"sample key"}


def test_a_command_for_another_familys_skill_is_reported(lint):
    found = lint.model(SEED, {"npx skills add runapi-ai/claude -g": "npx skills add runapi-ai/suno -g"})
    assert rules(found) == {"skill"}
    own = f"npx skills add {settings.SITE_URL} --skill claude"
    assert rules(lint.model(SEED, {own: own.replace("claude", "suno")})) == {"skill"}
    coloured = 'claude<span class="w"> </span>-a<span class="w"> </span>claude-code'
    for path, shown in (("/docs/agent-skills", coloured), ("/skills/claude", f"{own} -a")):
        found = lint.page(path, {shown: shown.replace("claude", "clawed", 1)})
        assert rules(found) == {"sample skill"}, path


def test_the_tools_of_another_site_are_reported(lint):
    own = f"catalog {settings.SITE_URL}/mcp"
    assert rules(lint.model(SEED, {own: own.replace("/mcp", "/tools")})) == {"skill"}


def test_a_canonical_address_that_is_not_the_pages_own_is_reported(lint):
    own = f'href="{settings.SITE_URL}{lint.path(SEED)}"'
    assert rules(lint.model(SEED, {own: own.replace('"', '.md"').replace("=.md", "=")})) == {"canonical"}
    tag = f'<link rel="canonical" {own}>'
    assert rules(lint.model(SEED, {tag: ""})) == {"canonical"}


def test_a_sibling_that_the_page_does_not_lead_to_is_reported(lint):
    """Lists are in the HTML itself, so a visitor without JavaScript and this lint see the same."""
    found = lint.model(SEED, {'href="/models/claude/opus-4-8"': 'href="/models"'})
    assert [problem.message for problem in found] == ["no link to its sibling claude-opus-4-8"]


def test_a_page_without_its_list_of_variants_is_reported(lint):
    html = lint.html(lint.path(SEED))
    switcher = html[html.index('<section class="section" id="variants"') :].partition("</section>")[0]
    found = lint.model(SEED, {switcher: "", 'href="/models/claude/': 'data-later="/models/claude/'})
    assert len([problem for problem in found if problem.rule == "sibling"]) == len(lint.family(SEED)) - 1


def test_a_column_that_repeats_another_is_reported(lint):
    rows = "".join(f"<tr><th>{name}</th><td>{name}</td></tr>" for name in ("flex", "max", "pro"))
    table = f"<table><thead><tr><th>Version</th><th>Variant</th></tr></thead>{rows}</table>"
    heading = "<h1>Claude</h1>"
    found = lint.page("/models/claude", {heading: heading + table})
    assert rules(found) == {"repeated column"}


def planted(site, lint, address, link):
    """Put a link on a page, and answer what it leads to as the site does."""
    site.add(address, f'<main><a href="{link}">here</a></main>')
    response = lint.client.get(link.partition("#")[0])
    site.status[link.partition("#")[0]] = response.status_code
    if response.status_code == 200:
        site.add(link.partition("#")[0], response.content.decode())
    return [str(problem) for problem in run.links(site) if problem.place == address]


def test_a_slug_written_the_other_way_around_is_a_dead_link(lint):
    right = lint.path("topaz-upscale-image")
    wrong = right.replace("upscale-image", "image-upscale")
    assert planted(CrawledSite(), lint, "/planted", right) == []
    assert planted(CrawledSite(), lint, "/planted", wrong) == [f"/planted: link: {wrong} answers 404"]


def test_a_link_to_a_file_beside_the_page_is_a_dead_link(lint):
    for wrong in ("/models/claude.txt", f"{lint.path(SEED)}.html", "/models.xml"):
        assert planted(CrawledSite(), lint, "/planted", wrong) == [f"/planted: link: {wrong} answers 404"]


def test_a_fragment_that_its_page_does_not_have_is_reported(lint):
    assert planted(CrawledSite(), lint, "/planted", f"{lint.path(SEED)}#pricing") == []
    (found,) = planted(CrawledSite(), lint, "/planted", f"{lint.path(SEED)}#prices")
    assert "has no #prices" in found


def test_a_replacement_without_a_page_is_reported(lint):
    found = lint.record(SEED, replacement="claude-sonnet-9", replacement_path=None)
    assert rules(found) == {"replacement"}


def test_a_model_whose_page_is_not_answered_is_reported(lint):
    (found,) = run.models(CrawledSite(), {"claude": [lint.members[SEED]]})
    assert found.rule == "page"


def test_an_alias_that_is_another_models_id_is_reported(lint):
    assert rules(lint.record(SEED, aliases=["claude-sonnet-4-6"])) == {"name"}
