"""What a change of the world names: a meeting, a person, a message, a recording, a file."""

from typing import Any

from sandbox.world.media import Recording
from sandbox.world.model import Meeting, World
from sandbox.world.person import Person
from sandbox.world.storage import Drive, Item
from sandbox.world.talk import Message

Wish = dict[str, Any]


class ChangeRefused(Exception):
    """The change names something that is not there, or makes no sense."""


def meeting_of(world: World, wish: Wish) -> Meeting:
    """The meeting of ``conference``, or of its ``slot``; or by its ``join_url`` or ``event``."""
    for meeting in world.meetings:
        if wish.get("join_url") == meeting.join_web_url or wish.get("event") == meeting.event_id:
            return meeting
    if "join_url" in wish or "event" in wish:
        raise ChangeRefused("no meeting has that join_url or event")
    for conference in world.conferences:
        if conference.id == wish["conference"]:
            slots = {slot.id: slot.meeting for slot in conference.time_slots}
            found = slots.get(wish["slot"]) if slots else conference.meeting
            if found is not None:
                return found
    raise ChangeRefused("no such conference, slot or meeting")


def person_of(world: World, email: str) -> Person:
    for person in world.who.values():
        if str(person.mail).lower() == email.lower():
            return person
    raise ChangeRefused(f"nobody has the e-mail {email!r}")


def message_of(meeting: Meeting, wish: Wish) -> Message:
    """``message``: its number among those that people wrote (oldest 0), or its id."""
    wanted = wish["message"]
    if isinstance(wanted, int):
        written = [message for message in meeting.messages if message.event is None]
        return sorted(written, key=lambda message: message.created_at)[wanted]
    for message in meeting.messages:
        if message.id == wanted:
            return message
    raise ChangeRefused(f"no message {wanted!r}")


def recording_of(meeting: Meeting, wish: Wish) -> Recording:
    """``recording``: its number in the order of making (default 0), or its id."""
    wanted = wish.get("recording", 0)
    if isinstance(wanted, int):
        return meeting.recordings[wanted]
    for recording in meeting.recordings:
        if recording.id == wanted:
            return recording
    raise ChangeRefused(f"no recording {wanted!r}")


def file_of(world: World, wish: Wish) -> tuple[Drive, Item]:
    """``file``: the id or the name of one item (also a folder); with ``email`` in that drive."""
    wanted, drives = wish["file"], list(world.drives.values())
    if wish.get("email"):
        drives = [drive_of(world, wish)]
    found = [
        (drive, item)
        for drive in drives
        for item in drive.items.values()
        if wanted in (item.id, item.name) and item.parent_id is not None
    ]
    if len(found) != 1:
        raise ChangeRefused(f"{len(found)} files are called {wanted!r}")
    return found[0]


def drive_of(world: World, wish: Wish) -> Drive:
    """The OneDrive of ``email``."""
    drive = world.drive_of(person_of(world, wish["email"]))
    if drive is None:
        raise ChangeRefused(f"{wish['email']} has no OneDrive")
    return drive
