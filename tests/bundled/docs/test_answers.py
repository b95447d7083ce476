"""The answers that the page on the API shows, of bundled models, are those that the API gives."""

import json
import re

import pytest
from django.conf import settings

import docs_source
from docs_outputs import CUT

PAGE = "catalog-api"


def _within(shown, answered, place=""):
    """Name what a shortened example says otherwise than the answer."""
    if isinstance(shown, dict):
        for key, value in shown.items():
            if key == CUT:
                continue
            if key not in answered:
                yield f"{place}.{key} is not in the answer"
            else:
                yield from _within(value, answered[key], f"{place}.{key}")
    elif isinstance(shown, list) and any(isinstance(item, dict) for item in shown):
        for at, item in enumerate(shown):
            if item != CUT and not any([*_within(item, other)] == [] for other in answered):
                yield f"{place}[{at}] is not in the answer"
    elif shown != answered:
        yield f"{place} is {answered!r}, the page says {shown!r}"


def shown_answers():
    """Each answer of the page with the address that the command before it asks."""
    address = ""
    for code in docs_source.codes():
        if code.page == PAGE and code.language == "bash":
            address = re.search(rf"{settings.SITE_URL}(/[^\s\"]+)", code.text)
        elif code.page == PAGE and code.language == "json":
            yield address[1], json.loads(code.text)


@pytest.mark.parametrize(("address", "shown"), [*shown_answers()])
@pytest.mark.django_db
def test_an_answer_shown_is_the_answer_given(client, address, shown):
    assert [*_within(shown, client.get(address).json())] == []


def test_what_differs_from_an_answer_is_seen():
    answered = {"items": [{"amount": "1.5", "unit": "1M tokens"}], "count": 1}
    assert [*_within({"items": [{"amount": "1.5"}]}, answered)] == []
    for wrong in ({"items": [{"amount": "1.50"}]}, {"count": 2}, {"total": 1}):
        assert [*_within(wrong, answered)] != []
