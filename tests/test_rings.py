"""A ring takes the tests that it promises, and the fast one holds them to it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PATHS = ":".join(map(str, (TESTS.parent, TESTS.parent / "site", TESTS)))
pytestmark = pytest.mark.programs

ONE_OF_EACH = """
import os
import pytest
from hypothesis import given, strategies

def test_of_arithmetic(): pass
def test_that_starts_a_program(): os.system("true")
@pytest.mark.programs
def test_that_says_so(): os.system("true")
@pytest.mark.slow
def test_that_is_slow(): pass
@pytest.mark.django_db
def test_of_rows(): pass
def test_of_a_fixture(db): pass
@pytest.mark.engine("sqlite")
def test_of_an_engine(): pass
def test_of_a_site(live_site): pass
def test_with_its_own(own_database): pass
def test_that_looks(browser, live_site): pass
@pytest.mark.writes
def test_that_writes(browser, live_site): pass
@pytest.mark.soak
def test_that_kills(): pass
@given(strategies.none())
def test_of_a_property(_none): pass
"""
READS_A_PAGE = """
def test_that_reads_a_page(db): pass
"""
FIXTURES = """
from pathlib import Path
import pytest
import rings
rings.CATALOG = Path(__file__).parent / "catalog"
pytest_plugins = ["rings"]
@pytest.fixture
def browser(): pass
@pytest.fixture
def live_site(): pass
@pytest.fixture
def own_database(): pass
"""
OF_A_DATABASE = ["of_rows", "of_a_fixture", "of_an_engine"]
RINGS = {
    "fast": {
        "of_arithmetic",
        "that_reads_a_page",
        "that_starts_a_program",
        "that_kills",
        "of_a_property",
        *OF_A_DATABASE,
    },
    "database": {"with_its_own", "that_writes", *OF_A_DATABASE},
    "soak": {"that_kills", "of_a_property"},
}
ASKS = [[], ["fast"], ["database"], ["soak"], ["fast", "database"]]
COLLECTS = """
import sys, pytest
for rings in sys.argv[2:]:
    print("== rings", rings, flush=True)
    asked = [word for ring in rings.split() for word in ("--ring", ring)]
    pytest.main(["-n0", "-q", "-p", "no:cacheprovider", "--collect-only", *asked, sys.argv[1]])
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("rings")
    (made / "conftest.py").write_text(FIXTURES)
    (made / "catalog").mkdir()
    (made / "catalog/test_each.py").write_text(ONE_OF_EACH)
    (made / "test_pages.py").write_text(READS_A_PAGE)
    return made


def python(*words):
    return subprocess.run(
        [sys.executable, *map(str, words)],
        env=os.environ | {"PYTHONPATH": PATHS},
        cwd=TESTS.parent,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    ).stdout


def test_a_ring_takes_what_it_promises(folder):
    printed = python("-c", COLLECTS, folder, *map(" ".join, ASKS))
    found = {
        part.partition("\n")[0].strip(): set(re.findall(r"::test_(\w+)", part))
        for part in printed.split("== rings")[1:]
    }
    assert len(found.pop("")) == ONE_OF_EACH.count("def test_") + 1
    assert found.pop("fast database") == RINGS["fast"] & RINGS["database"] == {*OF_A_DATABASE}
    assert found == RINGS


def test_a_fast_test_that_starts_a_program_fails_and_says_how_to_mark_it(folder):
    printed = python(
        *("-m", "pytest", "-n0", "-q", "-p", "no:cacheprovider", "--ring", "fast", folder),
        *("-k", "program or arithmetic"),
    )
    assert "1 failed, 1 passed" in printed
    assert "it starts a program: mark it with `pytest.mark.programs`" in printed
