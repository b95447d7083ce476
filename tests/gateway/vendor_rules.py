"""What vendors answer with 400 though their protocol knows it, as people have met it.

Written down from reports, not from the catalog: what a sample asks is held against what was seen to fail.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Body = Mapping[str, Any]
CHAT, RESPONSES, GEMINI = "openai-chat", "openai-responses", "gemini-generate-content"
SAMPLING = {"temperature", "top_p", "top_k", "topP", "topK"}


@dataclass(frozen=True, slots=True)
class VendorRule:
    """What is refused of which models, in one protocol or in all, in the vendor's words; and who met it."""

    models: str
    protocols: frozenset[str]
    refuses: Callable[[Body], bool]
    message: str
    sources: tuple[str, ...]
    read_on: date = date(2026, 11, 30)

    def is_about(self, model_id: str, protocol: str) -> bool:
        """Say whether this holds for a model in a protocol."""
        return protocol in self.protocols and re.fullmatch(self.models, model_id) is not None


def _sampled(body: Body) -> Mapping[str, Any]:
    """Give what a request says of sampling, wherever its protocol has it."""
    held = {**body, **(body.get("generationConfig") or {})}
    return {name: value for name, value in held.items() if name in SAMPLING and value is not None}


def _is_hot(body: Body) -> bool:
    return _sampled(body).get("temperature", 1) != 1


def _effort(body: Body) -> Any:
    return body.get("reasoning_effort") or (body.get("reasoning") or {}).get("effort")


def _form(body: Body) -> Any:
    return (body.get("response_format") or {}).get("type")


def _has_schema(body: Body) -> bool:
    """Say whether an answer by a schema is asked for, in any protocol."""
    forms = [body.get("response_format"), (body.get("text") or {}).get("format")]
    forms.append((body.get("output_config") or {}).get("format"))
    is_google = "responseJsonSchema" in (body.get("generationConfig") or {})
    return is_google or any((form or {}).get("type") == "json_schema" for form in forms)


def _is_unsigned(body: Body) -> bool:
    parts = [part for entry in body["contents"] for part in entry["parts"]]
    return any("functionCall" in part and not part.get("thoughtSignature") for part in parts)


def _is_thoughtless(body: Body) -> bool:
    calls = [turn for turn in body["messages"] if turn.get("tool_calls")]
    return any("reasoning_content" not in turn for turn in calls)


def _is_unsigned_chat(body: Body) -> bool:
    calls = [call for turn in body["messages"] for call in turn.get("tool_calls") or ()]
    google = [(call.get("extra_content") or {}).get("google") or {} for call in calls]
    return any(not each.get("thought_signature") for each in google)


