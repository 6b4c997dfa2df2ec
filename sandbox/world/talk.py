"""Messages of meeting chats and team channels (graph-api §7)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sandbox.world.person import Person


@dataclass(frozen=True)
class RecordingEvent:
    """``url`` and ``seconds`` are known once the status is success."""

    call_id: str
    status: Literal["initial", "chunkFinished", "success", "failure"]
    name: str | None
    url: str | None
    seconds: float | None
    initiator: Person


@dataclass(frozen=True)
class TranscriptEvent:
    call_id: str
    ical_uid: str


@dataclass(frozen=True)
class CallStarted:
    call_id: str
    initiator: Person


@dataclass(frozen=True)
class CallEnded:
    call_id: str
    initiator: Person
    seconds: float
    participants: tuple[Person, ...]


Event = RecordingEvent | TranscriptEvent | CallStarted | CallEnded


@dataclass(frozen=True)
class Attachment:
    """``content_type`` "reference" is a file: ``url`` leads to it. Others are cards or forwarded
    messages, with ``content`` instead."""

    id: str
    content_type: str
    url: str | None = None
    name: str | None = None
    content: str | None = None


@dataclass(frozen=True)
class Reaction:
    person: Person
    kind: str
    at: datetime


@dataclass
class Message:
    """``event`` set: a system message, which nobody wrote.

    ``{graph}`` in the body becomes the API's own address, for inline images.
    ``hosted``: inline images by id. ``replies``: in channels only.
    """

    id: str
    created_at: datetime
    modified_at: datetime
    sender: Person | None = None
    body: str = ""
    content_type: Literal["text", "html"] = "html"
    subject: str | None = None
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    event: Event | None = None
    attachments: list[Attachment] = field(default_factory=list)
    mentions: list[Person] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)
    hosted: dict[str, bytes] = field(default_factory=dict)
    replies: list["Message"] = field(default_factory=list)


@dataclass
class Channel:
    """A team's channel: ``id`` is a thread id; its files lie in ``folder_id`` of ``drive_id``."""

    team_id: str
    team_name: str
    id: str
    name: str
    drive_id: str
    folder_id: str
    posts: list[Message] = field(default_factory=list)
