"""How a model is told to think, as models.dev and LiteLLM state it."""

import pytest

from other_catalogs import model, parsed, read

SONNET = "claude-sonnet-4-5-20250929"


@pytest.mark.parametrize(
    ("options", "has_budget"),
    [
        ([{"type": "effort", "values": ["low"]}, {"type": "budget_tokens", "min": 1024}], True),
        ([{"type": "effort", "values": ["low"]}], False),
        ([], None),
        (None, None),
        ("many", None),
    ],
)
def test_a_budget_is_one_of_the_ways_that_models_dev_lists(options, has_budget):
    whole = parsed("models-dev")
    whole["anthropic"]["models"][SONNET]["reasoning_options"] = options
    entry = model(read("models-dev", whole), f"anthropic/{SONNET}")
    assert entry.abilities.get("thinking_budget") is has_budget
    assert ("thinking_budget" in entry.fields.get("lacks", [])) is (has_budget is False)


def test_litellm_names_the_ways_one_by_one():
    whole = parsed("litellm")
    whole[SONNET] |= {"supports_adaptive_thinking": True, "supports_sampling_params": False}
    entry = next(one for one in read("litellm", whole).document.models if SONNET in one.listed_as)
    assert entry.abilities["adaptive_thinking"] is True
    assert entry.abilities["temperature"] is False
    assert "thinking_budget" not in entry.abilities
    assert "temperature" in entry.fields["lacks"]
