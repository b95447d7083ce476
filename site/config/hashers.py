"""Password hashing as OWASP recommends."""

from concurrent.futures import ThreadPoolExecutor

from django.contrib.auth.hashers import Argon2PasswordHasher

# The memory that a hash took stays with its thread, so there is one.
_one_thread = ThreadPoolExecutor(1, thread_name_prefix="passwords")


class LighterArgon2(Argon2PasswordHasher):
    """Argon2id with 19 MiB instead of Django's 100."""

    # No heavier: any visitor can trigger it.
    time_cost = 2
    # A log-in renews a hash that has other parameters.
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """Hash a password."""
        return _one_thread.submit(super().encode, password, salt).result()

    def verify(self, password: str, encoded: str) -> bool:
        """Whether the password matches the hash."""
        return _one_thread.submit(super().verify, password, encoded).result()
