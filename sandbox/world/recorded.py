"""The words in which recordings and transcripts are written down."""

import re
from base64 import b64encode
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sandbox.world.build import Span, offset
from sandbox.world.files import put_file, sharing_link
from sandbox.world.media import Cue, Recording, Transcript
from sandbox.world.model import Meeting, World
from sandbox.world.people import identifier
from sandbox.world.person import Person
from sandbox.world.said import call_of, happened
from sandbox.world.storage import Drive
from sandbox.world.talk import RecordingEvent, TranscriptEvent

DELAY = timedelta(minutes=10)  # nothing is published: "minutes to hours" (graph-api §5)
ROUTES = frozenset({"api", "drive", "chat"})
_MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"


def recorded(
    world: World,
    meeting: Meeting,
    span: Span,
    routes: Collection[str] = ROUTES,
    start: datetime | None = None,
    by: Person | None = None,
    owner: Person | None = None,
    folder: str | None = None,
) -> Recording:
    """``span`` of the meeting (or of its occurrence at ``start``) was recorded.

    The file lies in the recordings folder of the organizer, or of ``owner``: a policy may
    say that it is the initiator's (graph-api §8); or in another ``folder``, where the
    chat names it by a sharing link.
    """
    begun = start or meeting.starts_at
    starts_at, ends_at = begun + offset(span[0]), begun + offset(span[1])
    call_id = call_of(meeting, start)
    return record(
        world, meeting, starts_at, ends_at, routes, ends_at + DELAY, by, owner, folder, call_id
    )


def record(
    world: World,
    meeting: Meeting,
    starts_at: datetime,
    ends_at: datetime,
    routes: Collection[str],
    available_at: datetime,
    by: Person | None = None,
    owner: Person | None = None,
    folder: str | None = None,
    call_id: str | None = None,
) -> Recording:
    """The same for instants; the call is the meeting's unless ``call_id`` names another."""
    number = len(meeting.recordings)
    guid = identifier("recording", meeting.id, number)
    subject = re.sub(r'[\\/:*?"<>|]', "", meeting.subject)
    stamp = starts_at.strftime("%Y%m%d_%H%M%S")
    recording = Recording(
        id=b64encode(f"1##{number}##{guid}".encode()).decode(),
        call_id=call_id or meeting.call_id,
        correlation_id=identifier("content", guid),
        starts_at=starts_at,
        ends_at=ends_at,
        available_at=available_at,
        initiator=by or meeting.organizer,
        name=f"{subject}-{stamp}-Meeting Recording.mp4",
        content=_video(guid, int((ends_at - starts_at).total_seconds())),
        listed="api" in routes,
    )
    url = _store(world, meeting, recording, owner or meeting.organizer, folder)
    meeting.recordings.append(recording)
    if "chat" in routes:
        _announce(meeting, recording, url)
    if "drive" not in routes:
        remove_file(world, recording)
    return recording


def expire(world: World, recording: Recording) -> None:
    """The recycle bin took the file: still listed, nothing behind it (graph-api §8)."""
    recording.expired = True
    remove_file(world, recording)


def remove_file(world: World, recording: Recording) -> None:
    for drive in world.drives.values():
        drive.items.pop(str(recording.file_id), None)
    recording.file_id = None


def transcribed(
    meeting: Meeting,
    cues: Iterable[Cue],
    at: str = "0:00:00",
    start: datetime | None = None,
    like: Recording | None = None,
) -> Transcript:
    """A transcript that begins ``at``; ``like``: of the same content as that recording."""
    kept = list(cues)
    starts_at = (start or meeting.starts_at) + offset(at)
    ends_at = starts_at + timedelta(seconds=max(cue.end for cue in kept))
    guid = identifier("transcript", meeting.id, len(meeting.transcripts))
    transcript = Transcript(
        id=b64encode(f"1##{len(meeting.transcripts)}##{guid}".encode()).decode(),
        call_id=call_of(meeting, start),
        correlation_id=like.correlation_id if like else identifier("content", guid),
        starts_at=starts_at,
        ends_at=ends_at,
        available_at=ends_at + DELAY,
        cues=kept,
    )
    meeting.transcripts.append(transcript)
    event = TranscriptEvent(transcript.call_id, identifier("ical", meeting.event_id))
    happened(meeting, transcript.available_at, event)
    return transcript


def _store(
    world: World, meeting: Meeting, recording: Recording, owner: Person, folder: str | None
) -> str:
    """Put the file where it belongs; the link by which the chat names it."""
    drive = _drive(world, meeting, owner)
    path = f"{folder or _folder(drive, meeting)}/{recording.name}"
    item = put_file(
        drive, path, recording.content, recording.ends_at, recording.initiator, recording.seconds
    )
    recording.file_id = item.id
    if folder is not None:
        item.sharing_link = sharing_link(drive, item)
    return item.sharing_link or drive.url_of(item)


def _drive(world: World, meeting: Meeting, owner: Person) -> Drive:
    if meeting.channel is not None:
        return world.drives[meeting.channel.drive_id]
    drive = world.drive_of(owner)
    if drive is None:
        raise ValueError(f"{owner.name} has no OneDrive to keep a recording in")
    return drive


def _folder(drive: Drive, meeting: Meeting) -> str:
    if meeting.channel is not None:
        return f"{drive.path(drive.items[meeting.channel.folder_id])}/Recordings"
    special = drive.by_special("recordings")
    return drive.path(special) if special is not None else "Recordings"


def _announce(meeting: Meeting, recording: Recording, url: str) -> None:
    """Two system messages: recording began; recording is there."""
    call_id, by = recording.call_id, recording.initiator
    initial = RecordingEvent(call_id, "initial", None, None, None, by)
    happened(meeting, recording.starts_at, initial)
    done = RecordingEvent(call_id, "success", recording.name, url, recording.seconds, by)
    happened(meeting, recording.available_at, done)


def _video(name: str, seconds: int) -> bytes:
    """2,048 bytes and one for every second: what begins like an MP4 and plays nowhere."""
    filling = name.encode() * (2048 // len(name) + seconds // len(name) + 1)
    return (_MP4 + filling)[: 2048 + seconds]
