"""OpenAI's Chat Completions API."""

from catalog.snippets import sample_values as known
from catalog.snippets.constraints import parameter
from catalog.snippets.option_bodies import (
    BREAKPOINT,
    CITY,
    EFFORT,
    STREAM,
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

_PRINT_CALLS = """\
for call in completion.choices[0].message.tool_calls or []:
    print(call.function.name, call.function.arguments)
"""

_PYTHON = PythonSdk(
    "openai",
    "from openai import OpenAI",
    "OpenAI",
    "completion = client.chat.completions.create",
    frozenset(
        {"model", "messages", "stream", "stream_options", "tools", "response_format", "reasoning_effort"}
    ),
    "print(completion.choices[0].message.content)\n",
    'if event.choices:\n        print(event.choices[0].delta.content or "", end="", flush=True)',
    {TOOLS: _PRINT_CALLS},
)
_JAVASCRIPT = JavascriptSdk(
    "openai",
    "OpenAI",
    "const completion = await client.chat.completions.create",
    "console.log(completion.choices[0]?.message.content);\n",
    'process.stdout.write(event.choices[0]?.delta?.content ?? "");',
    {
        TOOLS: "for (const call of completion.choices[0]?.message.tool_calls ?? []) {\n"
        '  if (call.type === "function") console.log(call.function.name, call.function.arguments);\n}\n',
    },
)
_FORMS = {
    # A stream says what was used where it is asked to: without, nobody knows what the call cost.
    STREAMING: Form({**STREAM.added, "stream_options": {"include_usage": True}}, STREAM.asks),
    TOOLS: Form(
        {
            "messages": user(known.TOOL_PROMPT),
            "tools": [{"type": "function", "function": called(parameters=schema(str, CITY))}],
        },
        TOOLS_FIELD,
    ),
    IMAGE: Form(
        {
            "messages": user(
                [
                    {"type": "text", "text": known.IMAGE_PROMPT},
                    {"type": "image_url", "image_url": {"url": known.PHOTO}},
                ]
            )
        }
    ),
    STRUCTURED: Form(
        {"response_format": {"type": "json_schema", "json_schema": answer_format()}},
        parameter("response_format", "object"),
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
    "audio": Field("object", "Voice and format of a spoken answer."),
    "frequency_penalty": Field(
        "number", "Above 0, tokens become less likely the more often they were said already."
    ),
    "function_call": Field(None, "Which function is called; superseded by tool_choice."),
    "functions": Field("array", "The functions that the model may call; superseded by tools."),
    "logit_bias": Field("object", "By ID of a token, how much more or less likely it becomes."),
    "logprobs": Field("boolean", "Whether the answer tells how likely each of its tokens was."),
    "max_completion_tokens": Field("integer", "The most tokens that are generated, reasoning included."),
    "max_tokens": Field(
        "integer", "The most tokens that are generated; superseded by max_completion_tokens."
    ),
    "messages": Field("array", "The conversation so far, turn by turn; the model says what comes next."),
    "metadata": Field("object", "Pairs of names and values that are kept with the answer."),
    "modalities": Field("array", "Kinds of content that the answer is made of: text, audio."),
    "model": Field("string", "The ID of the model."),
    "moderation": Field("object", "How the prompt and the answer are moderated."),
    "n": Field("integer", "How many answers are generated; the tokens of all are charged."),
    "parallel_tool_calls": Field("boolean", "Whether several tools may be called at once."),
    "prediction": Field(
        "object", "Text that the answer is expected to repeat for the most part, which makes it faster."
    ),
    "presence_penalty": Field("number", "Above 0, tokens that were said already become less likely."),
    "prompt_cache_key": Field("string", "Requests with the same key are led to the same cache."),
    "prompt_cache_options": Field("object", "How the prompt is cached."),
    "prompt_cache_retention": Field(
        "string", "How long the prompt stays cached; superseded by prompt_cache_options."
    ),
    "reasoning_effort": Field("string", "How much the model reasons before it answers."),
    "response_format": Field("object", "The form of the answer: text, JSON, or JSON that keeps to a schema."),
    "safety_identifier": Field("string", "A stable ID of the end user, to find who breaks the rules of use."),
    "seed": Field(
        "integer", "The same seed and the same request give the same answer, as far as that can be had."
    ),
    "service_tier": Field("string", "How the request is processed, such as sooner or at less cost."),
    "stop": Field(None, "Up to 4 texts at which the model stops."),
    "store": Field("boolean", "Whether the answer is kept."),
    "stream": Field("boolean", "Whether the answer comes piece by piece, as server-sent events."),
    "stream_options": Field("object", "What else a stream brings, such as the usage at its end."),
    "temperature": Field("number", "How random the choice of tokens is: the lower, the more focused."),
    "tool_choice": Field(
        None, "Whether the model may call tools, must, must call a certain one, or may not."
    ),
    "tools": Field("array", "The tools that the model may call; the caller runs them."),
    "top_logprobs": Field(
        "integer", "How many of the likeliest tokens are told at each place, with how likely they were."
    ),
    "top_p": Field(
        "number", "Only the likeliest tokens that together have this probability are chosen from."
    ),
    "user": Field(
        "string", "A stable ID of the end user; superseded by safety_identifier and prompt_cache_key."
    ),
    "verbosity": Field("string", "How long-winded the answer is."),
    "web_search_options": Field("object", "How the web is searched for the answer."),
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
    python=_PYTHON,
    javascript=_JAVASCRIPT,
    usage="openai",
    elsewhere=Elsewhere("openai", "chat"),
)
