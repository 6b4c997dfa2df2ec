"""Recordings and transcripts as a meeting lists them, and files as a drive has them."""

from datetime import datetime
from typing import Any

from platforms.records import RemoteFile, RemoteRecording, RemoteTranscript
from platforms.redact import without_keys
from teams_integration.parse.values import (
    child,
    identifier,
    instant,
    length,
    optional_identifier,
    optional_number,
    optional_text,
    span,
    text,
)


def recording(source: dict[str, Any]) -> RemoteRecording:
    """A callRecording. https://learn.microsoft.com/graph/api/resources/callrecording"""
    starts_at, ends_at = _made(source)
    call_id = optional_identifier(source, "callId")
    return RemoteRecording(identifier(source, "id"), call_id, starts_at, ends_at)


def transcript(source: dict[str, Any]) -> RemoteTranscript:
    """A callTranscript. https://learn.microsoft.com/graph/api/resources/calltranscript"""
    starts_at, ends_at = _made(source)
    call_id = optional_identifier(source, "callId")
    return RemoteTranscript(identifier(source, "id"), call_id, starts_at, ends_at)


def _made(source: dict[str, Any]) -> tuple[datetime, datetime]:
    """From when until when; without an end, which is optional, the start is all that is known."""
    if source.get("endDateTime") is None:
        starts_at = instant(source, "createdDateTime")
        return starts_at, starts_at
    return span(source, "createdDateTime", "endDateTime")


def file(source: dict[str, Any]) -> RemoteFile | None:
    """A driveItem, None for a folder. https://learn.microsoft.com/graph/api/resources/driveitem"""
    if source.get("folder") is not None:
        return None
    size = optional_number(source, "size")
    milliseconds = optional_number(child(source, "video"), "duration")
    return RemoteFile(
        drive_id=identifier(child(source, "parentReference"), "driveId"),
        item_id=identifier(source, "id"),
        name=text(source, "name"),
        url=without_keys(text(source, "webUrl")),
        size=None if size is None else int(size),
        mime_type=optional_text(child(source, "file"), "mimeType") or "",
        created_at=instant(source, "createdDateTime"),
        modified_at=instant(source, "lastModifiedDateTime"),
        seconds=None if milliseconds is None else length(milliseconds / 1000),
    )


def is_video(source: dict[str, Any]) -> bool:
    """A video without its facet yet is told by its type."""
    mime_type = optional_text(child(source, "file"), "mimeType") or ""
    return source.get("video") is not None or mime_type.lower().startswith("video/")
