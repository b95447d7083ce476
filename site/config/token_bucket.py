"""A token bucket per key, in bounded memory."""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock

KEYS = 10_000  # remembered at least; at most twice as many, about 5 MB
TOLD_AGAIN = 60.0


@dataclass(frozen=True, slots=True)
class Refusal:
    """Seconds to wait; `is_first` of its key within a minute."""

    seconds: float
    is_first: bool


class Rates:
    """Buckets, each stored as the instant at which it is full."""

    def __init__(self, keys: int = KEYS, clock: Callable[[], float] = time.monotonic) -> None:
        self._keys, self._clock, self._lock = keys, clock, Lock()
        # Key -> when its bucket is full, until when its refusals have been told.
        self._new: dict[Hashable, tuple[float, float]] = {}
        self._old: dict[Hashable, tuple[float, float]] = {}

    def take(self, key: Hashable, per_minute: int, burst: int) -> Refusal | None:
        """Count a request; return a refusal, uncounted, where the bucket is empty."""
        now, each = self._clock(), 60 / per_minute
        with self._lock:
            full_at, told_until = self._new.get(key) or self._old.get(key) or (now, 0.0)
            full_at = max(full_at, now)
            wait = full_at - now - each * (burst - 1)
            if wait <= 1e-9:  # 0, but for rounding
                self._keep(key, (full_at + each, told_until))
                return None
            is_first = now >= told_until
            self._keep(key, (full_at, now + TOLD_AGAIN if is_first else told_until))
            return Refusal(wait, is_first)

    def _keep(self, key: Hashable, bucket: tuple[float, float]) -> None:
        # Two generations: the older is dropped as a whole, with the least recently used.
        if len(self._new) >= self._keys and key not in self._new:
            self._old, self._new = self._new, {}
        self._new[key] = bucket

    def __len__(self) -> int:
        return len(self._new) + len(self._old)
