"""Paces requests per limit scope, so that a vendor's limit is not hit in the first place.

A scope is a name such as "graph" or "call-record:<id>". ``reserve`` hands out the next free
moment of a scope; ``pause`` closes one scope after a 429 and leaves the others open.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Protocol

import redis

logger = logging.getLogger(__name__)

# A slot of a scope is taken on Redis's own clock. KEYS: scope. ARGV: slot and pause, microseconds.
_TAKE = """
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local moment = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0'))
local free = math.max(moment + ARGV[1], now + ARGV[2])
redis.call('SET', KEYS[1], string.format('%.0f', free), 'PX', math.ceil((free - now) / 1000) + 1)
return moment - now
"""


class Gate(Protocol):
    def reserve(self, scope: str, rate: float) -> float:
        """Take one place at ``rate`` requests per second; returns seconds to wait before it."""

    def pause(self, scope: str, seconds: float) -> None:
        """Nothing more in this scope for so long."""


class RateGate:
    """Pacing within one process."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._next_free: dict[str, float] = {}
        self._lock = threading.Lock()

    def reserve(self, scope: str, rate: float) -> float:
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


class SharedRateGate:
    """Pacing across processes and machines, because limits belong to the tenant.

    Without Redis each process paces itself; a 429 is then still obeyed.
    """

    def __init__(self, url: str, tenant: str) -> None:
        client = redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)
        self._take = client.register_script(_TAKE)
        self._prefix = f"rate:{tenant}:"
        self._own = RateGate()

    def reserve(self, scope: str, rate: float) -> float:
        try:
            return float(self._take([self._prefix + scope], [round(1e6 / rate), 0])) / 1e6
        except redis.RedisError as error:
            logger.warning("Pacing is not shared, Redis does not answer: %s", error)
            return self._own.reserve(scope, rate)

    def pause(self, scope: str, seconds: float) -> None:
        self._own.pause(scope, seconds)
        try:
            self._take([self._prefix + scope], [0, round(seconds * 1e6)])
        except redis.RedisError as error:
            logger.warning("A pause is not shared, Redis does not answer: %s", error)
