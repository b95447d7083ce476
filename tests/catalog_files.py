"""Catalog files for tests, as texts."""

from pathlib import Path

SMALL = """
[provider]
slug = "example-labs"
name = "Example Labs"

[[family]]
slug = "beacon"
name = "Beacon"
modality = "text"

[[family.endpoint]]
method = "POST"
path = "/v1/messages"
protocol = "anthropic-messages"

[[family.model]]
model_id = "beacon-2"
name = "Beacon 2"
modality = "text"
lifecycle = "active"
released_on = 2026-03-01
context_window = 200000
capabilities = ["streaming"]
aliases = ["beacon-latest"]
endpoints = ["POST /v1/messages"]
sources = [
  { fields = ["context_window"], url = "https://labs.example/models", label = "Model list" },
]
parameter = [
  { action = "message", name = "max_tokens", type = "integer", required = true, minimum = 1 },
]

[[family.model.price]]
kind = "sell"
meter = "input_tokens"
per = 1_000_000
amount = "1.875"
effective_from = 2026-01-01T00:00:00Z
source = { url = "https://labs.example/pricing", label = "Price list", checked_on = 2026-01-01 }

[[family.model]]
model_id = "beacon-1"
replacement = "beacon-2"
"""


def write(folder: Path, text: str = SMALL, name: str = "example-labs.toml") -> Path:
    """Write one file."""
    path = folder / name
    path.write_text(text)
    return path
