"""Capabilities that catalogs affirm and deny: a contradiction is unknown, and silence changes nothing."""

import json

import pytest

from catalog.exchange.importing import ImportScope, carry_out, prepare
from catalog.models import Document, Variant
from catalog.publishing import publish
from catalog.records.record import capability_values, read_record
from catalog.vocabulary import Origin
from other_catalogs import AT, load_known_models, parsed

pytestmark = pytest.mark.django_db

SONNET = "claude-sonnet-4-5-20250929"
OURS = f"anthropic/{SONNET}"


@pytest.fixture(autouse=True)
def _known_models(db):
    load_known_models()


def imported(name, content=None):
    content = json.dumps(parsed(name) if content is None else content).encode()
    carry_out(prepare(ImportScope(name, "models"), content, f"{name}.json", AT), reason="Test")


def shown_capabilities(model_id=OURS):
    record = read_record(Document.objects.get(variant__model_id=model_id).body)
    return capability_values(record), record["disputed"]


def test_a_yes_and_a_no_of_two_catalogs_are_unknown_and_both_are_shown():
    imported("models-dev")
    assert shown_capabilities()[0]["tool_call"] is True
    denying = parsed("litellm")
    denying[SONNET] |= {"supports_function_calling": False}
    imported("litellm", denying)
    values, disputed = shown_capabilities()
    assert ("tool_call" in values, disputed) == (False, ["tool_call"])
    sources = Variant.objects.get(model_id=OURS).sources.all()
    stating = {
        name: {row.label for row in sources if name in row.fields} for name in ("capabilities", "lacks")
    }
    assert stating == {"capabilities": {"models.dev", "LiteLLM"}, "lacks": {"LiteLLM"}}
    # Both say what they said: nothing moves, and nobody is forgotten.
    imported("models-dev")
    imported("litellm", denying)
    assert shown_capabilities() == (values, disputed)


def test_a_catalog_that_says_nothing_any_more_does_not_make_a_no_unknown():
    denying = parsed("models-dev")
    whole = denying["anthropic"]["models"][SONNET]
    whole["reasoning"] = False
    imported("models-dev", denying)
    assert shown_capabilities()[0]["reasoning"] is False
    silent = parsed("models-dev")
    del silent["anthropic"]["models"][SONNET]["temperature"]
    silent["anthropic"]["models"][SONNET]["reasoning"] = False
    imported("models-dev", silent)
    imported("litellm", {key: row for key, row in parsed("litellm").items() if key != SONNET})
    assert shown_capabilities()[0]["reasoning"] is False


def test_a_catalog_takes_back_its_own_no():
    denying = parsed("models-dev")
    denying["anthropic"]["models"][SONNET]["reasoning"] = False
    imported("models-dev", denying)
    imported("models-dev")
    assert shown_capabilities()[0]["reasoning"] is True


def test_what_an_admin_denied_stays_a_no():
    imported("models-dev")
    with publish.publish(actor=None, origin=Origin.ADMIN, reason="Denied") as edition:
        variant = Variant.objects.get(model_id=OURS)
        able = [word for word in variant.capabilities if word != "tool_call"]
        edition.change(variant, {"capabilities": able, "lacks": ["tool_call"]})
    imported("models-dev")
    assert shown_capabilities()[0]["tool_call"] is False
