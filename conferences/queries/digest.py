"""One digest of what the business knows, for comparing runs and restores.

No primary keys and no bookkeeping: two databases that know the same have the same digest.
"""

import hashlib
import json
from typing import Any

from django.db.models import Model, Q
from django.db.models.expressions import ExpressionWrapper
from django.db.models.fields import BooleanField

from conferences.models import (
    AttendanceRecord,
    AttendanceSession,
    AttendanceSitting,
    Booking,
    CallRecording,
    ChatMessage,
    ChatThread,
    Conference,
    ConferenceTimeSlot,
    DriveFile,
    FileLink,
    Membership,
    Recording,
    RetiredMeeting,
    SharedFile,
    Transcript,
    TranscriptCue,
)
from conferences.models.meeting import PlannedMeeting

_CONFERENCE = ("conference__title", "conference__starts_at", "conference__organizer_email")
_SITTING = tuple(f"sitting__{name}" for name in _CONFERENCE)
_SLOT = tuple(f"slot__{name}" for name in _CONFERENCE)
_CUE = tuple(f"transcript__{name}" for name in _CONFERENCE)
_PLANNED = ("slot__starts_at", "read_through", "is_planned")
_BOOKKEEPING = {
    *("id", "transaction_id", "calendar_sequence", "recording_checked_at"),
    *("recording_decided_by", "recording_decided_at"),
    *("problem_code", "problem_params", "problem_request_id"),
}
_MEETING = (
    *(f.name for f in PlannedMeeting._meta.get_fields() if f.name not in _BOOKKEEPING),
    "recording_decided_at?",
)

# model: natural key first, then the other business columns; "x?" is "x is set"
TABLES: dict[type[Model], tuple[str, ...]] = {
    Conference: (
        *("title", "starts_at", "organizer_email", "description", "course_code", "platform"),
        *("timezone", "use_time_slots", "archived_at?", *_MEETING),
    ),
    ConferenceTimeSlot: (
        *(*_CONFERENCE, "starts_at", "meeting_id", "cancelled_at?", "capacity", *_MEETING),
    ),
    RetiredMeeting: (
        *(*_CONFERENCE, "slot__starts_at", "organizer_email", "meeting_id", "meeting_link"),
        *("online_meeting_id", "team_id", "chat_thread_id", "chat_post_id", "removes_event"),
    ),
    Booking: (*_SLOT, "slot__starts_at", "member__email"),
    Membership: (*_CONFERENCE, "email", "name", "directory_id", "role"),
    AttendanceSitting: (
        *(*_CONFERENCE, "source", "source_id", "slot__starts_at", "starts_at", "ends_at"),
        *("read_through", "is_complete", "is_guess", "accepted_at?", "vanished_at?"),
    ),
    AttendanceSession: (
        *(*_SITTING, "sitting__source", "sitting__source_id", "source_id", "entry_id"),
        *("directory_id", "email", "label", "role", "joined_at", "left_at"),
        *("record__person_key", "is_counted", "vanished_at?"),
    ),
    AttendanceRecord: (
        *(*_CONFERENCE, "person_key", "name", "email", "directory_id", "identified_by"),
        *("attended", "session_count", "first_joined_at", "last_left_at"),
        *("membership__email", "match_rule", "vanished_at?"),
    ),
    ChatThread: (*_CONFERENCE, "thread_id"),
    ChatMessage: (
        *(*_CONFERENCE, "thread_id", "source_id", *_PLANNED, "about", "created_at", "edited_at"),
        *("deleted_at?", "sender_id", "sender_name", "sender_kind", "body", "is_html", "text"),
        *("attachments", "event", "call_id", "url", "name", "seconds"),
    ),
    DriveFile: (
        *(*_CONFERENCE, "drive_id", "item_id", "slot__starts_at", "name", "url", "size"),
        *("mime_type", "seconds", "created_at", "modified_at", "is_in_folder"),
        *("accepted_at?", "vanished_at?"),
    ),
    FileLink: (*_CONFERENCE, "url", "file__drive_id", "file__item_id", "gone_at?"),
    SharedFile: (
        *(*_CONFERENCE, "key", "slot__starts_at", "name", "url", "size", "mime_type"),
        *("shared_by", "shared_by_id", "shared_at", "shares", "gone_at?", "vanished_at?"),
    ),
    CallRecording: (
        *(*_CONFERENCE, "source_id", *_PLANNED, "call_id", "starts_at", "ends_at"),
        "vanished_at?",
    ),
    Recording: (
        *(*_CONFERENCE, "listed__source_id", "message__source_id", "file__item_id"),
        *("slot__starts_at", "part", "parts", "name", "url", "starts_at", "duration", "size"),
        *("is_planned", "file_gone_at?", "vanished_at?", "published_at?"),
    ),
    Transcript: (
        *(*_CONFERENCE, "source_id", *_PLANNED, "call_id", "starts_at", "ends_at", "lost"),
        *("is_attributed", "vanished_at?"),
    ),
    TranscriptCue: (
        *(*_CUE, "transcript__source_id", "number", "starts", "ends", "speaker", "text"),
    ),
}


def data_digest() -> dict[str, Any]:
    """{"digest": sha256 in hex, "tables": {name: {"rows": n, "digest": …}}}"""
    tables = {model._meta.model_name: _table(model, names) for model, names in TABLES.items()}
    return {"digest": _sha256(json.dumps(tables, sort_keys=True)), "tables": tables}


def _table(model: type[Model], names: tuple[str, ...]) -> dict[str, Any]:
    plain = [name for name in dict.fromkeys(names) if not name.endswith("?")]
    flags = {
        f"has_{name[:-1]}": ExpressionWrapper(
            Q(**{f"{name[:-1]}__isnull": False}), output_field=BooleanField()
        )
        for name in names
        if name.endswith("?")
    }
    rows = model._default_manager.annotate(**flags).values_list(*plain, *flags)
    lines = sorted(json.dumps([_text(value) for value in row]) for row in rows.iterator())
    return {"rows": len(lines), "digest": _sha256("\n".join(lines))}


def _text(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int) else str(value)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
