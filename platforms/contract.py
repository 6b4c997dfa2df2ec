"""What the sync engine asks of a meeting platform."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from platforms.context import CallContext
from platforms.errors import PlatformError
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

    ``changed_until``: everything of the chat ``thread_id`` that was changed up to then is stored.
    ``calls``: when each call took place that a stored message is about. ``files``: those to look
    up. ``complete``: source ids of what never changes and need not be fetched again.
    """

    thread_id: str | None = None
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
    watches_recording: bool = False  # whether to ask how its automatic recording is set


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


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A meeting to be made, or what its calendar event is to say from now on.

    The same ``transaction_id`` never makes a second event.
    """

    organizer_email: str
    subject: str
    starts_at: datetime
    ends_at: datetime
    transaction_id: str


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """The calendar's event. ``join_url`` None: there is no meeting in it, or not told yet."""

    event_id: str
    join_url: str | None


class Platform(Protocol):
    """Microsoft Teams, Zoom, … One object per process, safe to use from several threads."""

    def check_configured(self) -> None:
        """Raise ConfigurationError if settings are missing."""

    def resolve_meeting(self, ref: MeetingRef, context: CallContext) -> Resolved:
        """Find the meeting's id, its organizer's id and its chat.

        Raises PlatformError when not even the organizer can be found.
        """

    def find_organizer(self, email: str, context: CallContext) -> str:
        """Their object id. Raises NotFoundError (ORGANIZER_UNKNOWN)."""

    def create_event(self, new: NewMeeting, context: CallContext) -> CalendarEvent:
        """Make the event and its meeting, or find the one that was made before."""

    def fetch_event(
        self, organizer_email: str, event_id: str, context: CallContext
    ) -> CalendarEvent:
        """Raises NotFoundError (EVENT_GONE) if it is not in the calendar any more."""

    def explain_no_meeting(self, organizer_email: str, context: CallContext) -> PlatformError:
        """Why an event got no meeting, as far as the platform tells."""

    def change_event(self, event_id: str, now: NewMeeting, context: CallContext) -> None:
        """Raises NotFoundError (EVENT_GONE) if it is not in the calendar any more."""

    def remove_event(self, organizer_email: str, event_id: str, context: CallContext) -> None:
        """Cancel it; one that is not there any more is cancelled already."""

    def fetch_recording_setting(self, meeting: RemoteMeeting, context: CallContext) -> bool:
        """Whether the meeting records by itself, as the platform has it now."""

    def set_recording(self, meeting: RemoteMeeting, on: bool, context: CallContext) -> None:
        """Ask for it; whether it was kept is for ``fetch_recording_setting`` to say."""

    def read(
        self,
        feed: Feed,
        meeting: RemoteMeeting,
        window: Window,
        known: Known,
        context: CallContext,
    ) -> Iterator[FeedPage]:
        """Pages of a feed in the vendor's order; a Progress page says how many parts follow."""
