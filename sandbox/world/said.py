"""The words in which chats are written down. Times are offsets from the meeting's start."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from sandbox.world.build import offset
from sandbox.world.model import Meeting
from sandbox.world.people import identifier
from sandbox.world.person import Person
from sandbox.world.storage import Drive, Item
from sandbox.world.talk import Attachment, CallEnded, CallStarted, Event, Message, Reaction

File = tuple[Drive, Item]


def write(messages: list[Message], at: datetime, sender: Person | None, body: str) -> Message:
    """A message at an instant; its id is that instant in milliseconds, as the vendor's is."""
    used, number = {message.id for message in messages}, int(at.timestamp() * 1000)
    while str(number) in used:
        number += 1
    message = Message(str(number), at, at, sender, body)
    messages.append(message)
    return message


def said(
    meeting: Meeting,
    person: Person,
    at: str,
    body: str,
    kind: Literal["text", "html"] = "text",
    files: Iterable[File] = (),
    start: datetime | None = None,
) -> Message:
    """What someone wrote; with ``files`` the body is HTML and shows their attachments."""
    moment = (start or meeting.starts_at) + offset(at)
    message = write(meeting.messages, moment, person, body)
    message.content_type = kind
    for drive, item in files:
        attach_file(message, drive, item)
    return message


def attach_file(message: Message, drive: Drive, item: Item) -> None:
    url = drive.url_of(item)
    attach(message, Attachment(item.unique_id, "reference", url, item.name))


def attach(message: Message, attachment: Attachment) -> None:
    """The body names the attachment, so it is HTML from now on."""
    message.content_type = "html"
    message.body += f'<attachment id="{attachment.id}"></attachment>'
    message.attachments.append(attachment)


def happened(meeting: Meeting, at: datetime, event: Event) -> Message:
    message = write(meeting.messages, at, None, "<systemEventMessage/>")
    message.event = event
    return message


def call_took_place(
    meeting: Meeting, *people: Person, start: datetime | None = None, length: timedelta
) -> None:
    """Two system messages: started at the start, ended at the end."""
    begun = start or meeting.starts_at
    call_id = call_of(meeting, start)
    happened(meeting, begun, CallStarted(call_id, people[0]))
    ended = CallEnded(call_id, people[0], length.total_seconds(), people)
    happened(meeting, begun + length, ended)


def call_of(meeting: Meeting, start: datetime | None) -> str:
    """The id of the call: the meeting's, or of one occurrence of a series."""
    if start is None or start == meeting.starts_at:
        return meeting.call_id
    return identifier("call", meeting.id, (start - meeting.starts_at).total_seconds())


def edited(message: Message, at: timedelta, body: str) -> None:
    """``at`` after it was written."""
    message.body = body
    message.edited_at = message.modified_at = message.created_at + at


def deleted(message: Message, at: timedelta) -> None:
    message.deleted_at = message.modified_at = message.created_at + at


def liked(message: Message, person: Person, at: timedelta, kind: str = "like") -> None:
    """A reaction is a modification, but not an edit (graph-api §7)."""
    message.modified_at = message.created_at + at
    message.reactions.append(Reaction(person, kind, message.modified_at))
