"""Samples of tasks end: with saved files, with the error of a task that failed, or where their time is up."""

import dataclasses
import re

import pytest

import languages
from catalog.snippets import describe
from gateway.arrivals import RefusedError
from gateway.made_files import content
from gateway.server import FAILING, Gateway
from gateway_calls import AT
from snippet_proofs import prove
from snippet_records import speech_record, task_record

pytestmark = [pytest.mark.engine("sqlite"), pytest.mark.programs]  # no database is asked: once is enough

language = languages.language
TIME = {"60_000": "1", "60": "0", "time.Minute": "time.Millisecond"}


class Endless(Gateway):
    """A gateway whose tasks never end."""

    def _task(self, route, task_id):
        self.tasks[task_id].asked = 0
        return super()._task(route, task_id)


class Busy(Gateway):
    """A gateway that is overloaded whenever a task is first asked for."""

    def _task(self, route, task_id):
        task = self.tasks[task_id]
        if task.asked == 0:
            task.asked = 1
            raise RefusedError(503, "overloaded", "ask again")
        return super()._task(route, task_id)


@pytest.fixture(scope="module")
def picture():
    return describe(task_record())[0]


def soon(code):
    """A sample whose patience is over at once, or nearly."""
    hasty = re.sub(r"10 \* (60_000|60\b|time\.Minute)", lambda words: f"10 * {TIME[words[1]]}", code)
    assert hasty != code
    return hasty


def test_a_task_that_never_ends_is_given_up(picture, language, tmp_path):
    (proof,) = prove(Endless([task_record()], AT), [picture], language, tmp_path, planted=soon)
    assert proof.run.status != 0
    assert re.search("not ended after 10 minutes|has not completed", proof.run.err)
    assert "Saved" not in proof.run.out


def test_a_task_that_fails_ends_with_its_error(picture, language, tmp_path):
    failing = dataclasses.replace(picture, body=picture.body | {"prompt": FAILING})
    (proof,) = prove(Gateway([task_record()], AT), [failing], language, tmp_path)
    assert proof.run.status != 0
    assert "it was asked to fail" in proof.run.err
    assert "Saved" not in proof.run.out


def test_an_overloaded_platform_is_asked_again(picture, language, tmp_path):
    (proof,) = prove(Busy([task_record()], AT), [picture], language, tmp_path)
    assert (proof.run.status, [each.status for each in proof.arrivals]) == (0, [200, 503, 200, 200, 200])


def test_every_file_of_a_result_is_saved_byte_for_byte(language, tmp_path):
    music = task_record("tune-1")
    music["endpoints"] = [row | {"action": "text_to_music"} for row in music["endpoints"][:2]]
    music["parameters"] = {"text_to_music": music["parameters"]["text_to_image"]}
    records = [music, speech_record()]
    requests = [describe(record)[0] for record in records]
    proofs = prove(Gateway(records, AT), requests, language, tmp_path)
    assert [proof.faults() for proof in proofs] == [[], []]
    tracks, speech = [sorted(proof.place.glob("output-*")) for proof in proofs]
    assert [file.name for file in tracks] == ["output-1.mp3", "output-2.mp3"]
    assert [file.name for file in speech] == ["output-1.mp3"]
    served = [each.path for each in proofs[0].arrivals if each.path.startswith("/files/")]
    assert [file.read_bytes() for file in tracks] == [content(path) for path in served]


def test_a_file_that_is_gone_is_noticed(picture, language, tmp_path):
    class Gone(Gateway):
        def take(self, arrival):
            answer = super().take(arrival)
            if answer.file is not None:
                raise RefusedError(404, "gone", "it was kept for 7 days")
            return answer

    (proof,) = prove(Gone([task_record()], AT), [picture], language, tmp_path)
    assert proof.run.status != 0
    assert not list(proof.place.glob("output-*"))
