"""The fields that a protocol's body can hold, also those of which no model records anything.

Types and meanings are by the types of the SDKs, in our own words; a field of several types has none.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a protocol: its type, None where it has several, and what it is for."""

    kind: str | None
    meaning: str


PROTOCOL_FIELDS: dict[str, dict[str, Field]] = {
    "anthropic-messages": {
        "cache_control": Field(
            "object", "Marks the last part that can be cached, as a mark on that part itself would."
        ),
        "container": Field(None, "A container of an earlier request to go on in."),
        "diagnostics": Field("object", "Asks to be told why an earlier request's cache was not met."),
        "inference_geo": Field("string", "The region in which the request is worked on."),
        "max_tokens": Field(
            "integer", "The most tokens that the answer may have, thinking included; it may end sooner."
        ),
        "messages": Field("array", "The conversation so far, turn by turn; the model says what comes next."),
        "metadata": Field("object", "What describes the request, such as an ID of the end user."),
        "model": Field("string", "The ID of the model."),
        "output_config": Field(
            "object", "How the answer is made: its format, and how much effort goes into it."
        ),
        "service_tier": Field(
            "string", "Whether capacity that was set aside may be used, or only the standard one."
        ),
        "speed": Field("string", "The standard speed, or a fast one."),
        "stop_sequences": Field("array", "Texts at which the model stops."),
        "stream": Field("boolean", "Whether the answer comes piece by piece, as server-sent events."),
        "system": Field(None, "What the model is told before all messages: its role and its task."),
        "thinking": Field(
            "object", "Whether the model thinks before it answers, and how many tokens it may spend on that."
        ),
        "tool_choice": Field(
            "object", "Whether the model may call tools, must, must call a certain one, or may not."
        ),
        "tools": Field("array", "The tools that the model may call; the caller runs them."),
    },
    "openai-chat": {
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
        "response_format": Field(
            "object", "The form of the answer: text, JSON, or JSON that keeps to a schema."
        ),
        "safety_identifier": Field(
            "string", "A stable ID of the end user, to find who breaks the rules of use."
        ),
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
    },
    "openai-responses": {
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
        "safety_identifier": Field(
            "string", "A stable ID of the end user, to find who breaks the rules of use."
        ),
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
    },
    "openai-embeddings": {
        "dimensions": Field("integer", "How many numbers each vector has."),
        "encoding_format": Field("string", "Whether the vectors come as numbers or packed in base64."),
        "input": Field(None, "What is embedded: a text, tokens, or a list of either."),
        "model": Field("string", "The ID of the model."),
        "user": Field("string", "An ID of the end user, to find misuse."),
    },
    "gemini-generate-content": {
        "cachedContent": Field("string", "The name of cached content that the request builds on."),
        "contents": Field(
            "array", "The conversation so far, turn by turn, each of parts such as text, files and calls."
        ),
        "generationConfig": Field(
            "object", "How the answer is made: its length, form, randomness and thinking."
        ),
        "labels": Field("object", "Labels by which requests are told apart on a bill."),
        "safetySettings": Field(
            "array", "Which kinds of harmful content are blocked, and from which likelihood on."
        ),
        "serviceTier": Field("string", "How the request is processed, such as sooner or at less cost."),
        "store": Field("boolean", "Whether request and answer are kept."),
        "systemInstruction": Field("object", "What the model is told before all contents."),
        "toolConfig": Field("object", "How the tools are used, such as whether one must be called."),
        "tools": Field("array", "The tools that the model may call; the caller runs its functions."),
    },
}
"""Protocol -> its fields, by the SDKs anthropic 2.12.0, openai 3.54.0 and google-genai 3.4.0."""
LENGTHS = ("max_tokens", "max_completion_tokens", "max_output_tokens")
"""Fields that bound how long an answer is: none can ask for more than the model can give."""
