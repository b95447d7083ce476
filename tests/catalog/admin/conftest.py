"""Who is at the desk of the admin: an administrator, a price editor, a content editor, or nobody much."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from catalog.models import Price
from rows import a_price, a_variant


def desk_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def an_editor(group: str) -> Client:
    user = User.objects.create_user(group.replace(" ", "-"), is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return desk_of(user)


@pytest.fixture
def administrator(db) -> User:
    return User.objects.create_superuser("ada")


@pytest.fixture
def desk(administrator) -> Client:
    return desk_of(administrator)


@pytest.fixture
def other_desk(db) -> Client:
    """Another administrator."""
    return desk_of(User.objects.create_superuser("bob"))


@pytest.fixture
def price_desk(db) -> Client:
    return an_editor("price editor")


@pytest.fixture
def content_desk(db) -> Client:
    return an_editor("content editor")


@pytest.fixture
def bare_desk(db) -> Client:
    """Staff in no group."""
    return desk_of(User.objects.create_user("nobody", is_staff=True))


@pytest.fixture
def price(db) -> Price:
    return a_price(a_variant("testfam-priced", name="Priced"))
