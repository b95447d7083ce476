"""Each endpoint that can be called is described once, with its own path, body and polling address."""

import re

import pytest

from catalog.records.record import Record
from catalog.snippets import LANGUAGES, Request, SiteSettings, describe, snippets, validate_request
from catalog.snippets.protocols import DIALECTS
from catalog.vocabulary import Protocol
from small import UNKNOWN_KIND
from snippet_records import (
    SITE,
    endpoint,
    gemini_record,
    made_records,
    make_record,
    speech_record,
    task_record,
    text_record,
)


def test_every_protocol_of_the_vocabulary_has_a_row() -> None:
    assert set(DIALECTS) == set(Protocol.values)


def plain(record: Record) -> list[Request]:
    """The calls without an option."""
    return [request for request in describe(record) if request.option == "basic"]


def test_each_text_protocol_is_described_once() -> None:
    described = plain(text_record())
    assert [(request.protocol, request.path) for request in described] == [
        ("anthropic-messages", "/v1/messages"),
        ("openai-chat", "/v1/chat/completions"),
        ("openai-responses", "/v1/responses"),
        ("openai-embeddings", "/v1/embeddings"),
        ("gemini-generate-content", "/v1beta/models/linden-ballad-4-5-20250929:streamGenerateContent"),
    ]


def test_a_whole_answer_is_preferred_to_a_stream() -> None:
    (request,) = plain(gemini_record())
    assert request.path.endswith(":generateContent")
    assert not request.is_streaming


def test_a_model_that_only_streams_is_read_as_a_stream() -> None:
    request = describe(text_record())[-1]
    assert request.is_streaming
    assert request.address.endswith(":streamGenerateContent?alt=sse")
    for language, reading in [
        ("curl", "--no-buffer"),
        ("python", "generate_content_stream("),
        ("javascript", "generateContentStream("),
    ]:
        assert reading in LANGUAGES[language](request, SITE).code


def test_the_model_id_is_quoted_where_the_path_holds_it() -> None:
    (request,) = plain(gemini_record("org/model:free?x=1"))
    assert request.path == "/v1beta/models/org%2Fmodel%3Afree%3Fx%3D1:generateContent"


def test_a_task_is_polled_at_its_own_endpoint() -> None:
    requests = describe(task_record())
    image, remix = "/api/v1/prism_2/text_to_image/{task_id}", "/api/v1/prism_2/remix_image/{task_id}"
    assert [(request.option, request.poll_path) for request in requests] == [
        ("basic", image),
        ("webhook", None),
        ("retry", image),
        ("basic", remix),
        ("webhook", None),
        ("retry", remix),
    ]
    assert all(request.is_asynchronous for request in requests)


def test_a_task_without_a_polling_endpoint_on_record_is_only_created() -> None:
    record = task_record()
    record["endpoints"] = [entry for entry in record["endpoints"] if entry["method"] == "POST"]
    for request in describe(record):
        assert request.poll_path is None
        for render in LANGUAGES.values():
            assert "pending" not in render(request, SITE).code


def test_a_polling_endpoint_elsewhere_than_under_the_call_is_used_as_it_stands() -> None:
    record = task_record()
    path = "/api/v1/prism_2/text_to_image/{task_id}/state"
    record["endpoints"][1] = endpoint(path, "task", "text_to_image", "GET")
    assert describe(record)[0].poll_path == path


def test_an_action_answered_at_once_never_speaks_of_tasks() -> None:
    for snippet in snippets(speech_record(), SITE):
        assert "task" not in snippet.code
        assert "pending" not in snippet.code


def test_a_model_about_which_nothing_is_known_has_no_snippets() -> None:
    assert snippets(make_record(UNKNOWN_KIND, []), SITE) == []
    assert snippets(make_record("live", [endpoint("/v1/live/webrtc", "realtime")]), SITE) == []
    assert snippets(make_record("odd", [endpoint("/v1/odd", "some-protocol")]), SITE) == []


def test_snippets_can_be_narrowed_and_say_what_they_are() -> None:
    every = snippets(text_record(), SITE, option="basic")
    assert len(every) == 5 * len(LANGUAGES)
    (one,) = snippets(text_record(), SITE, protocol="openai-chat", language="python", option="basic")
    assert (one.protocol, one.language, one.option, one.action) == ("openai-chat", "python", "basic", None)
    assert one in every
    assert snippets(text_record(), SITE, language="cobol") == []


