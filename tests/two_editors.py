"""Two desks at one change form: what each sees, saves, and is refused."""

from django.urls import reverse

from catalog.publishing.publish import current_revision, publish
from catalog.vocabulary import Origin
from forms import errors, filled

WHEN = "26 Nov 2026 12:00 UTC"
"""When the tests' clock stands still, as a conflict says it."""


def change(row) -> str:
    return reverse(f"admin:catalog_{row._meta.model_name}_change", args=[row.pk])


def shown(desk, row) -> dict:
    return filled(desk.get(change(row)))


def save(desk, row, sent):
    answer = desk.post(change(row), sent)
    assert answer.status_code == 302, errors(answer)
    row.refresh_from_db()


def refused(desk, row, sent):
    """Send what must change nothing; give the form as it is shown again, and what it says."""
    before = current_revision()
    answer = desk.post(change(row), sent)
    assert answer.status_code == 200
    assert current_revision() == before
    return filled(answer), errors(answer)


def an_import(row, **values):
    with publish(actor=None, origin=Origin.FILE, reason="Load") as edition:
        edition.change(type(row).objects.get(pk=row.pk), values)
