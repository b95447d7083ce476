"""How passwords are hashed: one at a time, lightly, at the same cost whether the name is known or not."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import pytest
from django.contrib.auth import hashers as django_hashers
from django.test import Client

from config import hashers, logins
from config import settings as site_settings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_hashers")]
RIGHT, WRONG = "a long password", "not the password"


@pytest.fixture
def real_hashers(settings, monkeypatch):
    settings.PASSWORD_HASHERS = site_settings.PASSWORD_HASHERS
    monkeypatch.setattr(logins, "TURN_SECONDS", 0)


def attempt(password=WRONG, name="keeper"):
    return Client().post("/admin/login/", {"username": name, "password": password})


def test_a_name_that_nobody_has_costs_one_hash_like_a_known_one(django_user_model, monkeypatch):
    django_user_model.objects.create_superuser("keeper", password=RIGHT)
    hashed = []
    for name in ("encode", "verify"):
        real = getattr(django_hashers.Argon2PasswordHasher, name)

        def counted(self, *given, real=real):
            hashed.append((self.memory_cost, self.time_cost, self.parallelism))
            return real(self, *given)

        monkeypatch.setattr(django_hashers.Argon2PasswordHasher, name, counted)
    for name in ("keeper", "nobody"):
        hashed.clear()
        assert attempt(name=name).status_code == 200
        assert hashed == [(19 * 1024, 2, 1)]


def test_an_old_hash_is_accepted_and_renewed(django_user_model):
    old = django_hashers.Argon2PasswordHasher().encode(RIGHT, "salt-of-the-past")
    assert "m=102400" in old
    user = django_user_model.objects.create_superuser("keeper")
    django_user_model.objects.filter(pk=user.pk).update(password=old)
    assert attempt(RIGHT).status_code == 302
    user.refresh_from_db()
    assert user.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert attempt(RIGHT).status_code == 302


def test_one_password_is_hashed_at_a_time(monkeypatch):
    under_way, most, lock = 0, 0, Lock()
    real = django_hashers.Argon2PasswordHasher.encode

    def encode(self, *given):
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        time.sleep(0.01)
        try:
            return real(self, *given)
        finally:
            with lock:
                under_way -= 1

    monkeypatch.setattr(django_hashers.Argon2PasswordHasher, "encode", encode)
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda _number: hashers.LighterArgon2().encode(RIGHT, "12345678"), range(6)))
    assert (len(set(made)), most) == (1, 1)
