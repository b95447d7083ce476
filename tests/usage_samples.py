"""Usage objects of vendors, and what they count: of the protocol, from a model of the provider."""

# What people outside reported; the shapes are real. The provider is that of the model that was called.
REPORTED = {
    "openai-responses-cache-write": (
        "openai-responses",
        "openai",
        {
            "input_tokens": 3000,
            "output_tokens": 0,
            "input_tokens_details": {"cached_tokens": 1500, "cache_write_tokens": 1000},
        },
        {"input_tokens": 500, "cache_read_tokens": 1500, "cache_write_30m_tokens": 1000},
    ),
    "gemini-tool-use-prompt": (
        "gemini-generate-content",
        "google",
        {
            "promptTokenCount": 200,
            "toolUsePromptTokenCount": 12000,
            "candidatesTokenCount": 900,
            "thoughtsTokenCount": 300,
            "totalTokenCount": 13400,
        },
        {"input_tokens": 12200, "output_tokens": 1200},
    ),
    "xai-reasoning-beside-completion": (
        "openai-chat",
        "xai",
        {
            "prompt_tokens": 40,
            "completion_tokens": 12,
            "total_tokens": 352,
            "completion_tokens_details": {"reasoning_tokens": 300},
        },
        {"input_tokens": 40, "output_tokens": 312},
    ),
    "deepseek-hit-miss": (
        "openai-chat",
        "deepseek",
        {
            "prompt_tokens": 20000,
            "completion_tokens": 100,
            "total_tokens": 20100,
            "prompt_cache_hit_tokens": 18000,
            "prompt_cache_miss_tokens": 2000,
        },
        {"input_tokens": 2000, "cache_read_tokens": 18000, "output_tokens": 100},
    ),
    "anthropic-no-ttl-breakdown": (
        "anthropic-messages",
        "anthropic",
        {
            "input_tokens": 50,
            "output_tokens": 10,
            "cache_creation_input_tokens": 4000,
            "cache_read_input_tokens": 0,
        },
        {"input_tokens": 50, "cache_write_5m_tokens": 4000, "output_tokens": 10},
    ),
}

READ = {
    "OpenAI: writes of 12 hours, beside those of 30 minutes": (
        "openai-responses",
        "openai",
        {
            "input_tokens": 100,
            "output_tokens": 9,
            "input_tokens_details": {
                "cached_tokens": 10,
                "cache_write_tokens": 50,
                "cache_write_tokens_details": {"ttl_30m_tokens": 20, "ttl_12h_tokens": 30},
            },
            "output_tokens_details": {"reasoning_tokens": 5},
            "total_tokens": 109,
        },
        {
            "input_tokens": 40,
            "output_tokens": 9,
            "cache_read_tokens": 10,
            "cache_write_30m_tokens": 20,
            "cache_write_12h_tokens": 30,
        },
    ),
    "OpenAI: audio and images": (
        "openai-chat",
        "openai",
        {
            "prompt_tokens": 100,
            "completion_tokens": 50,
            "prompt_tokens_details": {"cached_tokens": 60, "audio_tokens": 5, "image_tokens": 20},
            "completion_tokens_details": {"reasoning_tokens": 40, "audio_tokens": 3, "image_tokens": 2},
        },
        {
            "input_tokens": 15,
            "output_tokens": 45,
            "cache_read_tokens": 60,
            "input_audio_tokens": 5,
            "input_image_tokens": 20,
            "output_audio_tokens": 3,
            "output_image_tokens": 2,
        },
    ),
    "Anthropic: lifetimes, searches and a compaction, which its own counts leave out": (
        "anthropic-messages",
        "anthropic",
        {
            "input_tokens": 5,
            "output_tokens": 9,
            "cache_read_input_tokens": 100,
            "cache_creation_input_tokens": 30,
            "cache_creation": {"ephemeral_5m_input_tokens": 10, "ephemeral_1h_input_tokens": 20},
            "server_tool_use": {"web_search_requests": 2, "web_fetch_requests": 7},
            "iterations": [
                {"type": "compaction", "input_tokens": 1000, "output_tokens": 200},
                {"type": "message", "input_tokens": 5, "output_tokens": 9},
            ],
        },
        {
            "input_tokens": 1005,
            "output_tokens": 209,
            "cache_read_tokens": 100,
            "cache_write_5m_tokens": 10,
            "cache_write_1h_tokens": 20,
            "searches": 2,
        },
    ),
    "Gemini: audio and images in the prompt, in a tool's results, in the cache and in the answer": (
        "gemini-generate-content",
        "google",
        {
            "promptTokenCount": 100,
            "cachedContentTokenCount": 30,
            "toolUsePromptTokenCount": 10,
            "candidatesTokenCount": 1300,
            "promptTokensDetails": [
                {"modality": "TEXT", "tokenCount": 55},
                {"modality": "IMAGE", "tokenCount": 40},
                {"modality": "AUDIO", "tokenCount": 5},
            ],
            "cacheTokensDetails": [{"modality": "IMAGE", "tokenCount": 25}],
            "toolUsePromptTokensDetails": [{"modality": "IMAGE", "tokenCount": 4}],
            "candidatesTokensDetails": [{"modality": "IMAGE", "tokenCount": 1290}],
        },
        {
            "input_tokens": 56,
            "input_audio_tokens": 5,
            "input_image_tokens": 19,
            "cache_read_tokens": 5,
            "cache_read_image_tokens": 25,
            "output_tokens": 10,
            "output_image_tokens": 1290,
        },
    ),
    "OpenRouter: another model's cache write, and the amount that was charged": (
        "openai-chat",
        "anthropic",
        {
            "prompt_tokens": 100,
            "completion_tokens": 7,
            "total_tokens": 107,
            "prompt_tokens_details": {"cached_tokens": 20, "cache_write_tokens": 30},
            "cost": 0.01,
            "cost_details": {"upstream_inference_cost": 0.009},
            "server_tool_use": {"web_search_requests": 1},
        },
        {
            "input_tokens": 50,
            "output_tokens": 7,
            "cache_read_tokens": 20,
            "cache_write_5m_tokens": 30,
            "searches": 1,
        },
    ),
    "xAI through a gateway that counts reasoning within the completion": (
        "openai-chat",
        "xai",
        {
            "prompt_tokens": 40,
            "completion_tokens": 312,
            "total_tokens": 352,
            "completion_tokens_details": {"reasoning_tokens": 300},
        },
        {"input_tokens": 40, "output_tokens": 312},
    ),
    "xAI without a total": (
        "openai-chat",
        "xai",
        {
            "prompt_tokens": 40,
            "completion_tokens": 12,
            "completion_tokens_details": {"reasoning_tokens": 300},
        },
        {"input_tokens": 40, "output_tokens": 312},
    ),
    "DeepSeek: hits and misses alone": (
        "openai-chat",
        "deepseek",
        {"prompt_cache_hit_tokens": 8, "prompt_cache_miss_tokens": 2, "completion_tokens": 1},
        {"input_tokens": 2, "cache_read_tokens": 8, "output_tokens": 1},
    ),
    "embeddings": (
        "openai-embeddings",
        "openai",
        {"prompt_tokens": 9, "total_tokens": 9},
        {"input_tokens": 9},
    ),
    "nothing used": ("openai-embeddings", "openai", {"prompt_tokens": 0}, {"input_tokens": 0}),
}

