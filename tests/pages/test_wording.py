"""Sentences are chosen by facts: none says what the record does not."""

import re

import pytest

from catalog.presentation.wording import billing, faq, overview, price_summary, steps
from catalog.records.facts import facts
from catalog.records.phrases import join
from factories import a_price, a_record
from model_pages import NOON, a_context, a_task_model, a_text_model, an_endpoint

FREE = {"failed_calls_are_free": "yes"}
POLLING = ("poll", "task", "webhook", "callback", "{task_id}")


def said_in_faq(record, siblings=(), **site):
    return {one.question: one.answer for one in faq.questions(a_context(record, siblings, **site))}


def answer_to(word, record, siblings=(), **site):
    found = [text for question, text in said_in_faq(record, siblings, **site).items() if word in question]
    return found[0] if found else None


def steps_of(record):
    return " ".join(f"{step.title} {step.text}" for step in steps.steps(a_context(record))).lower()


def test_a_synchronous_model_never_speaks_of_tasks_or_polling():
    record = a_text_model(prices=[a_price()])
    text = f"{steps_of(record)} {' '.join(said_in_faq(record, support_email='a@b.example').values())}".lower()
    assert not [word for word in POLLING if word in text]


def test_a_task_is_created_kept_waited_for_and_read():
    text = steps_of(a_task_model())
    assert "`post https://runapi.ai/api/v1/swirl/text_to_video`" in text
    assert "`get https://runapi.ai/api/v1/swirl/text_to_video/{task_id}`" in text
    assert "`completed` or `failed`" in text
    assert "stream" not in text


def test_a_callback_is_named_only_where_the_parameter_is_recorded():
    assert "callback_url" not in steps_of(a_task_model())
    row = {"name": "callback_url", "type": "string"}
    assert "callback_url" in steps_of(a_task_model(parameters={"text_to_video": [row]}))


def test_an_answer_at_once_of_an_action_has_nothing_to_wait_for():
    endpoint = an_endpoint(
        "/api/v1/heron_audio/text_to_speech", protocol="task-sync", action="text_to_speech"
    )
    text = steps_of(a_task_model(task_type="synchronous", endpoints=[endpoint]))
    assert "nothing to wait for" in text
    assert "{task_id}" not in text


def test_streaming_is_said_only_where_it_is_a_capability():
    assert "stream" not in steps_of(a_text_model())
    assert "stream" in steps_of(a_text_model(capabilities=["streaming"]))
    assert answer_to("stream", a_text_model()) is None
    assert answer_to("stream", a_text_model(capabilities=["streaming"])).startswith("Yes")
    assert answer_to("stream", a_text_model(lacks=["streaming"])).startswith("No")


def test_of_a_task_nobody_asks_whether_it_streams():
    assert answer_to("stream", a_task_model()) is None


def test_without_an_address_no_step_is_given():
    assert steps.steps(a_context(a_record())) == []


def test_a_retired_model_has_no_steps():
    assert steps.steps(a_context(a_text_model(stated_lifecycle="retired"))) == []


def test_a_model_named_in_the_path_is_not_named_in_the_body():
    endpoint = an_endpoint("/v1beta/models/{model}:generateContent", protocol="gemini-generate-content")
    assert "in the place of `{model}`" in steps_of(a_text_model(endpoints=[endpoint]))


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        (a_text_model(prices=[a_price()]), "Failed calls are free."),
        (a_text_model(task_type=None), "Failed calls are free."),
        (a_task_model(), "Failed tasks are free."),
    ],
)
def test_a_failed_call_is_free_where_that_is_promised_and_said_in_pricing_alone(record, sentence):
    assert billing.failure(facts(record, NOON), FREE) == sentence
    assert billing.failure(facts(record, NOON), {}) == ""
    page = a_context(record, promises=list(FREE))
    texts = [*(step.text for step in steps.steps(page)), *(one.answer for one in faq.questions(page))]
    assert not [text for text in texts if "free" in text or "charged" in text]


def test_a_model_without_price_is_not_published_rather_than_free():
    text = billing.basis(facts(a_record(), NOON))
    assert "No price" in text
    assert "0" not in text.replace(a_record()["model_id"], "")
    assert "free" not in text


def test_a_list_price_alone_is_not_called_this_sites_price():
    text = billing.basis(facts(a_text_model(prices=[a_price(kind="list", amount="3")]), NOON))
    assert text.startswith("What this site charges for linden-ballad-4-6 is not published.")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"state": "free", "amount": "0"}, "linden-ballad-4-6 is free."),
        ({"state": "dynamic", "amount": None}, "linden-ballad-4-6: price varies with the request."),
        ({"state": "on_request", "amount": None}, "linden-ballad-4-6: price on request."),
    ],
)
def test_free_dynamic_and_on_request_are_three_things(changed, said):
    assert price_summary.price_summary(facts(a_text_model(prices=[a_price(**changed)]), NOON)) == said


