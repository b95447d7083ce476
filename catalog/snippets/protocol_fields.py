"""The names of all fields that a protocol's body can hold, also those of which no model records anything."""

_NAMES = {
    "anthropic-messages": (
        "cache_control container diagnostics inference_geo max_tokens messages metadata model "
        "output_config service_tier speed stop_sequences stream system thinking tool_choice tools "
        "user_profile_id workspace_id"
    ),
    "openai-chat": (
        "audio frequency_penalty function_call functions logit_bias logprobs max_completion_tokens "
        "max_tokens messages metadata modalities model moderation n parallel_tool_calls prediction "
        "presence_penalty prompt_cache_key prompt_cache_options prompt_cache_retention reasoning_effort "
        "response_format safety_identifier seed service_tier stop store stream stream_options temperature "
        "tool_choice tools top_logprobs top_p user verbosity web_search_options"
    ),
    "openai-responses": (
        "access_programs background context_management conversation image include input instructions "
        "max_output_tokens max_tool_calls metadata model moderation parallel_tool_calls "
        "previous_response_id prompt prompt_cache_key prompt_cache_options prompt_cache_retention "
        "reasoning safety_identifier service_tier store stream stream_options temperature text "
        "tool_choice tools top_logprobs top_p truncation user"
    ),
    "openai-embeddings": ("dimensions encoding_format input model user"),
    "gemini-generate-content": (
        "cachedContent contents generationConfig labels safetySettings serviceTier store "
        "systemInstruction toolConfig tools"
    ),
}
PROTOCOL_FIELDS = {protocol: frozenset(names.split()) for protocol, names in _NAMES.items()}
"""Protocol -> its fields, by the SDKs @anthropic-ai/sdk 1.12.0, openai 7.57.0 and google-genai 3.4.0."""
