"""The catalog is anybody's: generic code names no operator, whose values are defaults of settings."""

import subprocess

import pytest
from django.conf import settings

CODE = ("catalog/*.py", "site/*.py", "templates", "static/js", "static/css", "manage.py")
OPERATOR = "runapi"
SETTINGS = {"site/config/settings.py"}


@pytest.mark.programs
def test_no_module_template_or_script_names_the_operator():
    asked = ["git", "ls-files", "--", *CODE]
    named = subprocess.run(asked, cwd=settings.REPOSITORY, capture_output=True, text=True, check=True)
    files = named.stdout.splitlines()
    assert {"catalog/apps.py", "site/pages/parts/quickstart.py", "static/js/key.js"} <= {*files}
    found = {name for name in files if OPERATOR in (settings.REPOSITORY / name).read_text().lower()}
    assert found == SETTINGS
