"""Feeds, each read in a thread of its own, come together in one bounded queue.

The threads never touch the database. At most QUEUE_PAGES pages wait, so memory is bounded.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import InitVar, dataclass, field
from datetime import datetime

from platforms.context import CallContext, WaitingBudget
from platforms.contract import READ_AFTER, Feed, FeedPage, Known, Platform, Resolved, Window
from platforms.errors import PlatformError, StoppedError
from platforms.records import RemoteMeeting
from platforms.redact import redact
from syncing.operation import Target
from syncing.outcomes import FeedOutcome

logger = logging.getLogger(__name__)

QUEUE_PAGES = 16
THREADS = 8


@dataclass(frozen=True, slots=True)
class MeetingFound:
    """The end of looking for one target's meeting."""

    target: Target
    resolved: Resolved | None
    error: PlatformError | None
    requests: int


@dataclass(slots=True, eq=False)
class Reading:
    """One feed of one meeting or drive, for all targets that share it.

    ``failure``: why it cannot even be tried. ``id_failure``: why the meeting itself is not known,
    which is then why its chat is not. ``reached``: slots that something was stored for.
    ``is_settled``: it has ended, and it is decided whether another feed is read instead.
    Only the writing thread changes a reading.
    """

    feed: Feed
    meeting: RemoteMeeting
    targets: tuple[Target, ...]
    failure: InitVar[PlatformError | None] = None
    instead_of: "Reading | None" = None
    id_failure: PlatformError | None = None
    reached: set[int | None] = field(default_factory=set)
    has_ended: bool = False
    is_settled: bool = False
    outcome: FeedOutcome = field(init=False)
    slots: frozenset[int | None] = field(init=False)

    def __post_init__(self, failure: PlatformError | None) -> None:
        self.outcome = FeedOutcome(self.feed, tried=failure is None, error=failure)
        self.slots = frozenset(target.slot for target in self.targets)


def is_ready(reading: Reading, readings: Iterable[Reading]) -> bool:
    """Whether every reading has ended that tells this one what to look up."""
    return all(
        other.has_ended
        for other in readings
        if other.feed is READ_AFTER[reading.feed] and set(other.targets) & set(reading.targets)
    )


Found = tuple[Target, Resolved]


def by_source(feed: Feed, found: list[Found]) -> list[tuple[Resolved, tuple[Target, ...]]]:
    """Targets that share what a feed reads, a meeting or a drive, share its readings."""
    groups: dict[tuple[str, ...], tuple[Resolved, list[Target]]] = {}
    for target, resolved in found:
        groups.setdefault(_source(feed, resolved.meeting), (resolved, []))[1].append(target)
    return [(resolved, tuple(targets)) for resolved, targets in groups.values()]


def _source(feed: Feed, meeting: RemoteMeeting) -> tuple[str, ...]:
    if feed not in READ_AFTER:
        return (meeting.organizer_id, meeting.meeting_id or "".join(meeting.join_urls))
    if meeting.post_id:
        return (meeting.team_id or "", meeting.thread_id or "")
    return (meeting.organizer_id,)


@dataclass(frozen=True, slots=True)
class PageRead:
    reading: Reading
    page: FeedPage


@dataclass(frozen=True, slots=True)
class FeedEnded:
    reading: Reading
    error: PlatformError | None
    requests: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Waiting:
    """A vendor asked for a pause; ``until`` is None when it is over."""

    until: datetime | None


Arrival = MeetingFound | PageRead | FeedEnded | Waiting


class Reader:
    """Starts threads; hands what they bring to the one thread that writes."""

    def __init__(self, platform: Platform, wait_seconds: float, run_seconds: float) -> None:
        self._platform = platform
        self._budget = WaitingBudget(wait_seconds)
        self._deadline = time.monotonic() + run_seconds
        self._arrivals: queue.Queue[Arrival] = queue.Queue(QUEUE_PAGES)
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="feed")
        self._stop = threading.Event()
        self._open = 0

    def find_meeting(self, target: Target) -> None:
        self._start(lambda: self._find(target))

    def open(self, reading: Reading, window: Window, known: Known) -> None:
        self._start(lambda: self._read(reading, window, known))

    @property
    def is_busy(self) -> bool:
        return self._open > 0

    def next(self, timeout: float) -> Arrival | None:
        """What came next, or None after ``timeout`` seconds without anything."""
        try:
            arrival = self._arrivals.get(timeout=timeout)
        except queue.Empty:
            return None
        if isinstance(arrival, MeetingFound | FeedEnded):
            self._open -= 1
        return arrival

    def close(self) -> None:
        """Stop every thread at its next step and wait for it."""
        self._stop.set()
        while self.is_busy and self.next(timeout=0.1) is not None:
            pass
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _start(self, work: Callable[[], None]) -> None:
        self._open += 1
        self._pool.submit(work)

    def _new_context(self) -> CallContext:
        return CallContext(
            self._budget, self._deadline, self._stop, on_wait=lambda u: self._put(Waiting(u))
        )

    def _find(self, target: Target) -> None:
        context = self._new_context()
        resolved, error = None, None
        try:
            resolved = self._platform.resolve_meeting(target.ref, context)
        except PlatformError as failure:
            error = failure
        except Exception as failure:  # noqa: BLE001 (a fault of ours becomes INTERNAL, told below)
            error = _internal(failure)
        self._put(MeetingFound(target, resolved, error, context.requests))

    def _read(self, reading: Reading, window: Window, known: Known) -> None:
        context, began = self._new_context(), time.monotonic()
        error: PlatformError | None = None
        read = self._platform.read
        try:
            for page in read(reading.feed, reading.meeting, window, known, context):
                self._put(PageRead(reading, page))
                context.check()
        except PlatformError as failure:
            error = failure
        except Exception as failure:  # noqa: BLE001 (as above)
            error = _internal(failure)
        self._put(FeedEnded(reading, error, context.requests, time.monotonic() - began))

    def _put(self, arrival: Arrival) -> None:
        """Wait for a place in the queue; give up when nobody reads any more."""
        while True:
            try:
                self._arrivals.put(arrival, timeout=0.5)
                return
            except queue.Full:
                if self._stop.is_set():
                    raise StoppedError("The run has ended.") from None


def _internal(failure: Exception) -> PlatformError:
    logger.error("A feed stopped on a fault of ours", exc_info=failure)
    return PlatformError(redact(f"{type(failure).__name__}: {failure}"))
