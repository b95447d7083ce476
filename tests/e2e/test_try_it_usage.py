"""What answers say was used, in each protocol and as a stream, read by this catalog's meters."""

import json

import pytest

from catalog.records.usage_objects import read_usage_object, script_rows
from catalog.records.usage_paths import UsageObjectError
from catalog.records.usage_tables import FOLDED
from catalog.snippets.protocols import DIALECTS
from usage_samples import READ, REFUSED, REPORTED

pytestmark = pytest.mark.engine("sqlite")  # no database is asked: once is enough

READ_USAGE = """async (given) =>
  (await import("/static/js/try_it_usage.js")).readUsage(...given)"""


@pytest.fixture(scope="module")
def read_usage(browser, live_site):
    """The page's own reader of usage, in a browser."""
    context = browser.new_context(base_url=live_site)
    page = context.new_page()
    page.goto("/docs")
    yield lambda *given: page.evaluate(READ_USAGE, given)
    context.close()


def read_by(protocol):
    rows = script_rows(protocol, None)
    return {"protocol": protocol, "usage": DIALECTS[protocol].usage, "usage_rows": rows}


TEXT = ["input_tokens", "output_tokens", "cache_read_tokens", "cache_write_5m_tokens"]
USED = [
    # Anthropic's cache reads and writes stand beside the input; a stream says the output at its end.
    (
        "anthropic-messages",
        [
            {
                "type": "message_start",
                "message": {
                    "usage": {
                        "input_tokens": 5,
                        "cache_read_input_tokens": 100,
                        "cache_creation_input_tokens": 30,
                        "cache_creation": {"ephemeral_5m_input_tokens": 10, "ephemeral_1h_input_tokens": 20},
                        "output_tokens": 1,
                    }
                },
            },
            {"type": "message_delta", "usage": {"output_tokens": 9, "input_tokens": None}},
            {"type": "message_stop"},
        ],
        {
            "input_tokens": 5,
            "output_tokens": 9,
            "cache_read_tokens": 100,
            "cache_write_5m_tokens": 10,
            "cache_write_1h_tokens": 20,
        },
    ),
    ("anthropic-messages", [{"type": "message_start", "message": {"usage": {"input_tokens": 5}}}], None),
    # OpenAI's prompt holds what was read from the cache, written to it, and audio.
    (
        "openai-chat",
        [
            {"choices": [], "usage": None},
            {
                "usage": {
                    "prompt_tokens": 100,
                    "completion_tokens": 50,
                    "prompt_tokens_details": {
                        "cached_tokens": 60,
                        "cache_write_tokens": 10,
                        "audio_tokens": 5,
                    },
                    "completion_tokens_details": {"reasoning_tokens": 40, "audio_tokens": 3},
                }
            },
        ],
        {
            "input_tokens": 25,
            "output_tokens": 47,
            "cache_read_tokens": 60,
            "cache_write_30m_tokens": 10,
            "input_audio_tokens": 5,
            "output_audio_tokens": 3,
        },
    ),
    (
        "openai-responses",
        [
            {"type": "response.created", "response": {"usage": None}},
            {
                "type": "response.completed",
                "response": {
                    "usage": {
                        "input_tokens": 12,
                        "input_tokens_details": {"cached_tokens": 4},
                        "output_tokens": 8,
                        "output_tokens_details": {"reasoning_tokens": 6},
                    }
                },
            },
        ],
        {"input_tokens": 8, "output_tokens": 8, "cache_read_tokens": 4},
    ),
    (
        "openai-embeddings",
        [{"usage": {"prompt_tokens": 9, "total_tokens": 9}}],
        {"input_tokens": 9},
    ),
    # Gemini's thoughts stand beside its candidates, what tools gave beside the prompt.
    (
        "gemini-generate-content",
        [
            {"usageMetadata": {"promptTokenCount": 20, "candidatesTokenCount": 1}},
            {
                "usageMetadata": {
                    "promptTokenCount": 20,
                    "cachedContentTokenCount": 8,
                    "candidatesTokenCount": 5,
                    "thoughtsTokenCount": 7,
                    "toolUsePromptTokenCount": 2,
                    "promptTokensDetails": [
                        {"modality": "TEXT", "tokenCount": 17},
                        {"modality": "AUDIO", "tokenCount": 3},
                    ],
                }
            },
        ],
        {"input_tokens": 11, "output_tokens": 12, "cache_read_tokens": 8, "input_audio_tokens": 3},
    ),
    # What does not add up, or is no count, is not known.
    ("openai-chat", [{"usage": {"prompt_tokens": 1, "prompt_tokens_details": {"cached_tokens": 2}}}], None),
    ("openai-chat", [{"usage": {"prompt_tokens": "12", "completion_tokens": 8.5}}], None),
    ("gemini-generate-content", [{"usageMetadata": {"candidatesTokenCount": 5}}], None),
    ("openai-chat", [{"choices": []}], None),
    ("openai-chat", [], None),
    ("openai-chat", [None, 3, "usage"], None),
]


