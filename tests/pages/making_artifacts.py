"""Recordings, messages, transcripts and files, made by hand."""

from datetime import timedelta
from typing import Any

from conferences.models import (
    ChatMessage,
    Conference,
    DriveFile,
    Recording,
    SharedFile,
    Transcript,
    TranscriptCue,
)
from conferences.models.chat import SenderKind

MINUTE = timedelta(minutes=1)
TENANT = "https://example.sharepoint.com"


def recording(of: Conference, **columns: Any) -> Recording:
    number = of.recordings.count()
    return Recording.objects.create(
        conference=of,
        **{
            "name": f"Recording {number}.mp4",
            "url": f"{TENANT}/personal/mara/recording-{number}.mp4",
            "starts_at": of.starts_at + number * MINUTE,
            "duration": timedelta(minutes=58),
            "size": 2048,
            **columns,
        },
    )


def video(of: Conference, **columns: Any) -> DriveFile:
    """In the organizer's folder of recordings."""
    number = of.drive_files.count()
    return DriveFile.objects.create(
        conference=of,
        drive_id="drive",
        item_id=f"item-{number}",
        **{
            "name": f"Video {number}.mp4",
            "url": f"{TENANT}/personal/mara/video-{number}.mp4",
            "size": 4096,
            "mime_type": "video/mp4",
            "seconds": 3540.0,
            "starts_at": of.ends_at - timedelta(minutes=59),
            "created_at": of.ends_at,
            "modified_at": of.ends_at,
            "is_in_folder": True,
            "found_for": of.organizer_email,
            **columns,
        },
    )


def message(of: Conference, body: str = "Good morning", **columns: Any) -> ChatMessage:
    number = of.messages.count()
    at = columns.pop("at", of.starts_at + number * MINUTE)
    return ChatMessage.objects.create(
        conference=of,
        **{
            "thread_id": "19:meeting@thread.v2",
            "source_id": str(number),
            "read_through": of.read_through or "",
            "about": at,
            "created_at": at,
            "sender_name": "Ines Duarte",
            "sender_kind": SenderKind.USER,
            "body": body,
            "text": body,
            **columns,
        },
    )


def event(of: Conference, kind: str, **columns: Any) -> ChatMessage:
    return message(of, "", event=kind, sender_name="", sender_kind="", **columns)


def transcript(of: Conference, *said: tuple[float, str, str], **columns: Any) -> Transcript:
    """``said``: seconds from its start, speaker, text."""
    number = of.transcripts.count()
    made = Transcript.objects.create(
        conference=of,
        **{
            "source_id": f"transcript-{number}",
            "read_through": of.read_through or "",
            "starts_at": of.starts_at + number * MINUTE,
            "ends_at": of.ends_at,
            **columns,
        },
    )
    TranscriptCue.objects.bulk_create(
        TranscriptCue(
            transcript=made,
            number=order,
            starts=timedelta(seconds=start),
            ends=timedelta(seconds=start + 1),
            speaker=speaker,
            text=text,
        )
        for order, (start, speaker, text) in enumerate(said)
    )
    return made


def shared_file(of: Conference, name: str = "", **columns: Any) -> SharedFile:
    number = of.shared_files.count()
    return SharedFile.objects.create(
        conference=of,
        key=f"{number:064}",
        **{
            "name": name or f"file-{number:02}.pdf",
            "url": f"{TENANT}/personal/mara/file-{number}.pdf",
            "size": 24_000,
            "mime_type": "application/pdf",
            "shared_by": "Ines Duarte",
            "shared_at": of.starts_at + number * MINUTE,
            **columns,
        },
    )
