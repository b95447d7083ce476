"""What is about the data of the bundled catalog: here alone it is in the database and on the live site."""

from functools import partial

import pytest

import databases
import live


@pytest.fixture(scope="session")
def live_site(tmp_path_factory):
    """The address of the real site with the bundled catalog, as `make run` serves it."""
    folder = tmp_path_factory.mktemp("bundled")
    with databases.new(folder, databases.BUNDLED) as database, live.running(folder, **database) as url:
        yield url


@pytest.fixture(scope="session")
def new_database(tmp_path_factory):
    """Makes the setting of one more database with the bundled catalog, for as long as a block runs."""
    return partial(databases.new, tmp_path_factory.mktemp("databases"), catalog=databases.BUNDLED)


@pytest.fixture(scope="module")
def own_database(new_database):
    """The setting of a database with the bundled catalog that nobody else uses."""
    with new_database() as database:
        yield database
