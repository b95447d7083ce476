"""Conversations, results of tools, batches and counts: what is sent, and by which code."""

import pytest

from catalog.snippets import LANGUAGES, describe, validate_request
from snippet_records import SITE, gemini_record, make_record, text_record

ABLE = {"capabilities": ["tool_call", "structured_output"]}


def option(record, protocol, word):
    """The call of a protocol with an option, if it has it."""
    return next((each for each in describe(record) if (each.protocol, each.option) == (protocol, word)), None)


def test_a_conversation_has_a_system_prompt_and_turns_of_both_in_each_protocol():
    messages = option(text_record(), "anthropic-messages", "conversation").body
    chat = option(text_record(), "openai-chat", "conversation").body
    responses = option(text_record(), "openai-responses", "conversation").body
    gemini = option(gemini_record(), "gemini-generate-content", "conversation").body
    turns = ["user", "assistant", "user"]
    assert [turn["role"] for turn in messages["messages"]] == turns
    assert [turn["role"] for turn in chat["messages"]] == ["system", *turns]
    assert [turn["role"] for turn in responses["input"]] == turns
    assert [turn["role"] for turn in gemini["contents"]] == ["user", "model", "user"]
    system = messages["system"]
    assert chat["messages"][0]["content"] == responses["instructions"] == system
    assert gemini["systemInstruction"] == {"parts": [{"text": system}]}


@pytest.mark.parametrize("denial", ["lacks", "disputed"])
def test_no_system_prompt_is_shown_where_a_source_denies_it(denial):
    denied = text_record() | {denial: ["system_messages"]}
    assert option(denied, "openai-chat", "conversation") is None
    assert option(text_record() | {"capabilities": ["system_messages"]}, "openai-chat", "conversation")
    request = option(text_record(), "openai-responses", "conversation")
    assert bool(validate_request(denied, request)) is (denial == "lacks")


def test_the_second_turn_holds_the_call_and_its_result():
    for record in (text_record() | ABLE, gemini_record() | ABLE):
        for request in describe(record):
            if request.option == "tool_result":
                assert "get_order_status" in str(request.body)
                assert "has shipped" in str(request.body)
                assert (
                    len(
                        next(
                            request.body[name]
                            for name in ("messages", "input", "contents")
                            if name in request.body
                        )
                    )
                    == 3
                )
                assert request.body["tools"]


@pytest.mark.parametrize("protocol", ["anthropic-messages", "openai-chat", "openai-responses"])
def test_python_and_javascript_run_the_tool_in_a_bounded_loop(protocol):
    request = option(text_record() | ABLE, protocol, "tool_result")
    python, javascript, typescript = (
        LANGUAGES[name](request, SITE).code for name in ("python", "javascript", "typescript")
    )
    assert "for _ in range(5):" in python
    assert "def get_order_status(order_id):" in python
    assert "for (let round = 0; round < 5; round += 1) {" in javascript
    assert "function getOrderStatus({ order_id }) {" in javascript
    assert "function getOrderStatus({ order_id }: { order_id: string }) {" in typescript
    for code in (python, javascript, typescript):
        assert "«" not in code
        # What the tool found is not written down: the function says it.
        assert "Order 1042 has shipped" not in code
    for language in ("curl", "go", "ruby", "php"):
        assert "Order 1042 has shipped" in LANGUAGES[language](request, SITE).code


def test_a_stream_sends_the_second_turn_alone():
    request = option(text_record() | ABLE, "gemini-generate-content", "tool_result")
    assert request.is_streaming
    assert "generate_content_stream(" in LANGUAGES["python"](request, SITE).code
    assert "range(" not in LANGUAGES["python"](request, SITE).code


def test_a_batch_embeds_several_texts_and_prints_which_is_which():
    request = option(text_record(), "openai-embeddings", "batch")
    assert len(request.body["input"]) == 3
    assert "print(item.index, item.embedding)" in LANGUAGES["python"](request, SITE).code
    assert "console.log(item.index, item.embedding)" in LANGUAGES["javascript"](request, SITE).code


def test_tokens_are_counted_at_an_address_of_their_own_without_a_longest_answer():
    request = option(text_record(), "anthropic-messages", "count_tokens")
    assert request.path == "/v1/messages/count_tokens"
    assert request.body.keys() == {"model", "messages"}
    assert validate_request(text_record(), request) == []
    assert "client.messages.count_tokens(" in LANGUAGES["python"](request, SITE).code
    assert "client.messages.countTokens(" in LANGUAGES["javascript"](request, SITE).code


def test_without_that_address_nothing_is_counted():
    endpoints = [each for each in text_record()["endpoints"] if not each["path"].endswith("count_tokens")]
    record = make_record("m-1", endpoints, parameters=text_record()["parameters"])
    assert option(record, "anthropic-messages", "count_tokens") is None
    assert option(record, "anthropic-messages", "basic")


def test_a_schema_is_asked_for_in_each_protocol():
    messages = option(text_record() | ABLE, "anthropic-messages", "structured").body
    assert messages["output_config"]["format"]["type"] == "json_schema"
    gemini = option(gemini_record() | ABLE, "gemini-generate-content", "structured").body
    assert gemini["generationConfig"]["responseJsonSchema"]["required"] == ["order_id", "problem"]


def test_sampling_is_closed_where_a_source_denies_it():
    denied = text_record() | {"lacks": ["temperature"]}
    for name in ("temperature", "top_p", "top_k"):
        basic = option(denied, "anthropic-messages", "basic")
        basic.body[name] = 0.5 if name != "top_k" else 5
        assert validate_request(denied, basic)
