"""Prices out as CSV and in again: what comes back is a draft, and what does not fit is named."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from catalog.models import ChangeSet, Price
from desk import DESK, WHY, price, review, rows_of, typed, upload
from small import REPLACEMENT, TOKENS

pytestmark = pytest.mark.django_db


def test_a_csv_that_comes_back_unchanged_changes_nothing(price_desk):
    page = upload(price_desk, rows_of(price_desk, ""), status=200).content.decode()
    assert "Nothing would change." in page


def test_a_price_with_an_announced_change_comes_back_unchanged_or_is_refused(price_desk):
    rows = rows_of(price_desk, f"q={REPLACEMENT}")
    row = next(row for row in rows if row["meter"] == "input_tokens")
    assert row["amount"] == "2"
    assert "Nothing would change." in upload(price_desk, rows, status=200).content.decode()
    row["amount"] = "3"
    page = upload(price_desk, rows, status=200).content.decode()
    assert f"of {REPLACEMENT}: cancel what is announced first" in page


def test_an_edited_csv_is_a_draft(price_desk):
    rows = rows_of(price_desk)
    next(row for row in rows if row["meter"] == "input_tokens")["amount"] = "1.625"
    review(upload(price_desk, rows))
    edit = ChangeSet.objects.get().edits.get()
    assert (edit.meter, edit.amount, edit.based_on) == ("input_tokens", Decimal("1.625"), price())


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("per", "1000", "per is '1000', and price"),
        ("currency", "EUR", "that stays"),
        ("meter", "output_tokens", "that stays"),
        ("model_id", "other", "that stays"),
        ("amount", "1,5", "is not an amount"),
        ("amount", "-1", "is negative"),
        ("price_id", "999999999", "there is no price"),
        ("price_id", "x", "there is no price"),
    ],
)
def test_a_csv_row_that_is_wrong_is_named_and_nothing_is_kept(price_desk, column, value, message):
    rows = rows_of(price_desk)
    rows[0]["amount"] = "9"
    rows[1][column] = value
    page = upload(price_desk, rows, status=200).content.decode()
    assert "Row 3:" in page
    assert message in page.replace("&#x27;", "'")
    assert not ChangeSet.objects.exists()


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_csv_of_any_spreadsheet_is_read_and_an_empty_row_is_skipped(price_desk, delimiter):
    head = delimiter.join(["price_id", "model_id", "state", "amount"])
    row = delimiter.join([str(price().pk), TOKENS, "known", "1.625"])
    content = f"\ufeff{head}\r\n{delimiter * 3}\r\n{row}\r\n{delimiter * 3}\r\n".encode()
    file = SimpleUploadedFile("prices.csv", content)
    review(price_desk.post(DESK, {**WHY, "_upload": "1", "file": file}))
    assert ChangeSet.objects.get().edits.get().amount == Decimal("1.625")


def test_a_csv_with_decimal_commas_is_refused_with_the_row(price_desk):
    content = f"price_id;amount\r\n;\r\n{price().pk};1,625\r\n".encode()
    file = SimpleUploadedFile("prices.csv", content)
    page = price_desk.post(DESK, {**WHY, "_upload": "1", "file": file}).content.decode()
    assert "Row 3:" in page
    assert "1,625" in page


def test_a_csv_based_on_a_price_that_has_changed_is_a_conflict(price_desk, desk):
    rows = rows_of(price_desk)
    desk.post(review(typed(desk, **{f"sell-{price().pk}": "1.75"})), {"_approve": "1"})
    next(row for row in rows if row["meter"] == "input_tokens")["amount"] = "1.625"
    page = upload(price_desk, rows, status=200).content.decode()
    assert "has changed since this file was written" in page
    assert ChangeSet.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"a,b\n1,2", b'price_id,amount\n"1', b"\0"])
def test_a_file_that_is_no_csv_is_refused(price_desk, content):
    file = SimpleUploadedFile("prices.csv", content)
    answer = price_desk.post(DESK, {**WHY, "_upload": "1", "file": file})
    assert answer.status_code == 200
    assert not ChangeSet.objects.exists()


def test_csv_cells_cannot_run_as_formulas(price_desk):
    for row in rows_of(price_desk, ""):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())


def test_an_empty_sell_price_begins_from_a_csv_as_from_the_grid(price_desk):
    missing = price("cache_write_1h_tokens", "list")
    rows = rows_of(price_desk)
    row = next(row for row in rows if row["price_id"] == str(missing.pk))
    assert (row["amount"], row["list_amount"]) == ("", "6")
    row["amount"] = "3"
    review(upload(price_desk, rows))
    edit = ChangeSet.objects.get().edits.get()
    assert (edit.kind, edit.amount, edit.based_on) == ("sell", Decimal(3), None)


def test_an_announced_price_cannot_be_edited_from_a_csv(price_desk):
    address = review(typed(price_desk, **{f"sell-{price().pk}": "1.625"}))
    day = timezone.now() + timedelta(days=3)
    price_desk.post(address, {"_approve": "1", "applies_at_0": f"{day:%Y-%m-%d}", "applies_at_1": "10:00"})
    announced = Price.objects.get(variant__model_id=TOKENS, amount=Decimal("1.625"))
    page = upload(price_desk, [{"price_id": str(announced.pk), "amount": "9"}], status=200).content.decode()
    assert "has changed since this file was written" in page
    assert (
        "has changed since the grid"
        in typed(price_desk, status=200, **{f"sell-{announced.pk}": "end"}).content.decode()
    )
