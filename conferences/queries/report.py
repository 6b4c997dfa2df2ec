"""A conference as one JSON object: what `conference_report` prints."""

from typing import Any

from django.db.models import Prefetch

from conferences.models import (
    AttendanceRecord,
    AttendanceSession,
    ChatMessage,
    Conference,
    Recording,
    SharedFile,
    Transcript,
)


def conference_report(conference: Conference) -> dict[str, Any]:
    """Participants by name, everything else in order of time; times in ISO 8601.

    Only what today's plan has and the platform still has, "messages" without system messages.
    """
    sessions = AttendanceSession.objects.select_related("sitting").order_by("joined_at", "id")
    people = (
        conference.attendance.filter(vanished_at=None)
        .order_by("name", "person_key")
        .prefetch_related(Prefetch("sessions", sessions.filter(vanished_at=None)))
    )
    recordings = conference.recordings.filter(is_planned=True, vanished_at=None)
    messages = conference.messages.filter(is_planned=True, deleted_at=None, event="")
    transcripts = conference.transcripts.filter(is_planned=True, vanished_at=None)
    files = conference.shared_files.filter(gone_at=None, vanished_at=None)
    return {
        "conference": conference.pk,
        "participants": [_participant(person) for person in people],
        "recordings": [_recording(recording) for recording in recordings],
        "messages": [_message(message) for message in messages],
        "transcripts": [_transcript(one) for one in transcripts.prefetch_related("cues")],
        "files": [_file(file) for file in files],
    }


def _participant(person: AttendanceRecord) -> dict[str, Any]:
    return {
        "name": person.name,
        "email": person.email,
        "seconds": person.attended.total_seconds(),
        "intervals": [
            {
                "join": session.joined_at.isoformat(),
                "leave": session.left_at.isoformat(),
                "source": session.sitting.source,
                "source_id": session.sitting.source_id,
                "counted": session.is_counted,
            }
            for session in person.sessions.all()
        ],
        "match": person.match_rule,
    }


def _recording(recording: Recording) -> dict[str, Any]:
    return {
        "name": recording.name,
        "slot": recording.slot_id,
        "part": recording.part,
        "starts_at": recording.starts_at.isoformat(),
        "seconds": recording.duration.total_seconds(),
        "size": recording.size,
        "sources": recording.sources,
        "file_is_gone": recording.file_gone_at is not None,
        "is_published": recording.published_at is not None,
    }


def _message(message: ChatMessage) -> dict[str, Any]:
    return {
        "at": message.created_at.isoformat(),
        "slot": message.slot_id,
        "sender": message.sender_name,
        "sender_kind": message.sender_kind,
        "text": message.text,
        "is_edited": message.edited_at is not None,
        "files": [one["name"] for one in message.attachments],
    }


def _transcript(transcript: Transcript) -> dict[str, Any]:
    return {
        "starts_at": transcript.starts_at.isoformat(),
        "slot": transcript.slot_id,
        "is_attributed": transcript.is_attributed,
        "lost": transcript.lost,
        "cues": [
            {
                "starts": cue.starts.total_seconds(),
                "ends": cue.ends.total_seconds(),
                "speaker": cue.speaker or None,
                "text": cue.text,
            }
            for cue in transcript.cues.all()
        ],
    }


def _file(file: SharedFile) -> dict[str, Any]:
    return {
        "name": file.name,
        "slot": file.slot_id,
        "size": file.size,
        "type": file.mime_type,
        "shared_by": file.shared_by,
        "shared_at": file.shared_at.isoformat(),
        "shares": file.shares,
    }
