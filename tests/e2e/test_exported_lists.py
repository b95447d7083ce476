"""The SDKs of OpenAI, Anthropic and OpenRouter list the models of this site from the site as it is served."""

import pytest

import needs
from small import MAKER, TOKENS, TOKENS_ALIAS

requests = needs.client("requests")


@pytest.fixture(scope="module")
def served(live_site):
    """The IDs of all models that are not retired, from our own API."""
    found, address = [], f"{live_site}/api/v1/models?limit=1000"
    body = requests.get(address, timeout=20).json()
    assert body["next"] is None
    found += [row["model_id"] for row in body["items"] if row["lifecycle"] != "retired"]
    return set(found)


def test_openais_sdk_lists_and_finds_models(live_site, served):
    openai = needs.client("openai")
    with openai.OpenAI(base_url=f"{live_site}/api/v1/exports/openai-models", api_key="none") as client:
        found = list(client.models.list())
        assert {model.id for model in found} == served
        assert len(found) == len(served)
        one = client.models.retrieve(TOKENS_ALIAS)
        assert (one.id, one.object, one.owned_by) == (TOKENS, "model", MAKER)
        with pytest.raises(openai.NotFoundError):
            client.models.retrieve("nothing-of-that-name")


@pytest.mark.parametrize("limit", [7, 100, 1000])
def test_anthropics_sdk_turns_every_page(live_site, served, limit):
    anthropic = needs.client("anthropic")
    with anthropic.Anthropic(
        base_url=f"{live_site}/api/v1/exports/anthropic-models", api_key="none"
    ) as client:
        found = [model.id for model in client.models.list(limit=limit)]
        assert len(found) == len(set(found))
        assert set(found) == served
        backwards = client.models.list(limit=3, before_id=found[5])
        assert [model.id for model in backwards.data] == found[2:5]
        retired = [model.id for model in client.models.list(limit=limit, lifecycle=["retired"])]
        assert retired
        assert not served & set(retired)
        one = client.models.retrieve(TOKENS)
        assert (one.display_name, one.max_input_tokens) == ("Linden Ballad 4.5", 200_000)
        with pytest.raises(anthropic.NotFoundError):
            client.models.retrieve("nothing-of-that-name")


def test_openrouters_sdk_lists_models_with_their_prices(live_site):
    openrouter = needs.client("openrouter")
    with openrouter.OpenRouter(api_key="none", server_url=f"{live_site}/api/v1/exports/openrouter") as client:
        found = {model.id: model for model in client.models.list().result.data}
    listed = found[TOKENS]
    quoted = requests.get(
        f"{live_site}/api/v1/quote?model={TOKENS}&input_tokens=1&output_tokens=1", timeout=20
    ).json()
    amounts = {line["meter"]: line["amount"] for line in quoted["lines"]}
    assert (listed.pricing.prompt, listed.pricing.completion) == (
        amounts["input_tokens"],
        amounts["output_tokens"],
    )


def test_litellm_registers_the_map(live_site, monkeypatch):
    """Given an address, litellm keeps to its own map where that has more than twice as many models."""
    monkeypatch.setenv("LITELLM_LOCAL_MODEL_COST_MAP", "True")
    litellm = needs.client("litellm")
    assert TOKENS not in litellm.model_cost
    monkeypatch.setattr(litellm, "suppress_debug_info", True)
    litellm.register_model(requests.get(f"{live_site}/api/v1/exports/litellm?kind=list", timeout=20).json())
    assert litellm.model_cost[TOKENS]["input_cost_per_token"] == 3e-06
