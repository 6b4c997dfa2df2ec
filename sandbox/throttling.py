"""The published limits (graph-api §11), as sliding windows on the sandbox's clock.

Rejected calls count against the quota too, so hammering keeps a window full.
"""

import re
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Limit:
    """``calls`` in ``window`` for every distinct match of ``path`` (its groups are the scope)."""

    name: str
    path: re.Pattern[str]
    calls: int
    window: timedelta


_RECORD = r"^/v1\.0/communications/callRecords/([^/?]+)"
_MAILBOX = re.compile(r"^/v1\.0/users/([^/?]+)/(?:calendar|events)(?=[/?]|$)")
AT_ONCE = 4  # for one mailbox
_CHAT = r"^/v1\.0/(chats/[^/?]+|teams/[^/]+/channels/[^/?]+)/messages"
LIMITS = (
    Limit("mailbox", _MAILBOX, 10_000, timedelta(minutes=10)),
    Limit("record pages", re.compile(_RECORD + r"[^?]*\?.*skiptoken="), 50, timedelta(minutes=5)),
    Limit("record", re.compile(_RECORD + r"(?!.*skiptoken=)"), 10, timedelta(seconds=20)),
    Limit(
        "call records",
        re.compile(r"^/v1\.0/communications/callRecords"),
        1500,
        timedelta(seconds=20),
    ),
    Limit("chat", re.compile(_CHAT), 1, timedelta(seconds=1)),
    Limit("chats", re.compile(_CHAT.replace("(", "(?:")), 20, timedelta(seconds=1)),
    Limit(
        "other Teams GET",
        re.compile(r"^/v1\.0/users/[^/]+/onlineMeetings"),
        30,
        timedelta(seconds=1),
    ),
)


@dataclass
class Throttle:
    _calls: dict[tuple[str, ...], deque[datetime]] = field(default_factory=dict)
    _inside: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def inside(self, target: str) -> Iterator[bool]:
        """While a request is answered; tells whether it is one too many for its mailbox."""
        match = _MAILBOX.match(target)
        mailbox = match[1].lower() if match else ""
        self._inside[mailbox] += 1
        try:
            yield match is not None and self._inside[mailbox] > AT_ONCE
        finally:
            self._inside[mailbox] -= 1

    def seconds_to_wait(self, target: str, now: datetime) -> float | None:
        """Count the call ``target`` (decoded ``path?query``); None lets it through."""
        waits = [
            self._count(limit, match.groups(), now)
            for limit in LIMITS
            if (match := limit.path.search(target))
        ]
        return max((wait for wait in waits if wait is not None), default=None)

    def _count(self, limit: Limit, scope: tuple[str, ...], now: datetime) -> float | None:
        calls = self._calls.setdefault((limit.name, *scope), deque(maxlen=limit.calls))
        oldest = calls[0] if len(calls) == limit.calls else None
        calls.append(now)
        if oldest is None or now - oldest >= limit.window:
            return None
        # The oldest call that still counts is now the second: this one took its place.
        return (calls[0] + limit.window - now).total_seconds()
