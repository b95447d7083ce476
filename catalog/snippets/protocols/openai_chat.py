"""OpenAI's Chat Completions API."""

from catalog.snippets import sample_values as known
from catalog.snippets.attached import Attached
from catalog.snippets.constraints import parameter
from catalog.snippets.option_bodies import (
    ARGUMENTS,
    BREAKPOINT,
    CALL_ID,
    EFFORT,
    INVOICE,
    ORDER,
    RECEIPT,
    STREAM,
    TOOLS_FIELD,
    UNSIGNED,
    VOICEMAIL,
    Body,
    answer_format,
    called,
    data_url,
    schema,
    turns,
    user,
)
from catalog.snippets.protocol import (
    AUDIO,
    CACHING,
    CONVERSATION,
    IMAGE,
    IMAGE_FILE,
    PDF,
    STREAMING,
    STRUCTURED,
    THINKING,
    TOOL_RESULT,
    TOOLS,
    Dialect,
    Elsewhere,
    Field,
    Form,
)
from catalog.snippets.sdk_code import openai_chat as sdk_code

_TOOLS = [{"type": "function", "function": called(parameters=schema(str, ORDER))}]
_CALL = {"id": CALL_ID, "type": "function", "function": {"name": known.TOOL, "arguments": ARGUMENTS}}
_FORMAT = parameter("response_format", "object")


def _about(prompt: str, part: Body) -> Form:
    """Return a prompt about a file."""
    return Form({"messages": user([{"type": "text", "text": prompt}, part])})


