"""The rules that models.dev publishes for `api.json`, as JSON Schema: strict objects, required fields."""

DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}(-\d{2})?$"}
KINDS = {"type": "array", "items": {"enum": ["text", "audio", "image", "video", "pdf"]}}
AMOUNT = {"type": "number", "minimum": 0}
TEXT = {"type": "string", "minLength": 1}
AMOUNTS = dict.fromkeys(
    ("input", "output", "reasoning", "cache_read", "cache_write", "input_audio", "output_audio"), AMOUNT
)

FLAGS = ("attachment", "reasoning", "tool_call", "structured_output", "temperature", "open_weights")


def strict(properties, required):
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


TIER = strict({"type": {"const": "context"}, "size": {"type": "integer", "minimum": 0}}, ["size"])
COST = strict(
    {
        **AMOUNTS,
        "tiers": {"type": "array", "items": strict({**AMOUNTS, "tier": TIER}, ["input", "output", "tier"])},
        "context_over_200k": strict(AMOUNTS, ["input", "output"]),
    },
    ["input", "output"],
)
MODEL = strict(
    {
        "id": TEXT,
        "name": TEXT,
        "family": TEXT,
        **{key: {"type": "boolean"} for key in FLAGS},
        "reasoning_options": {"type": "array"},
        **dict.fromkeys(("knowledge", "release_date", "last_updated"), DAY),
        "modalities": strict({"input": KINDS, "output": KINDS}, ["input", "output"]),
        "limit": strict({"context": AMOUNT, "input": AMOUNT, "output": AMOUNT}, ["context", "output"]),
        "status": {"enum": ["alpha", "beta", "deprecated"]},
        "provider": strict({"npm": TEXT, "api": TEXT, "shape": {"enum": ["responses", "completions"]}}, []),
        "cost": COST,
    },
    [
        *("id", "name", "attachment", "reasoning", "tool_call", "release_date", "last_updated"),
        *("modalities", "open_weights", "limit"),
    ],
)
PROVIDER = strict(
    {
        "id": TEXT,
        "env": {"type": "array", "items": TEXT, "minItems": 1},
        "npm": {"const": "@ai-sdk/openai-compatible"},
        "api": TEXT,
        "name": TEXT,
        "doc": TEXT,
        "models": {"type": "object", "additionalProperties": MODEL},
    },
    ["id", "env", "npm", "api", "name", "doc", "models"],
)
API = {"type": "object", "additionalProperties": PROVIDER, "minProperties": 1}