REFUSED = [
    (
        "gemini-generate-content",
        {"promptTokenCount": 9 * 10**14, "toolUsePromptTokenCount": 9 * 10**14},
        "promptTokenCount: 1800000000000000: is more than 999999999999999 with what is added to it",
    ),
    ("openai-chat", {}, "prompt_tokens: is missing: give the usage object as it was answered"),
    ("openai-chat", [], "usage: []: use the usage object of an answer"),
    ("openai-chat", {"prompt_tokens": "12"}, "prompt_tokens: '12': use a whole number from 0 to"),
    ("openai-chat", {"prompt_tokens": 8.5}, "prompt_tokens: 8.5: use a whole number"),
    ("openai-chat", {"prompt_tokens": True}, "prompt_tokens: True: use a whole number"),
    ("openai-chat", {"prompt_tokens": -1}, "prompt_tokens: -1: use a whole number"),
    ("openai-chat", {"prompt_tokens": 10**15}, "use a whole number from 0 to 999999999999999"),
    (
        "openai-chat",
        {"prompt_tokens": 1, "prompt_tokens_details": 3},
        "prompt_tokens_details: 3: use an object",
    ),
    (
        "openai-chat",
        {"prompt_tokens": 1, "prompt_tokens_details": {"cached_tokens": 2}},
        "prompt_tokens: 1: is less than its parts (prompt_tokens_details.cached_tokens 2): give",
    ),
    (
        "openai-chat",
        {"prompt_tokens": 9, "prompt_cache_hit_tokens": 4, "prompt_cache_miss_tokens": 4},
        "prompt_cache_hit_tokens + prompt_cache_miss_tokens: 8: differs from prompt_tokens (9)",
    ),
    ("anthropic-messages", {"input_tokens": 1}, "output_tokens: is missing"),
    (
        "anthropic-messages",
        {"input_tokens": 1, "output_tokens": 1, "iterations": {"type": "compaction"}},
        "iterations: {'type': 'compaction'}: use a list of objects",
    ),
    (
        "gemini-generate-content",
        {"promptTokenCount": 9, "cacheTokensDetails": [{"modality": "AUDIO", "tokenCount": 5}]},
        "no meter counts audio read from a cache",
    ),
]