def test_each_snippet_says_what_it_needs_installed() -> None:
    needs = {
        (snippet.protocol, snippet.language): snippet.install
        for record in made_records()
        for snippet in snippets(record, SITE, option="basic")
    }
    assert needs["anthropic-messages", "python"] == "pip install anthropic"
    assert needs["anthropic-messages", "javascript"] == "npm install @anthropic-ai/sdk"
    assert needs["openai-responses", "javascript"] == "npm install openai"
    assert needs["gemini-generate-content", "python"] == "pip install google-genai"
    assert needs["gemini-generate-content", "javascript"] == "npm install @google/genai"
    assert needs["task", "python"] == "pip install requests"
    assert needs["task", "javascript"] == ""
    assert needs["task", "curl"] == "sudo apt install jq"
    assert needs["task-sync", "curl"] == ""


def test_the_key_is_only_ever_read_from_the_site_s_variable() -> None:
    site = SiteSettings("https://api.example.net", "GATE_KEY")
    for record in made_records():
        for snippet in snippets(record, site):
            assert LANGUAGES[snippet.language].reading.text(site) in snippet.code
            assert snippet.code.count("https://") - snippet.code.count(
                "https://example.com/"
            ) == snippet.code.count("https://api.example.net")
            assert "RUNAPI" not in snippet.code


def test_a_variable_name_that_no_shell_accepts_is_refused() -> None:
    for name in ("", "A B", "1A", "A;touch x", "$A", "A\n"):
        with pytest.raises(ValueError, match=re.escape(repr(name))):
            SiteSettings("https://runapi.ai", name)


def test_a_stream_is_offered_only_where_it_is_a_capability() -> None:
    assert {request.option for request in describe(text_record())} == ALWAYS
    streaming = [
        request
        for request in describe(text_record() | {"capabilities": ["streaming"]})
        if request.option == "streaming"
    ]
    assert [request.protocol for request in streaming] == [
        "anthropic-messages",
        "openai-chat",
        "openai-responses",
    ]
    assert all(request.is_streaming and request.body["stream"] is True for request in streaming)


def test_a_gemini_stream_has_an_address_of_its_own() -> None:
    basic, streaming, *_ = describe(gemini_record() | {"capabilities": ["streaming"]})
    assert (basic.is_streaming, streaming.is_streaming) == (False, True)
    assert streaming.path.endswith(":streamGenerateContent")
    assert (streaming.option, streaming.query) == ("streaming", "alt=sse")


ALWAYS = {"basic", "conversation", "batch", "count_tokens", "async", "timeouts"}
"""What a model of every protocol offers where nothing is known of it."""
CAPABLE = {
    "streaming": "streaming",
    "tools": "tool_call",
    "image": "vision",
    "structured": "structured_output",
    "caching": "prompt_caching",
    "thinking": "reasoning",
}


@pytest.mark.parametrize("option", CAPABLE)
def test_an_option_is_offered_where_the_model_can_and_refused_where_a_source_denies_it(option: str) -> None:
    text = {"anthropic-messages", "openai-chat", "openai-responses"}
    plain, able = text_record(), text_record() | {"capabilities": [CAPABLE[option]]}
    denied = text_record() | {"lacks": [CAPABLE[option]]}
    assert {request.option for request in describe(plain)} == ALWAYS
    found = {request.protocol for request in describe(able) if request.option == option}
    # The Gemini call of this record is a stream already, whatever its option.
    whole = text if option == "streaming" else text | {"gemini-generate-content"}
    assert found == ({"anthropic-messages"} if option == "caching" else whole)
    beside = {"tools": {"tool_result"}, "image": {"image_file"}}.get(option, set())
    assert {request.option for request in describe(able)} == ALWAYS | {option} | beside
    for request in describe(able):
        assert validate_request(able, request) == []
        # Of what no source says anything, nothing is refused.
        assert validate_request(plain, request) == []
        is_recorded = "reasoning_effort" in request.body and request.protocol == "anthropic-messages"
        if request.option not in {*ALWAYS, "image", "image_file"} and not is_recorded:
            assert validate_request(denied, request), request


