"""The skill of every bundled family keeps to the specification: short, whole, and with all of its files."""

import os
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

import needs
import skill_files
from catalog.models import Family
from catalog.presentation.skills.skill_lookup import Shelf

pytestmark = [pytest.mark.django_db, pytest.mark.engine("sqlite")]  # what a file says is the same on both
FENCED = re.compile(r"^(`{3,})(\w*)\n(.*?)\n\1$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)]+)\)")


@pytest.fixture
def skills():
    return Shelf().listed()


@pytest.fixture(scope="module")
def tokens():
    """Counts tokens as OpenAI's models do: the words they know lie in a package of the tests."""
    if find_spec("litellm") is None:
        needs.client("litellm")
    home = Path(find_spec("litellm").origin).parent
    os.environ["TIKTOKEN_CACHE_DIR"] = str(home / "litellm_core_utils" / "tokenizers")
    tiktoken = needs.client("tiktoken")
    encoding = tiktoken.get_encoding("cl100k_base")
    return lambda text: len(encoding.encode(text, disallowed_special=()))


def test_every_family_has_a_skill_that_the_validator_passes(skills, tmp_path):
    assert len(skills) == Family.objects.count() + 1 > 40
    for skill in skills:
        home = skill_files.laid_out(tmp_path, skill.name, skill.files)
        assert skill_files.faults(home) == [], skill.name


def test_a_body_is_short_and_its_references_are_there_one_level_down(skills, tokens):
    for skill in skills:
        _, body = skill_files.split(skill.text)
        assert body.count("\n") < 500, skill.name
        assert tokens(body) < 5_000, skill.name
        linked = [link for link in LINK.findall(FENCED.sub("", body)) if "://" not in link]
        assert linked, skill.name
        for link in linked:
            assert link in skill.files, (skill.name, link)
            assert re.fullmatch(r"references/[a-z0-9.-]+", link), link
        assert {name for name in skill.files if "calls" not in name} - {"SKILL.md"} <= set(linked), skill.name
