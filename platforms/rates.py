"""Paces requests per limit scope, so that a vendor's limit is not hit in the first place.

A scope is a name such as "graph" or "call-record:<id>". ``reserve`` hands out the next free
moment of a scope; ``pause`` closes one scope after a 429 and leaves the others open. Who finds a
scope closed learns from ``pause_left`` how much of the wait is the vendor's.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Protocol

import redis

logger = logging.getLogger(__name__)

# A slot of a scope is taken on Redis's own clock. KEYS: scope, and what lives as long as its pause.
# ARGV: slot and pause, microseconds.
_TAKE = """
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local moment = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0'))
local free = math.max(moment + ARGV[1], now + ARGV[2])
redis.call('SET', KEYS[1], string.format('%.0f', free), 'PX', math.ceil((free - now) / 1000) + 1)
local pause = math.ceil(ARGV[2] / 1000)
if pause > 0 and pause > redis.call('PTTL', KEYS[2]) then
  redis.call('SET', KEYS[2], 1, 'PX', pause)
end
return moment - now
"""


class Gate(Protocol):
    def reserve(self, scope: str, rate: float) -> float:
        """Take one place at ``rate`` requests per second; returns seconds to wait before it."""

    def pause(self, scope: str, seconds: float) -> None:
        """Nothing more in this scope for so long."""

    def pause_left(self, scope: str) -> float:
        """Seconds until the longest pause of this scope is over; 0 without one."""


class RateGate:
    """Pacing within one process."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._next_free: dict[str, float] = {}
        self._paused_until: dict[str, float] = {}
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
            now = self._now()
            until = now + seconds
            self._next_free[scope] = max(until, self._next_free.get(scope, until))
            self._paused_until = {k: v for k, v in self._paused_until.items() if v > now}
            self._paused_until[scope] = max(until, self._paused_until.get(scope, until))

    def pause_left(self, scope: str) -> float:
        with self._lock:
            now = self._now()
            return max(0.0, self._paused_until.get(scope, now) - now)


class SharedRateGate:
    """Pacing across processes and machines, because limits belong to the tenant.

    Without Redis each process paces itself; a 429 is then still obeyed.
    """

    def __init__(self, url: str, tenant: str) -> None:
        self._redis = redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)
        self._script = self._redis.register_script(_TAKE)
        self._prefix = f"rate:{tenant}:"
        self._own = RateGate()

    def reserve(self, scope: str, rate: float) -> float:
        try:
            return self._take(scope, 1 / rate, 0)
        except redis.RedisError as error:
            logger.warning("Pacing is not shared, Redis does not answer: %s", error)
            return self._own.reserve(scope, rate)

    def pause(self, scope: str, seconds: float) -> None:
        self._own.pause(scope, seconds)
        try:
            self._take(scope, 0, seconds)
        except redis.RedisError as error:
            logger.warning("A pause is not shared, Redis does not answer: %s", error)

    def pause_left(self, scope: str) -> float:
        try:
            left = self._redis.pttl(self._keys(scope)[1])
            return max(0.0, float(left) / 1000)
        except redis.RedisError as error:
            logger.warning("Pauses are not shared, Redis does not answer: %s", error)
            return self._own.pause_left(scope)

    def _take(self, scope: str, slot: float, pause: float) -> float:
        """Arguments and result in seconds."""
        return float(self._script(self._keys(scope), [round(slot * 1e6), round(pause * 1e6)])) / 1e6

    def _keys(self, scope: str) -> list[str]:
        return [f"{self._prefix}{scope}", f"{self._prefix}{scope}:pause"]
