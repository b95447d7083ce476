"""Writes a request as a TypeScript module: JavaScript's, with what strict mode wants annotated."""

from dataclasses import replace

from catalog.snippets import javascript
from catalog.snippets.request import Request
from catalog.snippets.snippet import SiteSettings, Snippet

_FIELDS = {
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
}
"""Protocol -> the fields that its SDK's types know (@anthropic-ai/sdk 1.12.0, openai 7.57.0)."""

_TYPES = javascript.Types(
    declared="interface Task {\n  id: string;\n  status: string;\n}\n\n",
    response=": Response | undefined",
    task=": Task",
    parsed="(await response.json()) as Task",
    fields={protocol: frozenset(names.split()) for protocol, names in _FIELDS.items()},
)


def render(request: Request, site: SiteSettings) -> Snippet:
    """Write one runnable module, which Node 22.18 and later run as it stands."""
    _, code = javascript.module(request, site, _TYPES)
    plain = javascript.render(request, site)
    return replace(plain, language="typescript", label="TypeScript", code=code.rstrip(), lexer="typescript")
