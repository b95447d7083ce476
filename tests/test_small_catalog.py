"""The tests' catalog holds a model of each kind, and no test of code names a model of the bundled one."""

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

import databases
import small
from catalog.exchange import catalog_file
from catalog.exchange.load import load_files
from catalog.models import Family, Price, Provider, Variant

TESTS = databases.ROOT / "tests"
MAY_NAME_THEM = [
    *(
        "bench",
        "bundled",
        "golden",
        "node",
        "catalog/exchange/pieces",
        "gateway/vendor_rules.py",
        *(f"catalog/exchange/test_{name}.py" for name in ("contradictions", "other_catalogs", "thinking")),
    ),
    *("catalog/exchange/test_importing.py", "catalog/admin/test_imports.py", Path(__file__).name),
]
"""What is about the bundled catalog or its vendors, and what reads real pieces of other people's catalogs."""
NOT_A_NAME = {"runway", "s1", "speech-to-text", "tts-1"}
"""IDs of the bundled catalog that are words of other things, too."""


@cache
def ids(catalog):
    """The IDs and aliases of a catalog's files."""
    return {
        name
        for family in families(catalog)
        for model in family.get("model", [])
        for name in (model["model_id"], *model.get("aliases", []))
    }


def families(catalog):
    for path in databases.FILES[catalog].glob("*.toml"):
        yield from tomllib.loads(path.read_text()).get("family", [])


@cache
def pattern():
    """What finds an ID of the bundled catalog, or the address of one of its families."""
    models = any_of(ids("bundled") - NOT_A_NAME)
    slugs = any_of({family["slug"] for family in families("bundled")})
    return re.compile(rf"(?<![\w.-]){models}(?![\w-]|\.\d)|/(?:models|skills)/{slugs}(?![\w-]|\.\d)")


def any_of(words):
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"


def named(text):
    """The IDs of the bundled catalog, and the addresses of its families, that a text names."""
    return pattern().findall(text.replace("-vs-", " "))


@pytest.mark.django_db
def test_it_is_in_the_database_of_each_test():
    counts = (Variant.objects.count(), Family.objects.count(), Provider.objects.count())
    assert counts == (small.MODELS, small.FAMILIES, small.PROVIDERS)
    assert Price.objects.filter(variant__model_id=small.TOKENS, kind="sell").count() == 4
    assert load_files(sorted(databases.FILES["small"].glob("*.toml"))).revision is None


def test_each_part_is_played_by_a_model_of_its_files():
    plain = {"MAKER", "FAMILY", "OTHER_FAMILY", "TOKENS_PATH"}
    parts = {name: value for name, value in vars(small).items() if name.isupper() and isinstance(value, str)}
    assert {parts[name] for name in parts.keys() - plain} <= ids("small")


def test_it_shares_no_model_with_the_bundled_catalog():
    assert not ids("small") & ids("bundled")
    mine, theirs = (
        catalog_file.read(sorted(databases.FILES[name].glob("*.toml"))) for name in ("small", "bundled")
    )
    assert not {entry.slug for entry in mine.families} & {entry.slug for entry in theirs.families}
    both = {entry.slug for entry in mine.providers} & {entry.slug for entry in theirs.providers}
    assert both == {"not-stated"}


def test_no_test_of_code_names_a_model_of_the_bundled_catalog():
    left_out = [TESTS / name for name in MAY_NAME_THEM]
    found = {}
    for path in [*TESTS.rglob("*.py"), *TESTS.rglob("*.toml"), *TESTS.rglob("*.json")]:
        if not any(path.is_relative_to(other) for other in left_out):
            found[str(path.relative_to(TESTS))] = named(path.read_text())
    assert len(found) > 100
    assert {path: names for path, names in found.items() if names} == {}


def test_what_would_name_one_is_seen():
    assert named('MODEL = "claude-sonnet-4-5"') == ["claude-sonnet-4-5"]
    assert named("f'/compare/gpt-5.4-mini-vs-MiniMax-M2'") == ["gpt-5.4-mini", "MiniMax-M2"]
    assert named("/models/claude/anything?at=1") == ["/models/claude"]
    assert named("claude-sonnet-4-5-9, gpt-5.4x and speech-to-text") == []
