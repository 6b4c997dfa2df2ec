"""What the sync engine asks of a meeting platform."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from platforms.errors import PlatformError, StoppedError
from platforms.records import (
    AttendancePage,
    ChatPage,
    FileRef,
    FilesPage,
    Progress,
    RecordingsPage,
    RemoteMeeting,
    TranscriptPage,
)


class Feed(StrEnum):
    """One remote listing. Its value is stored as the source of what came from it."""

    ATTENDANCE_REPORTS = "attendance_reports"
    CALL_RECORDS = "call_records"
    RECORDINGS = "recordings"
    DRIVE = "drive"  # the folder of recordings, and the recordings that the chat names
    CHAT = "chat"
    SHARED_FILES = "shared_files"  # the files that the chat names
    TRANSCRIPTS = "transcripts"


NEED_MEETING_ID = frozenset({Feed.ATTENDANCE_REPORTS, Feed.RECORDINGS, Feed.TRANSCRIPTS})

# Read after another feed has ended, because that one names what is to be looked up; for all
# meetings of one organizer (or channel) at once, because they share one drive.
READ_AFTER: Mapping[Feed, Feed] = {Feed.DRIVE: Feed.CHAT, Feed.SHARED_FILES: Feed.CHAT}

Page = AttendancePage | RecordingsPage | ChatPage | FilesPage | TranscriptPage
FeedPage = Page | Progress


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored already, so that a feed reads only what is new: an immutable snapshot.

    ``changed_until``: everything of the chat that was changed up to then is stored. ``calls``:
    when each call took place that a stored message is about. ``files``: those to look up.
    ``complete``: source ids of what never changes and need not be fetched again.
    """

    changed_until: datetime | None = None
    calls: Mapping[str, datetime] = field(default_factory=dict)
    files: tuple[FileRef, ...] = ()
    complete: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MeetingRef:
    """What we know about a meeting before asking: enough to find it, or not."""

    organizer_email: str | None
    organizer_id: str | None
    join_url: str | None
    meeting_id: str | None
    starts_at: datetime
    ends_at: datetime
    thread_id: str | None = None
    post_id: str | None = None
    team_id: str | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """The planned times of one meeting, and how much earlier or later it may really be held."""

    spans: tuple[tuple[datetime, datetime], ...]
    before: timedelta
    after: timedelta

    @property
    def opens_at(self) -> datetime:
        return min(start for start, _ in self.spans) - self.before

    @property
    def closes_at(self) -> datetime:
        return max(end for _, end in self.spans) + self.after

    def covers(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Is any of it within a planned time, earliness and lateness included?"""
        return any(
            starts_at <= end + self.after and ends_at >= start - self.before
            for start, end in self.spans
        )

    def overlaps_plan(self, starts_at: datetime, ends_at: datetime) -> bool:
        return any(starts_at < end and ends_at > start for start, end in self.spans)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A meeting as far as it could be found. ``id_failure`` says why its id is not known."""

    meeting: RemoteMeeting
    id_failure: PlatformError | None = None


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


class Platform(Protocol):
    """Microsoft Teams, Zoom, … One object per process, safe to use from several threads."""

    name: str
    feeds: frozenset[Feed]

    def check_configured(self) -> None:
        """Raise ConfigurationError if settings are missing."""

    def resolve_meeting(self, ref: MeetingRef, context: CallContext) -> Resolved:
        """Find the meeting's id, its organizer's id and its chat.

        Raises PlatformError when not even the organizer can be found.
        """

    def read(
        self,
        feed: Feed,
        meeting: RemoteMeeting,
        window: Window,
        known: Known,
        context: CallContext,
    ) -> Iterator[FeedPage]:
        """Pages of a feed in the vendor's order; a Progress page says how many parts follow."""
