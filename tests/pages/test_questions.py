"""The lint asks about records what a plan asks about files."""

import pytest
from django.core.management import call_command

from lint.run import ask

pytestmark = pytest.mark.django_db

FILE = """
[provider]
slug = "acme"
name = "Acme"

[[family]]
slug = "elm"
name = "Elm"
"""
MODEL = """
[[family.model]]
model_id = "elm-{number}"
slug = "{number}"
context_window = 1000
max_output_tokens = 2000
"""
QUESTION = "max_output_tokens: 2000 is above the context window 1000"


@pytest.mark.parametrize(("count", "subject"), [(1, "elm-1"), (4, "elm-1 and 3 more")])
def test_a_value_on_record_that_is_hardly_true_is_asked_about_once(tmp_path, count, subject):
    models = (MODEL.format(number=number) for number in range(1, count + 1))
    (tmp_path / "acme.toml").write_text(FILE + "".join(models))
    call_command("import_catalog", tmp_path / "acme.toml")
    assert f"{subject}: question: {QUESTION}" in [str(each) for each in ask()]
