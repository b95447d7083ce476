"""Under CI a test that cannot run has failed, unless what it needs lies beside the project."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.programs

TESTS = Path(__file__).parent
REAL = "catalog/exchange/test_real_catalogs.py"


def run(path, folder, ci):
    """Run tests of the project in a process of their own, where there are no real catalogs."""
    paths = ":".join(map(str, (TESTS.parent, TESTS.parent / "site", TESTS)))
    env = os.environ | {"CI": ci, "REAL_CATALOGS": str(folder), "PYTHONPATH": paths}
    command = [sys.executable, "-m", "pytest", "-n0", "-q", "-rs", "-p", "no:cacheprovider", str(path)]
    return subprocess.run(
        command, env=env, cwd=TESTS.parent, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize("ci", ["true", ""])
def test_without_the_real_catalogs_their_tests_are_skipped_with_the_reason(tmp_path, ci):
    done = run(TESTS / REAL, tmp_path, ci)
    assert done.returncode == 0, done.stdout
    assert " skipped" in done.stdout
    assert "passed" not in done.stdout
    assert "The real catalogs are not here." in done.stdout
    assert str(tmp_path) in done.stdout


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_any_other_skip_fails_under_ci(tmp_path, ci, code):
    path = tmp_path / "test_skipped.py"
    path.write_text("import pytest\n\n@pytest.mark.skip(reason='no reason')\ndef test_a(): pass\n")
    (tmp_path / "conftest.py").write_text(
        "import importlib.util\n"
        f"spec = importlib.util.spec_from_file_location('own', {str(TESTS / 'conftest.py')!r})\n"
        "own = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(own)\n"
        "pytest_runtest_makereport = own.pytest_runtest_makereport\n"
    )
    done = run(path, tmp_path, ci)
    assert done.returncode == code, done.stdout + done.stderr
