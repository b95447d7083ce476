"""A site's database with everything in it, and a backup of it, made once."""

from pathlib import Path

import pytest

import backups


@pytest.fixture(scope="session")
def origin(tmp_path_factory, new_database):
    """The settings of a database with the tests' catalog, a user, a session and a webhook.

    Tests leave it as it is: what writes works in a restored one.
    """
    folder = tmp_path_factory.mktemp("origin")
    with new_database() as own:
        settings = {"CATALOG_VAR": folder, "DATABASE_URL": f"sqlite:///{folder}/catalog.sqlite3", **own}
        assert backups.worker("prepare", settings=settings) == {"sessions": 1}
        yield settings


@pytest.fixture(scope="session")
def backup(origin, tmp_path_factory):
    """The path of a backup of it."""
    return Path(backups.made(tmp_path_factory.mktemp("backups"), **origin)["path"])


@pytest.fixture
def empty(tmp_path):
    """The settings of a database that holds nothing."""
    with backups.empty_place(tmp_path) as settings:
        yield settings
