"""What is done at the pricing desk, and what it leads to."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from catalog.models import Price
from small import TOKENS

WHY = {"reason": "The provider cut its price", "source_label": "Price list"}
DESK = "/admin/catalog/changeset/desk/"


def price(meter="input_tokens", kind="sell"):
    return Price.objects.get(
        variant__model_id=TOKENS, kind=kind, meter=meter, conditions_key="{}", effective_until=None
    )


def in_force(meter="input_tokens"):
    return Price.objects.at(timezone.now()).get(
        variant__model_id=TOKENS, kind="sell", meter=meter, conditions_key="{}"
    )


def review(answer):
    """The address that a draft is reviewed at."""
    assert answer.status_code == 302, answer.context["wrong"] or answer.context["why"].errors
    return answer["Location"]


def typed(desk, status=302, **cells):
    answer = desk.post(f"{DESK}?q=ballad-4-5", {**WHY, "_cells": "1", **cells})
    assert answer.status_code == status
    return answer


def rows_of(client, query="q=ballad-4-5-2025"):
    answer = client.get(f"{DESK}csv/?{query}")
    return list(csv.DictReader(io.StringIO(answer.content.decode(), newline="")))


def upload(client, rows, status=302):
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    file = SimpleUploadedFile("prices.csv", out.getvalue().encode())
    answer = client.post(DESK, {**WHY, "_upload": "1", "file": file})
    assert answer.status_code == status
    return answer