OBJECTS = [
    *((protocol, provider, usage) for protocol, provider, usage, _ in (*REPORTED.values(), *READ.values())),
    *((protocol, None, usage) for protocol, usage, _ in REFUSED if isinstance(usage, dict)),
]


@pytest.mark.parametrize(("protocol", "parts", "used"), USED)
def test_what_an_answer_says_was_used_is_read_by_the_catalog_s_meters(read_usage, protocol, parts, used):
    call = {**read_by(protocol), "meters": TEXT}
    events = "".join(f"event: x\ndata: {json.dumps(part)}\n\n" for part in parts) + "data: [DONE]\n\n"
    stream = {"type": "text/event-stream; charset=utf-8", "text": events}
    assert read_usage(call, "{}", stream) == used
    crossed = stream | {"text": events.replace("\n", "\r\n")}
    assert read_usage(call, "{}", crossed) == used
    whole = {"type": "application/json", "text": json.dumps(parts)}
    assert read_usage(call, "{}", whole) == used


@pytest.mark.parametrize("priced", [[], sorted(FOLDED)], ids=["plain", "apart"])
@pytest.mark.parametrize(("protocol", "provider", "usage"), OBJECTS)
def test_the_page_reads_an_object_as_the_api_does(read_usage, protocol, provider, usage, priced):
    dialect = DIALECTS[protocol].usage
    answer = {"usageMetadata" if dialect == "gemini" else "usage": usage}
    rows = script_rows(protocol, provider)
    call = {"protocol": protocol, "usage": dialect, "usage_rows": rows, "meters": priced}
    used = read_usage(call, "{}", {"type": "application/json", "text": json.dumps(answer)})
    try:
        meters = read_usage_object(protocol, usage, provider, priced).meters
    except UsageObjectError:
        assert used is None
    else:
        assert {meter: count for meter, count in used.items() if count} == {
            meter: count for meter, count in meters.items() if count
        }


def test_reasoning_is_counted_apart_only_where_it_is_sold_apart(read_usage):
    details = {"reasoning_tokens": 6}
    usage = {"prompt_tokens": 1, "completion_tokens": 8, "completion_tokens_details": details}
    answer = {"type": "application/json", "text": json.dumps({"usage": usage})}
    call = {**read_by("openai-chat"), "meters": [*TEXT, "reasoning_tokens"]}
    used = {"input_tokens": 1, "output_tokens": 2, "reasoning_tokens": 6}
    assert read_usage(call, "{}", answer) == used


def test_a_cache_write_of_a_length_that_is_not_said_is_not_priced(read_usage):
    usage = {"input_tokens": 1, "output_tokens": 2, "cache_creation_input_tokens": 3}
    answer = {"type": "application/json", "text": json.dumps({"usage": usage})}
    call = {**read_by("anthropic-messages"), "meters": TEXT}
    plain = {"input_tokens": 1, "output_tokens": 2, "cache_write_5m_tokens": 3}
    assert read_usage(call, '{"ttl": "5m"}', answer) == plain
    assert read_usage(call, '{"ttl": "1h"}', answer) is None


@pytest.mark.parametrize(
    ("protocol", "answer", "meters", "used"),
    [
        ("task", {"status": "completed", "images": [{}, {}]}, ["images"], {"images": 2}),
        ("task", {"status": "completed", "videos": [{}]}, ["requests"], {"requests": 1}),
        ("task", {"status": "failed"}, ["requests"], None),
        ("task", {"status": "completed", "videos": [{}]}, ["video_seconds"], None),
        ("task-sync", {"text": "Hello"}, ["requests"], {"requests": 1}),
        ("task-sync", {"text": "Hello"}, [], None),
    ],
)
def test_a_media_call_counts_as_one_request_or_as_the_images_it_lists(
    read_usage, protocol, answer, meters, used
):
    given = {"type": "application/json", "text": json.dumps(answer)}
    assert read_usage({**read_by(protocol), "meters": meters}, "{}", given) == used