def _told(call: Body, instead: Form | None = None, **beside: str) -> Form:
    """Return a call of the tool with its result; `beside` is what else the model answered."""
    turns = [
        *user(known.TOOL_PROMPT),
        {"role": "assistant", "content": None, **beside, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": CALL_ID, "content": known.TOOL_RESULT},
    ]
    return Form({"messages": turns, "tools": _TOOLS}, TOOLS_FIELD, instead=instead)


_SIGNED = {"extra_content": {"google": {"thought_signature": UNSIGNED}}}
_FORMS = {
    # A stream says what was used where it is asked to: without, nobody knows what the call cost.
    STREAMING: Form({**STREAM.added, "stream_options": {"include_usage": True}}, STREAM.asks),
    CONVERSATION: Form({"messages": [{"role": "system", "content": known.SYSTEM}, *turns()]}),
    TOOLS: Form({"messages": user(known.TOOL_PROMPT), "tools": _TOOLS}, TOOLS_FIELD),
    TOOL_RESULT: _told(
        _CALL,
        # Vendors add to a call what some of their models want back: their thoughts, or a signature.
        instead=_told(_CALL, reasoning_content=known.TOOL_THOUGHT, instead=_told({**_CALL, **_SIGNED})),
    ),
    IMAGE: _about(known.IMAGE_PROMPT, {"type": "image_url", "image_url": {"url": known.PHOTO}}),
    IMAGE_FILE: _about(
        known.RECEIPT_PROMPT,
        {"type": "image_url", "image_url": {"url": data_url(RECEIPT, "image/png")}},
    ),
    PDF: _about(
        known.INVOICE_PROMPT,
        {"type": "file", "file": {"filename": INVOICE, "file_data": data_url(INVOICE, "application/pdf")}},
    ),
    AUDIO: _about(
        known.VOICEMAIL_PROMPT,
        {"type": "input_audio", "input_audio": {"data": Attached(VOICEMAIL), "format": "wav"}},
    ),
    STRUCTURED: Form(
        {
            "messages": user(known.EXTRACT_PROMPT),
            "response_format": {"type": "json_schema", "json_schema": answer_format()},
        },
        _FORMAT,
        # Without a schema, the prompt has to say what JSON is asked for.
        instead=Form(
            {"messages": user(known.JSON_PROMPT), "response_format": {"type": "json_object"}}, _FORMAT
        ),
    ),
    CACHING: Form(
        {
            "messages": [
                {"role": "developer", "content": [{"type": "text", "text": known.HANDBOOK, **BREAKPOINT}]},
                *user(known.CHAT_PROMPT),
            ]
        },
        needs="prompt_cache_breakpoint",
    ),
    THINKING: Form(EFFORT, parameter("reasoning_effort", "string")),
}
_NAMED = {
    "audio": Field("object", "Voice and format of spoken output; needed when modalities has audio."),
    "frequency_penalty": Field("number", "Above 0, tokens used often become less likely; from -2 to 2."),
    "function_call": Field(None, "Deprecated form of tool_choice."),
    "functions": Field("array", "Deprecated form of tools."),
    "logit_bias": Field("object", "Makes given token IDs more or less likely, -100 to 100."),
    "logprobs": Field("boolean", "Whether to return the log probability of each output token."),
    "max_completion_tokens": Field("integer", "Upper limit of generated tokens, reasoning included."),
    "max_tokens": Field("integer", "Older limit of generated tokens; use max_completion_tokens."),
    "messages": Field("array", "The conversation so far, by role; newest last."),
    "metadata": Field("object", "Up to 16 key-value pairs kept with the stored answer."),
    "modalities": Field("array", "Kinds of output wanted, such as text and audio."),
    "model": Field("string", "ID of the model that answers."),
    "moderation": Field("object", "Moderates input and output in the same call."),
    "n": Field("integer", "How many answers to generate; 1 if left out."),
    "parallel_tool_calls": Field("boolean", "Whether several tools may be called in one turn."),
    "prediction": Field("object", "Text expected to come back mostly unchanged, to answer sooner."),
    "presence_penalty": Field("number", "Above 0, tokens used at all become less likely; from -2 to 2."),
    "prompt_cache_key": Field("string", "Groups similar requests so that they meet the same prompt cache."),
    "prompt_cache_options": Field(
        "object", "Controls prompt caching: breakpoints and how long they last (30m)."
    ),
    "prompt_cache_retention": Field(
        "string", "Older way to keep a prompt cache up to 24h; use ttl of prompt_cache_options."
    ),
    "reasoning_effort": Field(
        "string", "How much a reasoning model thinks: none, minimal, low, medium, high, xhigh or max."
    ),
    "response_format": Field(
        "object", "Form of the answer: text, any JSON, or JSON that fits a given schema."
    ),
    "safety_identifier": Field(
        "string", "Stable, hashed ID of the end user for abuse detection, up to 128 characters."
    ),
    "seed": Field("integer", "Best-effort repeatability: same seed and input tend to give the same answer."),
    "service_tier": Field("string", "Processing tier, such as auto, default, flex or priority."),
    "stop": Field(None, "Up to 4 texts at which the answer ends."),
    "store": Field("boolean", "Whether the provider keeps the answer for later use."),
    "stream": Field("boolean", "Whether the answer comes piece by piece, as server-sent events."),
    "stream_options": Field("object", "Extras for a streamed answer, such as a last chunk with token usage."),
    "temperature": Field("number", "Randomness of sampling, 0 to 2; lower is more predictable."),
    "tool_choice": Field(None, "Whether tools are called: none, auto, required, or one named tool."),
    "tools": Field("array", "Functions or custom tools the model may call."),
    "top_logprobs": Field("integer", "How many likeliest tokens to report at each position, 0 to 20."),
    "top_p": Field(
        "number", "Samples only from tokens within this share of probability, 0 to 1; use it or temperature."
    ),
    "user": Field("string", "Older end-user ID; use safety_identifier and prompt_cache_key."),
    "verbosity": Field("string", "How long answers tend to be: low, medium or high."),
    "web_search_options": Field("object", "Settings of built-in web search: context size and user location."),
}

DIALECT = Dialect(
    "openai-chat",
    calls=("/chat/completions",),
    fields=(
        parameter("model", "string", required=True),
        parameter("messages", "array", required=True, min_items=1),
    ),
    given=lambda: {"messages": user(known.CHAT_PROMPT)},
    named=_NAMED,
    forms=_FORMS,
    sdk_path="/chat/completions",
    python=sdk_code.PYTHON,
    javascript=sdk_code.JAVASCRIPT,
    usage="openai",
    elsewhere=Elsewhere("openai", "chat"),
)
