"""OpenAI's Responses API."""

from catalog.snippets import sample_values as known
from catalog.snippets.constraints import parameter
from catalog.snippets.option_bodies import (
    ARGUMENTS,
    BREAKPOINT,
    CALL_ID,
    INVOICE,
    ORDER,
    RECEIPT,
    STREAM,
    STRICT,
    TOOLS_FIELD,
    Body,
    answer_format,
    called,
    data_url,
    schema,
    turns,
    user,
)
from catalog.snippets.protocol import (
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
from catalog.snippets.sdk_code import openai_responses as sdk_code

_TOOLS = [{"type": "function", **called(parameters=schema(str, ORDER) | STRICT), "strict": True}]
_CALL = {"type": "function_call", "call_id": CALL_ID, "name": known.TOOL, "arguments": ARGUMENTS}
_RESULT = {"type": "function_call_output", "call_id": CALL_ID, "output": known.TOOL_RESULT}


def _about(prompt: str, part: Body) -> Form:
    """Return a prompt about a file."""
    return Form({"input": user([{"type": "input_text", "text": prompt}, part])})


_FORMS = {
    STREAMING: STREAM,
    CONVERSATION: Form({"instructions": known.SYSTEM, "input": turns()}),
    TOOLS: Form({"input": known.TOOL_PROMPT, "tools": _TOOLS}, TOOLS_FIELD),
    TOOL_RESULT: Form({"input": [*user(known.TOOL_PROMPT), _CALL, _RESULT], "tools": _TOOLS}, TOOLS_FIELD),
    IMAGE: _about(known.IMAGE_PROMPT, {"type": "input_image", "image_url": known.PHOTO, "detail": "auto"}),
    IMAGE_FILE: _about(
        known.RECEIPT_PROMPT,
        {"type": "input_image", "image_url": data_url(RECEIPT, "image/png"), "detail": "auto"},
    ),
    PDF: _about(
        known.INVOICE_PROMPT,
        {"type": "input_file", "filename": INVOICE, "file_data": data_url(INVOICE, "application/pdf")},
    ),
    STRUCTURED: Form(
        {
            "input": known.EXTRACT_PROMPT,
            "text": {"format": {"type": "json_schema", **answer_format()}},
        },
        parameter("text", "object"),
    ),
    CACHING: Form(
        {
            "input": [
                {
                    "role": "developer",
                    "content": [{"type": "input_text", "text": known.HANDBOOK, **BREAKPOINT}],
                },
                *user(known.CHAT_PROMPT),
            ]
        },
        needs="prompt_cache_breakpoint",
    ),
    THINKING: Form({"reasoning": {"effort": "high"}}, parameter("reasoning", "object")),
}
_NAMED = {
    "access_programs": Field("object", "Special access program for the request, such as the cyber tiers."),
    "background": Field("boolean", "Whether the response is made in the background, to be fetched later."),
    "background_options": Field("object", "Completion window of a background run: soonest, 2h or 8h."),
    "context_management": Field("array", "Rules to compact the context past a token threshold."),
    "conversation": Field(
        None, "Conversation whose items come before this input and which keeps the new ones."
    ),
    "image": Field("object", "Request-wide image options, such as compression of image context."),
    "include": Field("array", "Extra data to return, such as sources of a web search."),
    "input": Field(None, "Text, images or files to answer: a string or a list of items."),
    "instructions": Field(
        "string", "System or developer message; not carried over with previous_response_id."
    ),
    "max_output_tokens": Field("integer", "Upper limit of generated tokens, reasoning included."),
    "max_tool_calls": Field("integer", "Most calls of built-in tools in one response, all together."),
    "metadata": Field("object", "Up to 16 key-value pairs kept with the response."),
    "model": Field("string", "ID of the model that answers."),
    "moderation": Field("object", "Moderates input and output in the same call."),
    "parallel_tool_calls": Field("boolean", "Whether tools may run in parallel."),
    "previous_response_id": Field(
        "string", "Continues from an earlier response; not together with conversation."
    ),
    "prompt": Field("object", "A stored prompt template and its variables."),
    "prompt_cache_key": Field("string", "Groups similar requests so that they meet the same prompt cache."),
    "prompt_cache_options": Field(
        "object", "Controls prompt caching: breakpoints and how long they last (30m or 12h)."
    ),
    "prompt_cache_retention": Field(
        "string", "Older way to keep a prompt cache; use ttl of prompt_cache_options."
    ),
    "reasoning": Field("object", "Settings of reasoning, such as effort and summary."),
    "safety_identifier": Field("string", "Stable, hashed ID of the end user for abuse detection."),
    "service_tier": Field("string", "Processing tier, such as auto, default, flex or priority."),
    "store": Field("boolean", "Whether the response is kept for later retrieval."),
    "stream": Field("boolean", "Whether the answer comes piece by piece, as server-sent events."),
    "stream_options": Field("object", "Extras for a streamed response."),
    "temperature": Field("number", "Randomness of sampling, 0 to 2; lower is more predictable."),
    "text": Field("object", "Form of the text output: plain or JSON by schema, and verbosity."),
    "tool_choice": Field(None, "How the model picks among the tools."),
    "tools": Field("array", "Built-in, MCP, function or custom tools the model may use."),
    "top_logprobs": Field("integer", "How many likeliest tokens to report at each position, 0 to 20."),
    "top_p": Field("number", "Samples only from tokens within this share of probability, 0 to 1."),
    "truncation": Field("string", "When the window is full, auto drops the oldest items, disabled fails."),
    "user": Field("string", "Older end-user ID; use safety_identifier and prompt_cache_key."),
}

DIALECT = Dialect(
    "openai-responses",
    calls=("/responses",),
    fields=(
        parameter("model", "string", required=True),
        parameter("input", None, required=True),
    ),
    given=lambda: {"input": known.CHAT_PROMPT},
    named=_NAMED,
    forms=_FORMS,
    sdk_path="/responses",
    python=sdk_code.PYTHON,
    javascript=sdk_code.JAVASCRIPT,
    usage="openai",
    elsewhere=Elsewhere("openai", "responses"),
)
