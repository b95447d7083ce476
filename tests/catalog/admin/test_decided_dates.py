"""Statements of the end of life decide dates in the admin, too."""

from datetime import date

import pytest
from django.urls import reverse

from forms import errors, filled
from rows import a_variant

pytestmark = pytest.mark.django_db
ROW = '{"platform": "vendor", "retires_on": "2031-05-01", "firmness": "committed", "source_label": "V"}'


def send(desk, row, **typed):
    address = reverse("admin:catalog_variant_change", args=[row.pk])
    answer = desk.post(address, filled(desk.get(address)) | typed)
    row.refresh_from_db()
    return answer


@pytest.mark.parametrize("typed", ["2031-06-01", ""])
def test_a_date_that_statements_decide_is_set_by_them_alone(desk, typed):
    variant = a_variant("testfam-one", lifecycle="active")
    assert send(desk, variant, end_of_life=f"[{ROW}]").status_code == 302
    assert variant.retires_on == date(2031, 5, 1)
    refused = send(desk, variant, retires_on=typed)
    assert "The end of life decides this: 2031-05-01" in errors(refused)
    assert variant.retires_on == date(2031, 5, 1)
    assert send(desk, variant, end_of_life="[]").status_code == 302
    assert variant.retires_on is None
