"""Password hashing as OWASP recommends and no heavier, since any visitor can trigger it."""

from concurrent.futures import ThreadPoolExecutor

from django.contrib.auth.hashers import Argon2PasswordHasher

_one_thread = ThreadPoolExecutor(1, thread_name_prefix="passwords")
"""Hashes one password after another. Memory that a hash took stays with its thread, so there is one."""


class LighterArgon2(Argon2PasswordHasher):
    """Argon2id with 19 MiB instead of Django's 100; a log-in renews a hash with other parameters."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """Hash a password."""
        return _one_thread.submit(super().encode, password, salt).result()

    def verify(self, password: str, encoded: str) -> bool:
        """Whether the password matches the hash."""
        return _one_thread.submit(super().verify, password, encoded).result()
