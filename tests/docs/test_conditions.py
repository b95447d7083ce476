"""Passages that need a promise: chosen by it, and refused with file and line where a mark is misplaced."""

import pytest

from docs import conditions, values
from docs.sources import ContentError, read

NAME = "retry_after"
TEXT = f"One.\n@@if {NAME}@@\nPromised.\n@@else@@\nNot promised.\n@@end@@\nTwo.\n"
FRONT = "---\ntitle: T\ndescription: D\ngroup: G\norder: 1\n---\n"


def chosen(text, promised):
    return conditions.chosen(text, {NAME: promised, "key_page": ""}).split()


def test_a_passage_is_there_where_its_promise_is_stated():
    assert chosen(TEXT, "yes") == ["One.", "Promised.", "Two."]
    assert chosen(TEXT, "") == ["One.", "Not", "promised.", "Two."]


def test_a_passage_in_a_passage_needs_both():
    text = f"@@if key_page@@\nA\n@@else@@\n@@if {NAME}@@\nB\n@@else@@\nC\n@@end@@\n@@end@@\n"
    assert (chosen(text, "yes"), chosen(text, "")) == (["B"], ["C"])


def test_line_ends_of_windows_are_no_part_of_a_mark():
    text = TEXT.replace("\n", "\r\n")
    conditions.check(text, {NAME})
    assert chosen(text, "yes") == ["One.", "Promised.", "Two."]


FAULTS = {
    f"@@if {NAME}@@\nA\n@@else@@\nB\n@@else@@\nC\n@@end@@\n": "line 5: a second @@else@@",
    "foo @@end@@ bar\n": "line 1: @@end@@ is not alone on its line",
    f"A\n  @@if {NAME}@@\nB\n@@end@@\n": f"line 2: @@if {NAME}@@ is not alone on its line",
    f"@@if {NAME}@@ A @@end@@\n": f"line 1: @@if {NAME}@@ is not alone on its line",
    f"@@if {NAME}@@\nA\n": "line 1: no @@end@@ follows",
    "A\n@@else@@\n": "line 2: @@else@@ has no @@if",
    "@@end@@\n": "line 1: @@end@@ has no @@if",
    "@@if@@\n@@end@@\n": "line 1: '' is no promise",
    "@@if fair_weather@@\n@@end@@\n": "line 1: 'fair_weather' is no promise",
}


@pytest.mark.parametrize(("text", "fault"), FAULTS.items(), ids=FAULTS.values())
def test_a_misplaced_mark_is_refused_with_file_and_line(tmp_path, text, fault):
    (tmp_path / "page.md").write_text(FRONT + text)
    line = int(fault.partition(":")[0].removeprefix("line ")) + FRONT.count("\n")
    with pytest.raises(ContentError, match=rf"^page\.md, line {line}: "):
        read(tmp_path)
    with pytest.raises(conditions.ConditionError) as refused:
        values.check(text)
    assert str(refused.value).startswith(fault)
