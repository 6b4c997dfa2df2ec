"""Paces requests per limit scope, so that a vendor's limit is not hit in the first place."""

import threading
import time
from collections.abc import Callable


class RateGate:
    """In-process pacing. A scope is a name such as "graph" or "call-record:<id>".

    ``reserve`` hands out the next free moment of a scope; ``pause`` closes one scope after a 429
    and leaves the others open.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._next_free: dict[str, float] = {}
        self._lock = threading.Lock()

    def reserve(self, scope: str, rate: float) -> float:
        """Take one place at ``rate`` requests per second; returns seconds to wait before it."""
        with self._lock:
            now = self._now()
            moment = max(now, self._next_free.get(scope, now))
            self._next_free[scope] = moment + 1 / rate
            if len(self._next_free) > 10_000:
                self._next_free = {k: v for k, v in self._next_free.items() if v > now}
            return moment - now

    def pause(self, scope: str, seconds: float) -> None:
        with self._lock:
            until = self._now() + seconds
            self._next_free[scope] = max(until, self._next_free.get(scope, until))
