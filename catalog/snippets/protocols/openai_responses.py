"""OpenAI's Responses API."""

from catalog.snippets import sample_values as known
from catalog.snippets.constraints import parameter
from catalog.snippets.option_bodies import (
    BREAKPOINT,
    CITY,
    STREAM,
    STRICT,
    TOOLS_FIELD,
    answer_format,
    called,
    schema,
    user,
)
from catalog.snippets.protocol import (
    CACHING,
    IMAGE,
    STREAMING,
    STRUCTURED,
    THINKING,
    TOOLS,
    Dialect,
    Elsewhere,
    Field,
    Form,
    JavascriptSdk,
    PythonSdk,
)

_PRINT_ITEMS = """\
for item in response.output:
    if item.type == "function_call":
        print(item.name, item.arguments)
"""

_PYTHON = PythonSdk(
    "openai",
    "from openai import OpenAI",
    "OpenAI",
    "response = client.responses.create",
    frozenset({"model", "input", "stream", "tools", "text", "reasoning"}),
    "print(response.output_text)\n",
    'if event.type == "response.output_text.delta":\n        print(event.delta, end="", flush=True)',
    {TOOLS: _PRINT_ITEMS},
)
_JAVASCRIPT = JavascriptSdk(
    "openai",
    "OpenAI",
    "const response = await client.responses.create",
    "console.log(response.output_text);\n",
    'if (event.type === "response.output_text.delta") process.stdout.write(event.delta);',
    {
        TOOLS: "for (const item of response.output) {\n"
        '  if (item.type === "function_call") console.log(item.name, item.arguments);\n}\n',
    },
)
_FORMS = {
    STREAMING: STREAM,
    TOOLS: Form(
        {
            "input": known.TOOL_PROMPT,
            "tools": [
                {"type": "function", **called(parameters=schema(str, CITY) | STRICT), "strict": True},
            ],
        },
        TOOLS_FIELD,
    ),
    IMAGE: Form(
        {
            "input": user(
                [
                    {"type": "input_text", "text": known.IMAGE_PROMPT},
                    {"type": "input_image", "image_url": known.PHOTO, "detail": "auto"},
                ]
            )
        }
    ),
    STRUCTURED: Form(
        {"text": {"format": {"type": "json_schema", **answer_format()}}}, parameter("text", "object")
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
    "access_programs": Field(
        "object", "Programs of access for certain domains that the request makes use of."
    ),
    "background": Field("boolean", "Whether the answer is made in the background, to be fetched later."),
    "background_options": Field("object", "How long an answer in the background may take."),
    "context_management": Field("array", "How the context is kept short."),
    "conversation": Field(None, "The conversation that this request goes on with and is added to."),
    "image": Field("object", "How images are made."),
    "include": Field("array", "What the answer tells beside what it says, such as sources of a search."),
    "input": Field(
        None, "What the model is asked: a text, or items such as messages, images and results of tools."
    ),
    "instructions": Field(
        "string", "What the model is told before all input; not carried over to the next answer."
    ),
    "max_output_tokens": Field("integer", "The most tokens that are generated, reasoning included."),
    "max_tool_calls": Field("integer", "The most calls of built-in tools in one answer."),
    "metadata": Field("object", "Pairs of names and values that are kept with the answer."),
    "model": Field("string", "The ID of the model."),
    "moderation": Field("object", "How the prompt and the answer are moderated."),
    "parallel_tool_calls": Field("boolean", "Whether several tools may be called at once."),
    "previous_response_id": Field("string", "The answer that this request follows."),
    "prompt": Field("object", "A stored prompt, and the values that it is filled in with."),
    "prompt_cache_key": Field("string", "Requests with the same key are led to the same cache."),
    "prompt_cache_options": Field("object", "How the prompt is cached."),
    "prompt_cache_retention": Field(
        "string", "How long the prompt stays cached; superseded by prompt_cache_options."
    ),
    "reasoning": Field("object", "How much the model reasons, and whether it sums its reasoning up."),
    "safety_identifier": Field("string", "A stable ID of the end user, to find who breaks the rules of use."),
    "service_tier": Field("string", "How the request is processed, such as sooner or at less cost."),
    "store": Field("boolean", "Whether the answer is kept."),
    "stream": Field("boolean", "Whether the answer comes piece by piece, as server-sent events."),
    "stream_options": Field("object", "What else a stream brings."),
    "temperature": Field("number", "How random the choice of tokens is: the lower, the more focused."),
    "text": Field(
        "object", "The form of the text: plain or JSON that keeps to a schema, and how long-winded."
    ),
    "tool_choice": Field(
        None, "Whether the model may call tools, must, must call a certain one, or may not."
    ),
    "tools": Field("array", "The tools that the model may call: built in, or run by the caller."),
    "top_logprobs": Field(
        "integer", "How many of the likeliest tokens are told at each place, with how likely they were."
    ),
    "top_p": Field(
        "number", "Only the likeliest tokens that together have this probability are chosen from."
    ),
    "truncation": Field("string", "Whether input that is too long is cut at its beginning or refused."),
    "user": Field(
        "string", "A stable ID of the end user; superseded by safety_identifier and prompt_cache_key."
    ),
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
    python=_PYTHON,
    javascript=_JAVASCRIPT,
    usage="openai",
    elsewhere=Elsewhere("openai", "responses"),
)
