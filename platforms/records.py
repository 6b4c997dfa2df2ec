"""What a platform said, typed. Times are aware and in UTC; ids are opaque; None means unknown."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RemotePerson:
    """Somebody in a meeting, as far as the platform tells.

    ``directory_id`` is the account's object id; empty for guests and telephones.
    ``label`` is the name shown by the platform (a telephone number for dial-in).
    """

    directory_id: str | None
    email: str | None
    label: str


@dataclass(frozen=True, slots=True)
class RemoteInterval:
    """One join and leave of one person. ``source_id`` is unique within its sitting."""

    source_id: str
    entry_id: str  # the vendor's record: all intervals of one entry are one person
    person: RemotePerson
    role: str  # the vendor's word, "" if it gives none
    joined_at: datetime
    left_at: datetime


@dataclass(frozen=True, slots=True)
class RemoteSitting:
    """One time the meeting was held: a Teams attendance report or a call record."""

    source_id: str
    starts_at: datetime
    ends_at: datetime
    is_guess: bool = False  # matched by organizer and time only, not by the meeting's own link


@dataclass(frozen=True, slots=True)
class RemoteMeeting:
    """A meeting as the platform knows it. ``join_urls``: ours, and the platform's own spelling."""

    meeting_id: str | None
    organizer_id: str
    join_urls: tuple[str, ...]
    thread_id: str | None = None


@dataclass(frozen=True, slots=True)
class AttendancePage:
    """Some intervals of one sitting; ``is_last`` closes the sitting.

    An ``is_last`` page may be empty: a sitting that nobody attended.
    """

    sitting: RemoteSitting
    intervals: tuple[RemoteInterval, ...]
    is_last: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How many parts a feed has and what it saw on the way: counts for the log, never names.

    ``listed``: source ids of everything that the platform lists, read or not.
    """

    parts: int
    seen: dict[str, int] = field(default_factory=dict)
    listed: frozenset[str] = frozenset()
