"""The tests' catalog holds a model of each kind, and no test of code names a model of the bundled one."""

import re
import tomllib

import pytest

import databases
import small
from catalog.exchange import catalog_file
from catalog.exchange.load import load_files
from catalog.models import Family, Price, Provider, Variant

TESTS = databases.ROOT / "tests"
BUNDLED_DATA = ["bundled", "golden", "small_catalog", "catalog/exchange/pieces"]
"""What is about the bundled catalog, and real pieces of other people's catalogs."""
NOT_A_NAME = {"runway", "speech-to-text", "s1"}
"""IDs of the bundled catalog that are words of other things, too."""


def ids(catalog):
    """The IDs and aliases of a catalog's files."""
    for path in databases.FILES[catalog].glob("*.toml"):
        for family in tomllib.loads(path.read_text())["family"]:
            for model in family.get("model", []):
                yield from (model["model_id"], *model.get("aliases", []))


def named(text):
    """The IDs of the bundled catalog that a text names."""
    known = "|".join(map(re.escape, sorted({*ids("bundled")} - NOT_A_NAME, key=len, reverse=True)))
    return re.findall(rf"(?<![\w.-])(?:{known})(?![\w-]|\.\d)", text)


@pytest.mark.django_db
def test_it_is_in_the_database_of_each_test():
    counts = (Variant.objects.count(), Family.objects.count(), Provider.objects.count())
    assert counts == (small.MODELS, small.FAMILIES, small.PROVIDERS)
    assert Price.objects.filter(variant__model_id=small.TOKENS, kind="sell").count() == 4
    assert load_files(sorted(databases.FILES["small"].glob("*.toml"))).revision is None


def test_each_part_is_played_by_a_model_of_its_files():
    plain = {"MAKER", "FAMILY", "OTHER_FAMILY", "TOKENS_PATH"}
    parts = {name: value for name, value in vars(small).items() if name.isupper() and isinstance(value, str)}
    assert {parts[name] for name in parts.keys() - plain} <= {*ids("small")}


def test_it_shares_no_model_with_the_bundled_catalog():
    assert not {*ids("small")} & {*ids("bundled")}
    mine, theirs = (catalog_file.read(sorted(folder.glob("*.toml"))) for folder in databases.FILES.values())
    assert not {entry.slug for entry in mine.families} & {entry.slug for entry in theirs.families}
    both = {entry.slug for entry in mine.providers} & {entry.slug for entry in theirs.providers}
    assert both == {"not-stated"}