ALL = frozenset({"anthropic-messages", CHAT, RESPONSES, GEMINI})
RULES = (
    VendorRule(
        r"gpt-5\.6-.*|gpt-6.*",
        frozenset({CHAT}),
        lambda body: bool(body.get("tools")) and _effort(body) != "none",
        "Function tools with reasoning_effort are not supported in /v1/chat/completions. "
        "To use function tools, use /v1/responses or set reasoning_effort to 'none'.",
        (
            "https://github.com/BerriAI/litellm/pull/34569",
            "https://github.com/danny-avila/LibreChat/issues/14355",
            "https://github.com/onyx-dot-app/onyx/issues/15008",
        ),
    ),
    VendorRule(
        r"gpt-5\.[45].*",
        frozenset({CHAT}),
        lambda body: bool(body.get("tools")) and _effort(body) not in {None, "none"},
        "Function tools with reasoning_effort are not supported in /v1/chat/completions.",
        ("https://github.com/openai/openai-openapi/issues/541",),
    ),
    VendorRule(
        "gpt-6-astra",
        frozenset({CHAT, RESPONSES}),
        lambda body: _effort(body) in {"none", "minimal"},
        "Unsupported value: 'reasoning_effort' does not support this value with this model.",
        ("https://github.com/bolna-ai/bolna/pull/1019",),
    ),
    VendorRule(
        r"gpt-5.*|gpt-6.*",
        frozenset({CHAT, RESPONSES}),
        _is_hot,
        "Unsupported value: 'temperature'. Only the default (1) value is supported.",
        (
            "https://github.com/johny-b/llmcomp/issues/69",
            "https://github.com/ItzCrazyKns/Vane/issues/1173",
            "https://github.com/bolna-ai/bolna/pull/1019",
        ),
    ),
    VendorRule(
        r"gpt-6.*",
        frozenset({CHAT}),
        lambda body: bool({"max_tokens", "stop"} & {*body}),
        "Unsupported parameter: use max_completion_tokens instead of max_tokens, and no stop.",
        ("https://github.com/bolna-ai/bolna/pull/1019",),
    ),
    VendorRule(
        r"claude-(opus-4-[78]|sonnet-5|fable-5).*",
        ALL,
        lambda body: bool(_sampled(body)),
        "`temperature`, `top_p` and `top_k` are deprecated for this model.",
        (
            "https://github.com/anomalyco/models.dev/pull/1468",
            "https://github.com/The-PR-Agent/pr-agent/issues/2456",
            "https://github.com/earendil-works/pi/pull/7961",
        ),
    ),
    VendorRule(
        r"kimi-k(2\.5|3)",
        ALL,
        _is_hot,
        "invalid temperature: only 1 is allowed for this model",
        (
            "https://github.com/Warma10032/VideoAdGuard/issues/34",
            "https://github.com/ExplosiveCoderflome/AI-Novel-Writing-Assistant/issues/155",
        ),
    ),
    VendorRule(
        r"deepseek-.*",
        ALL,
        _has_schema,
        "This response_format type is unavailable now",
        (
            "https://github.com/llm-exe/llm-exe/issues/662",
            "https://github.com/BerriAI/litellm/pull/31466",
        ),
    ),
    VendorRule(
        r"deepseek-.*",
        frozenset({CHAT}),
        lambda body: _form(body) == "json_object" and "json" not in json.dumps(body["messages"]).lower(),
        "Prompt must contain the word 'json' in some form to use 'response_format' of type 'json_object'.",
        (
            "https://github.com/vercel/ai/issues/7913",
            "https://github.com/browserbase/stagehand/issues/1204",
        ),
    ),
    VendorRule(
        r"deepseek-v4.*",
        frozenset({CHAT}),
        _is_thoughtless,
        "The `reasoning_content` in the thinking mode must be passed back to the API.",
        (
            "https://github.com/langbot-app/LangBot/issues/2223",
            "https://github.com/nowledge-co/nowledge-mem/issues/36",
        ),
    ),
    VendorRule(
        r"kimi-k[23].*",
        frozenset({CHAT}),
        _is_thoughtless,
        "thinking is enabled but reasoning_content is missing in assistant tool call message",
        (
            "https://github.com/bytedance/deer-flow/issues/3043",
            "https://github.com/Lapis0x0/obsidian-yolo/pull/243",
            "https://github.com/liliMozi/openhanako/issues/1667",
        ),
    ),
    VendorRule(
        r"mimo-v2.*",
        frozenset({CHAT}),
        _is_thoughtless,
        "The reasoning_content in the thinking mode must be passed back to the API.",
        (
            "https://github.com/chatboxai/chatbox/issues/3716",
            "https://github.com/AstrBotDevs/AstrBot/issues/8267",
        ),
    ),
    VendorRule(
        r"gemini-3.*",
        frozenset({CHAT}),
        _is_unsigned_chat,
        "Function call is missing a thought_signature in functionCall parts.",
        (
            "https://github.com/earendil-works/pi/pull/3234",
            "https://github.com/noho/dayu-agent/issues/45",
        ),
    ),
    VendorRule(
        r"gemini-3.*",
        frozenset({GEMINI}),
        _is_unsigned,
        "Function call is missing a thought_signature in functionCall parts.",
        (
            "https://github.com/agentjido/req_llm/pull/427",
            "https://github.com/thClaws/thClaws/issues/65",
        ),
    ),
)
"""All that is known of vendors; a rule of a protocol itself stands in `shapes`."""


def beside_a_call(model_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give what the vendor's answer holds beside a call on Chat, and what within it: it wants both back."""
    thought: dict[str, Any] = {"reasoning_content": "The tool knows."}
    signed: dict[str, Any] = {"extra_content": {"google": {"thought_signature": "c2lnbmVk"}}}
    thinks = re.fullmatch(r"deepseek-v4.*|kimi-k[23].*|mimo-v2.*", model_id)
    return thought if thinks else {}, signed if model_id.startswith("gemini-3") else {}


def vendor_refusals(model_id: str, protocol: str, body: Body) -> Iterator[str]:
    """List with what words the vendor refuses this."""
    for rule in RULES:
        if rule.is_about(model_id, protocol) and rule.refuses(body):
            yield rule.message