def test_a_dated_snapshot_is_never_called_an_alias():
    record = a_text_model(snapshot_on="2025-09-29", aliases=["linden-ballad"])
    answer = answer_to("stable", record)
    assert "`linden-ballad-4-6` names one dated snapshot, that of 29 September 2025" in answer
    assert "`linden-ballad` points at this snapshot" in answer
    said = " ".join(overview.paragraph(facts(record, NOON)))
    assert "`linden-ballad` is an alias" in said
    assert "`linden-ballad-4-6` is an alias" not in said


def test_of_a_plain_id_whose_end_is_not_known_nobody_asks_whether_it_is_stable():
    assert answer_to("stable", a_text_model(aliases=["linden-latest"])) is None


def test_what_nobody_promises_is_no_question():
    record = a_text_model(prices=[a_price()])
    assert not [word for word in ("limited", "account") if answer_to(word, record)]


@pytest.mark.parametrize(
    ("promise", "word", "answer"),
    [
        ("limits_are_per_key", "limited", "Limits hold per API key."),
        ("retry_after", "limited", "Status 429 comes with `Retry-After`: the seconds to wait."),
        ("no_provider_account", "account", "No. A RunAPI API key is enough."),
    ],
)
def test_what_is_promised_is_answered(promise, word, answer):
    assert answer_to(word, a_text_model(), promises=[promise]) == answer


def test_no_answer_says_that_nothing_is_known():
    records = [a_record(), a_record(modality=None), a_text_model(), a_task_model()]
    answers = [text for record in records for text in said_in_faq(record).values()]
    assert not [text for text in answers if re.search(r"not stated|on record|not known", text, re.IGNORECASE)]


def test_the_end_of_a_model_stands_in_its_answer_on_stability():
    assert "retires on 30 November 2026" in answer_to("stable", a_text_model(retires_on="2026-11-30"))


def test_switching_counts_the_siblings_that_share_an_address():
    near = a_text_model(model_id="linden-aria-4")
    gone = a_text_model(model_id="linden-aria-1", stated_lifecycle="retired")
    going = a_text_model(model_id="linden-aria-2", retires_on="2027-01-01")
    early = a_text_model(model_id="linden-aria-5", stated_lifecycle="preview")
    unknown = a_text_model(model_id="linden-aria-6", stated_lifecycle=None)
    far = a_text_model(model_id="linden-embed", endpoints=[an_endpoint("/v1/embeddings")])
    siblings = [near, gone, going, early, unknown, far]
    one = "Yes: change the model ID. 1 other Linden model uses the same endpoint."
    assert answer_to("switch", a_text_model(), siblings) == one
    two = "Yes: change the model ID. 2 other Linden models use the same endpoint."
    assert answer_to("switch", a_text_model(), [*siblings, a_text_model(model_id="linden-aria-3")]) == two
    assert answer_to("switch", a_text_model(), [early, unknown, far]) is None
    assert answer_to("switch", a_text_model()) is None


def test_a_place_to_report_to_is_named_only_where_there_is_one():
    assert answer_to("report", a_text_model()) is None
    assert "help@example.com" in answer_to("report", a_text_model(), support_email="help@example.com")


def test_editors_answers_follow_the_computed_ones():
    row = {"question": "Why?", "answer": "Because.", "answer_html": "<p>Because.</p>"}
    last = faq.questions(a_context(a_text_model(faq=[row])))[-1]
    assert (last.question, last.answer_html) == ("Why?", "<p>Because.</p>")


def test_a_summary_says_only_what_is_recorded():
    assert overview.summary(facts(a_record(modality=None), NOON)) == (
        "linden-ballad-4-6 is a model by Arbor in the Linden family."
    )
    full = a_record(
        name="Linden", input_modalities=["text", "image"], output_modalities=["text"], context_window=200000
    )
    assert overview.summary(facts(full, NOON)) == (
        "Linden is a text model by Arbor that reads text and images and writes text, "
        "with a context window of 200,000 tokens."
    )


def test_a_maker_that_is_not_stated_is_not_named():
    record = a_record(provider={"slug": "not-stated", "name": "Not stated"})
    assert "Not stated" not in overview.summary(facts(record, NOON))


def test_a_list_reads_as_prose():
    assert [join([]), join(["a"]), join(["a", "b"]), join(["a", "b", "c"], "or")] == [
        "",
        "a",
        "a and b",
        "a, b or c",
    ]


def test_a_model_that_gives_vectors_is_an_embedding_model_and_nobody_asks_whether_it_streams():
    record = a_text_model(does_not_apply=["output_modalities"], input_modalities=["text"])
    assert "is an embedding model by Arbor that reads text" in overview.summary(facts(record, NOON))
    assert answer_to("stream", record) is None
