"""What a call carries: the limits of the run it is made for, and how to tell that it waits."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from platforms.errors import StoppedError

OnWait = Callable[[datetime | None], None]


class Waits:
    """Which threads of one run wait for a vendor, each until when.

    Tells the latest of those moments, or None when nobody waits any more; in order, because the
    last word is what a page shows.
    """

    def __init__(self) -> None:
        self._open: list[datetime] = []
        self._lock = threading.Lock()

    def begin(self, until: datetime, tell: OnWait) -> None:
        with self._lock:
            self._open.append(until)
            tell(max(self._open))

    def end(self, until: datetime, tell: OnWait) -> None:
        with self._lock:
            self._open.remove(until)
            tell(max(self._open, default=None))


class WaitingBudget:
    """How long one run may wait for a vendor, all its feeds together, in seconds.

    Feeds that wait at the same time use it up once: it is the run that waits.
    """

    def __init__(self, seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self.waits = Waits()
        self._left = seconds
        self._now = now
        self._paid_until = now()
        self._lock = threading.Lock()

    def covers(self, seconds: float) -> bool:
        with self._lock:
            return self._cost(seconds) <= self._left

    def take(self, seconds: float) -> bool:
        with self._lock:
            cost = self._cost(seconds)
            if cost > self._left:
                return False
            self._left -= cost
            self._paid_until = max(self._paid_until, self._now() + seconds)
            return True

    def _cost(self, seconds: float) -> float:
        """The part of a wait, beginning now, that no other wait has paid for."""
        now = self._now()
        return max(0.0, now + seconds - max(now, self._paid_until))


@dataclass
class CallContext:
    """What a fetching thread carries: its run's limits, and how to tell what it is doing.

    ``deadline`` is on the monotonic clock. ``on_wait`` gets the moment a vendor asked us to wait
    for, the latest of all threads of the run, or None when no thread waits any more.
    """

    budget: WaitingBudget
    deadline: float
    stop: threading.Event = field(default_factory=threading.Event)
    on_wait: OnWait = lambda _until: None
    requests: int = 0

    def wait(self, seconds: float) -> None:
        """Pause, at once interrupted when the run ends."""
        if self.stop.wait(min(seconds, max(0.0, self.deadline - time.monotonic()))):
            raise StoppedError("The run has ended.")
        self.check()

    def wait_for_vendor(self, seconds: float) -> None:
        """A pause that a vendor asked for, taken from the budget before: the page shows it."""
        until = datetime.now(UTC) + timedelta(seconds=seconds)
        self.budget.waits.begin(until, self.on_wait)
        try:
            self.wait(seconds)
        finally:
            self.budget.waits.end(until, self.on_wait)

    def check(self) -> None:
        if self.stop.is_set() or time.monotonic() >= self.deadline:
            raise StoppedError("The run has ended.")
