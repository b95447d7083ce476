"""Samples with timeouts give up on a platform that does not answer."""

import re
import time

import pytest

import languages
from catalog.snippets import describe
from gateway.server import Gateway
from gateway_calls import AT
from snippet_proofs import prove
from snippet_records import gemini_record, text_record

pytestmark = [pytest.mark.engine("sqlite"), pytest.mark.programs]  # no database is asked: once is enough

language = languages.language
SHORT = {
    r"--max-time 60": "--max-time 0.2",
    r"CURLOPT_TIMEOUT => 60": "CURLOPT_TIMEOUT_MS => 200",
    r"timeout([=:] ?)60\b(?!_)": r"timeout\g<1>0.2",
    r"60_000": "200",
    r"time\.Minute": "200 * time.Millisecond",
    r"(retries=|Retries: |--retry )3": r"\g<1>0",
    r"(attempts\W+)4": r"\g<1>1",
}
"""What shortens the time of a sample, and leaves it one attempt."""


class Slow(Gateway):
    """A gateway that takes its time."""

    def take(self, arrival):
        time.sleep(1.5)
        return super().take(arrival)


def hasty(code):
    short = code
    for pattern, shorter in SHORT.items():
        short = re.sub(pattern, shorter, short)
    assert short != code
    return short


@pytest.mark.parametrize("record", [text_record(), gemini_record()], ids=["anthropic", "gemini"])
def test_a_sample_gives_up_when_its_time_is_over(record, language, tmp_path):
    timed = next(each for each in describe(record) if each.option == "timeouts")
    (proof,) = prove(Slow([record], AT), [timed], language, tmp_path, planted=hasty)
    assert proof.run.status != 0
    assert not proof.run.out
    assert re.search("tim(ed?|e-?) ?out|deadline|abort", proof.run.err, re.IGNORECASE), proof.run.err
