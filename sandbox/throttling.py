"""The published limits (graph-api §11), as sliding windows on the sandbox's clock.

Rejected calls count against the quota too, so hammering keeps a window full.
"""

import re
from collections import deque
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
_CHAT = r"^/v1\.0/(chats/[^/?]+|teams/[^/]+/channels/[^/?]+)/messages"
LIMITS = (
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
