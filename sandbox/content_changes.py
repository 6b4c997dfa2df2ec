"""Changes of chats, recordings and files, for ``POST /_sandbox/world``.

Each takes effect at ``at``, which is now unless the wish says otherwise.
"""

from collections.abc import Callable

from sandbox.clock import parse_moment
from sandbox.wanted import (
    ChangeRefused,
    Wish,
    drive_of,
    file_of,
    meeting_of,
    message_of,
    person_of,
    recording_of,
)
from sandbox.world.model import World
from sandbox.world.person import Person
from sandbox.world.recorded import ROUTES, expire, record, remove_file
from sandbox.world.said import attach_file, write
from sandbox.world.storage import Access
from sandbox.world.talk import Reaction, RecordingEvent

_ACCESS: dict[str, Access] = {"ok": "ok", "denied": "denied", "missing": "missing"}


def _add_message(world: World, wish: Wish) -> dict[str, object]:
    """By ``email``, or by a guest called ``name``; ``file``: with a file in it."""
    meeting = meeting_of(world, wish)
    sender = (
        person_of(world, wish["email"])
        if wish.get("email")
        else Person(str(wish["name"]), kind="guest")
    )
    kind = wish.get("content_type", "text")
    if kind not in ("text", "html"):
        raise ChangeRefused(f"content_type is text or html, not {kind!r}")
    shared = file_of(world, {"file": wish["file"]}) if "file" in wish else None
    message = write(meeting.messages, parse_moment(wish["at"]), sender, str(wish["body"]))
    message.content_type = kind
    if shared is not None:
        attach_file(message, *shared)
    return {"message": message.id}


def _edit_message(world: World, wish: Wish) -> dict[str, object]:
    message, body = message_of(meeting_of(world, wish), wish), str(wish["body"])
    message.edited_at = message.modified_at = parse_moment(wish["at"])
    message.body = body
    return {"message": message.id}


def _delete_message(world: World, wish: Wish) -> dict[str, object]:
    message = message_of(meeting_of(world, wish), wish)
    message.deleted_at = message.modified_at = parse_moment(wish["at"])
    return {"message": message.id}


def _add_reaction(world: World, wish: Wish) -> dict[str, object]:
    """A modification, not an edit."""
    message = message_of(meeting_of(world, wish), wish)
    person, at = person_of(world, wish["email"]), parse_moment(wish["at"])
    message.reactions.append(Reaction(person, str(wish.get("reaction", "like")), at))
    message.modified_at = at
    return {"message": message.id}


def _add_recording(world: World, wish: Wish) -> dict[str, object]:
    """From ``starts_at`` to ``ends_at``, in ``routes``; there at once."""
    meeting, routes = meeting_of(world, wish), set(wish.get("routes", ROUTES))
    if not routes or routes - ROUTES:
        raise ChangeRefused(f"routes are some of {', '.join(sorted(ROUTES))}")
    starts_at, ends_at = parse_moment(wish["starts_at"]), parse_moment(wish["ends_at"])
    if starts_at >= ends_at:
        raise ChangeRefused("a recording ends after it starts")
    by = person_of(world, wish["email"]) if wish.get("email") else None
    added = record(world, meeting, starts_at, ends_at, routes, parse_moment(wish["at"]), by=by)
    return {"recording": added.id, "file": added.file_id}


def _remove_recording(world: World, wish: Wish) -> dict[str, object]:
    """From ``routes``; the chat goes on naming it unless it is one of them."""
    meeting = meeting_of(world, wish)
    recording, routes = recording_of(meeting, wish), set(wish.get("routes", ROUTES - {"chat"}))
    if not routes or routes - ROUTES:
        raise ChangeRefused(f"routes are some of {', '.join(sorted(ROUTES))}")
    if "api" in routes:
        recording.listed = False
    if "drive" in routes:
        remove_file(world, recording)
    if "chat" in routes:
        for message in list(meeting.messages):
            event = message.event
            if isinstance(event, RecordingEvent) and event.name == recording.name:
                meeting.messages.remove(message)
    return {"recording": recording.id}


def _expire_recording(world: World, wish: Wish) -> dict[str, object]:
    """Listed as before, its file and its content gone."""
    recording = recording_of(meeting_of(world, wish), wish)
    expire(world, recording)
    return {"recording": recording.id}


def _rename_file(world: World, wish: Wish) -> dict[str, object]:
    drive, item = file_of(world, wish)
    drive.rename(item, str(wish["name"]), parse_moment(wish["at"]))
    return {"file": item.id}


def _remove_file(world: World, wish: Wish) -> dict[str, object]:
    """With everything below it, if it is a folder."""
    drive, item = file_of(world, wish)
    gone = [item]
    for folder in gone:
        gone += drive.children(folder)
    for one in gone:
        del drive.items[one.id]
    return {"file": item.id}


def _lock_file(world: World, wish: Wish) -> dict[str, object]:
    """423 for itself and its content or children, until ``locked`` false."""
    _, item = file_of(world, wish)
    item.locked = bool(wish.get("locked", True))
    return {"file": item.id, "locked": item.locked}


def _set_drive(world: World, wish: Wish) -> dict[str, object]:
    if wish["access"] not in _ACCESS:
        raise ChangeRefused(f"access is one of {', '.join(_ACCESS)}")
    drive = drive_of(world, wish)
    drive.access = _ACCESS[wish["access"]]
    return {"drive": drive.id, "access": drive.access}


CONTENT_OPERATIONS: dict[str, Callable[[World, Wish], dict[str, object]]] = {
    "add_message": _add_message,
    "edit_message": _edit_message,
    "delete_message": _delete_message,
    "add_reaction": _add_reaction,
    "add_recording": _add_recording,
    "remove_recording": _remove_recording,
    "expire_recording": _expire_recording,
    "rename_file": _rename_file,
    "remove_file": _remove_file,
    "lock_file": _lock_file,
    "set_drive": _set_drive,
}