def test_a_breakpoint_of_the_cache_is_for_models_that_name_it() -> None:
    record = text_record() | {"capabilities": ["prompt_caching", "prompt_cache_breakpoint"]}
    found = [request for request in describe(record) if request.option == "caching"]
    assert [request.protocol for request in found] == [
        "anthropic-messages",
        "openai-chat",
        "openai-responses",
    ]
    assert "prompt_cache_breakpoint" in str(found[1].body)


def test_a_model_thinks_by_its_recorded_parameter_before_the_protocol_s_own() -> None:
    able = text_record() | {"capabilities": ["reasoning"]}
    said = {request.protocol: request.body for request in describe(able) if request.option == "thinking"}
    assert said["anthropic-messages"]["reasoning_effort"] == "high"
    assert "thinking" not in said["anthropic-messages"]
    able["parameters"] = {}
    said = {request.protocol: request.body for request in describe(able) if request.option == "thinking"}
    assert said["anthropic-messages"]["thinking"] == {"type": "enabled", "budget_tokens": 2048}


def test_a_budget_for_thinking_is_not_offered_where_a_source_denies_it() -> None:
    able = text_record() | {"capabilities": ["reasoning", "adaptive_thinking"], "parameters": {}}
    denied = able | {"lacks": ["thinking_budget"]}
    bodies = {request.protocol: request.body for request in describe(denied) if request.option == "thinking"}
    assert bodies["anthropic-messages"]["thinking"] == {"type": "adaptive"}
    contested = able | {"disputed": ["thinking_budget"]}
    assert [request.body for request in describe(contested)] == [request.body for request in describe(denied)]
    (budgeted,) = [
        request
        for request in describe(able)
        if (request.protocol, request.option) == ("anthropic-messages", "thinking")
    ]
    assert "budget_tokens" in budgeted.body["thinking"]
    assert validate_request(denied, budgeted) == [
        "thinking: budget_tokens is not something this model can do"
    ]
    no_other = denied | {"capabilities": ["reasoning"]}
    protocols = {request.protocol for request in describe(no_other) if request.option == "thinking"}
    assert "anthropic-messages" not in protocols


def test_where_only_reads_of_a_cache_have_a_price_no_request_marks_what_to_cache() -> None:
    able = text_record() | {"capabilities": ["prompt_caching"], "prices": [{"meter": "cache_read_tokens"}]}
    assert "caching" not in {request.option for request in describe(able)}
    able["prices"] = [*able["prices"], {"meter": "cache_write_5m_tokens"}]
    assert "caching" in {request.option for request in describe(able)}


def test_a_call_that_answers_as_a_stream_only_does_so_with_every_option() -> None:
    able = text_record() | {"capabilities": ["streaming", "tool_call", "reasoning"]}
    found = [request for request in describe(able) if request.protocol == "gemini-generate-content"]
    assert [request.option for request in found] == [
        *("basic", "conversation", "tools", "tool_result", "thinking", "timeouts")
    ]
    assert all(request.is_streaming and request.query == "alt=sse" for request in found)


def test_several_calls_at_once_are_written_in_python_alone_and_timeouts_in_every_language() -> None:
    known = {(one.option, one.protocol, one.language) for one in snippets(text_record(), SITE)}
    text = {"anthropic-messages", "openai-chat", "openai-responses"}
    # The Gemini call of this record only streams.
    assert {row for row in known if row[0] == "async"} == {("async", word, "python") for word in text}
    assert {row for row in known if row[0] == "timeouts"} == {
        ("timeouts", word, language) for word in text | {"gemini-generate-content"} for language in LANGUAGES
    }
    for record in (task_record(), speech_record()):
        assert not {one.option for one in snippets(record, SITE)} & {"async", "timeouts"}


def test_several_calls_at_once_need_an_sdk_that_fits_the_address() -> None:
    record = make_record(
        "a b", [endpoint("/v1beta/models/{model}:generateContent", "gemini-generate-content")]
    )
    assert {request.option for request in describe(record)} == {"basic", "conversation", "timeouts"}
