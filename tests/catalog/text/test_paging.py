"""One pager cuts all numbered lists: pages that are none, pages past the end, and addresses beside a page."""

import re

import pytest

import live
from catalog.text.paging import LAST_PAGE, numbered, page_number, pager

ADDRESS = numbered("/list", [("q", "a&b"), ("kind", "")])


def shown(pages):
    return pages.page, pages.start, pages.stop, pages.previous_url, pages.next_url


def test_a_page_names_its_rows_and_those_beside_it():
    pages = pager(ADDRESS, 2, 25, 10)
    assert shown(pages) == (2, 10, 20, "/list?q=a%26b", "/list?q=a%26b&page=3")
    assert (pages.canonical, pages.first_url) == ("/list?q=a%26b&page=2", "/list?q=a%26b")
    assert pages.last_page == 3


@pytest.mark.parametrize(("count", "last"), [(0, 1), (1, 1), (10, 1), (11, 2), (20, 2), (21, 3)])
def test_the_last_page_may_be_short_and_an_empty_list_has_one(count, last):
    pages = pager(ADDRESS, last, count, 10)
    assert (pages.last_page, pages.next_url) == (last, "")


def test_a_page_past_the_end_leads_to_the_last_or_is_the_last():
    assert shown(pager(ADDRESS, 99, 25, 10)) == (99, 980, 990, "/list?q=a%26b&page=3", "")
    assert shown(pager(ADDRESS, 99, 25, 10, is_within=True)) == (3, 20, 30, "/list?q=a%26b&page=2", "")
    assert shown(pager(ADDRESS, 9, 0, 10)) == (9, 80, 90, "/list?q=a%26b", "")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 1),
        ("0", 1),
        ("-1", 1),
        ("x", 1),
        ("٣", 1),
        ("1.5", 1),
        ("7", 7),
        ("9" * 8, LAST_PAGE),
        ("9" * 9, 1),
    ],
)
def test_what_is_no_page_number_is_the_first_page(text, number):
    assert page_number(text) == number


def test_no_other_module_counts_pages():
    found = {
        str(file.relative_to(live.REPOSITORY))
        for folder in ("site", "catalog")
        for file in (live.REPOSITORY / folder).rglob("*.py")
        if re.search(r"last = .*-\(-|Paginator\(", file.read_text())
    }
    assert found == {"catalog/text/paging.py"}
