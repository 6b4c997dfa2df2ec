"""The sandbox's clock: starts at the world's anchor, runs on in real time, can be moved."""

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """``now()`` is UTC; it moves with the real (monotonic) clock until someone moves it."""

    def __init__(self, start: datetime) -> None:
        self.set(start)

    def now(self) -> datetime:
        return self._start + timedelta(seconds=time.monotonic() - self._real)

    def set(self, moment: datetime) -> None:
        self._start = moment.astimezone(UTC)
        self._real = time.monotonic()

    def advance(self, seconds: float) -> None:
        self.set(self.now() + timedelta(seconds=seconds))


def parse_moment(text: str) -> datetime:
    """ISO 8601 with a zone → UTC. ValueError for anything else."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs a time zone: {text}")
    return moment.astimezone(UTC)
