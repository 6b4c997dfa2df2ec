"""The sandbox's clock: starts at the world's anchor, runs in real time, can be moved or stopped."""

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """``now()`` is UTC; while it is running it moves with the real (monotonic) clock."""

    def __init__(self, start: datetime) -> None:
        self.running = True
        self.set(start)

    def now(self) -> datetime:
        passed = time.monotonic() - self._real if self.running else 0
        return self._start + timedelta(seconds=passed)

    def set(self, moment: datetime) -> None:
        self._start = moment.astimezone(UTC)
        self._real = time.monotonic()

    def advance(self, seconds: float) -> None:
        self.set(self.now() + timedelta(seconds=seconds))

    def run(self, running: bool) -> None:
        """Stop it where it is, or let it go on from there."""
        self.set(self.now())
        self.running = running


def parse_moment(text: str) -> datetime:
    """ISO 8601 with a zone → UTC. ValueError for anything else."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs a time zone: {text}")
    return moment.astimezone(UTC)
