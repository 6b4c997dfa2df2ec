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
    thread_id: str | None = None  # of its chat, or of the channel that it is held in
    post_id: str | None = None  # the post in the channel whose replies are the meeting's chat
    team_id: str | None = None  # of the channel's team
    records_itself: bool | None = None  # automatic recording; None: nobody asked


@dataclass(frozen=True, slots=True)
class AttendancePage:
    """Some intervals of one sitting; ``is_last`` closes the sitting.

    An ``is_last`` page may be empty: a sitting that nobody attended.
    """

    sitting: RemoteSitting
    intervals: tuple[RemoteInterval, ...]
    is_last: bool


@dataclass(frozen=True, slots=True)
class RemoteRecording:
    """One part of a recording, as the platform's own list has it."""

    source_id: str
    call_id: str | None
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class RecordingsPage:
    """Recordings of the planned times, other occurrences left out."""

    recordings: tuple[RemoteRecording, ...]
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class RemoteEvent:
    """What a system message tells. A recording's link, name and length come once it is done.

    ``kind``: "call_started", "call_ended", "recording_started", "recording" (done),
    "recording_failed", "transcript", or "other".
    """

    kind: str
    call_id: str | None = None
    url: str | None = None
    name: str | None = None
    seconds: float | None = None
    initiator: RemotePerson | None = None


@dataclass(frozen=True, slots=True)
class RemoteAttachment:
    """A file that a message names. Cards and forwarded messages are none."""

    url: str
    name: str


@dataclass(frozen=True, slots=True)
class RemoteMessage:
    """One message of a chat, a system message if it has an ``event``.

    ``about`` is the moment that decides to which planned time it belongs: when it was written,
    or for late word of a recording, when its call took place. ``sender_kind``: "user", "guest",
    "bot", or "" for system messages. ``body`` is as the vendor gave it: never safe to show.
    """

    source_id: str
    about: datetime
    created_at: datetime
    modified_at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None
    sender: RemotePerson | None
    sender_kind: str
    body: str
    is_html: bool
    attachments: tuple[RemoteAttachment, ...] = ()
    event: RemoteEvent | None = None


@dataclass(frozen=True, slots=True)
class ChatPage:
    """Messages of the planned times. ``changed_until``: nothing that was changed up to this
    moment is missing once the feed has been read to its end; only the first page has it.
    ``lists_all``: a channel lists everything each time and tells of no deletion.
    """

    thread_id: str
    messages: tuple[RemoteMessage, ...]
    changed_until: datetime | None = None
    lists_all: bool = False
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file to look up: by its ids once they are known, else by the link that the chat gave.

    ``owners``: directory ids of those in whose drive it may lie, likeliest first; ``owner`` is
    the name of the first, for telling whose drive refused.
    """

    url: str | None = None
    drive_id: str | None = None
    item_id: str | None = None
    owners: tuple[str, ...] = ()
    owner: str = ""


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file in a drive. ``asked_by``: the link of the FileRef that led to it, if one did.

    ``size`` in bytes; ``seconds`` for videos. ``is_in_folder``: it lies in the folder of
    recordings, and was found by listing it.
    """

    drive_id: str
    item_id: str
    name: str
    url: str
    size: int | None
    mime_type: str
    created_at: datetime
    modified_at: datetime
    seconds: float | None = None
    asked_by: str | None = None
    is_in_folder: bool = False


@dataclass(frozen=True, slots=True)
class FilesPage:
    """What was found, and which references lead to nothing (any more)."""

    files: tuple[RemoteFile, ...]
    gone: tuple[FileRef, ...] = ()
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class RemoteTranscript:
    source_id: str
    call_id: str | None
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class RemoteCue:
    """One thing that was said. ``starts`` and ``ends`` in seconds from the transcript's start,
    negative for what was said before transcription began. ``speaker`` None: nobody is named.
    """

    starts: float
    ends: float
    speaker: str | None
    text: str


@dataclass(frozen=True, slots=True)
class TranscriptPage:
    """A whole transcript; ``cues`` is None for one that is complete already.

    ``lost``: how many of its cues could not be read. ``is_attributed`` is false where the tenant
    does not let speakers be named.
    """

    transcript: RemoteTranscript
    cues: tuple[RemoteCue, ...] | None = None
    lost: int = 0
    is_attributed: bool = True
    is_last: bool = True


@dataclass(frozen=True, slots=True)
class Progress:
    """How many parts a feed has and what it saw on the way: counts for the log, never names.

    ``parts`` adds to what was announced before; less than 0 takes back what was only estimated.
    ``listed``: source ids of everything that the platform lists, read or not.
    """

    parts: int
    seen: dict[str, int] = field(default_factory=dict)
    listed: frozenset[str] = frozenset()
