"""Attendance reports and their records."""

from typing import Any

from platforms.records import RemoteInterval, RemotePerson, RemoteSitting
from teams_integration.parse.values import (
    child,
    directory_id,
    email,
    identifier,
    objects,
    optional_text,
    span,
)


def report(source: dict[str, Any]) -> RemoteSitting:
    """A meetingAttendanceReport without its records."""
    starts_at, ends_at = span(source, "meetingStartDateTime", "meetingEndDateTime")
    return RemoteSitting(identifier(source, "id"), starts_at, ends_at)


def attendance_record(source: dict[str, Any]) -> list[RemoteInterval]:
    """The intervals of one attendanceRecord, in order of joining.

    https://learn.microsoft.com/graph/api/resources/attendancerecord
    """
    identity = child(source, "identity")
    person = RemotePerson(
        directory_id=directory_id(optional_text(identity, "id")),
        email=email(optional_text(source, "emailAddress")),
        label=optional_text(identity, "displayName") or "",
    )
    entry_id = identifier(source, "id")
    spans = objects(source, "attendanceIntervals", required=False)
    times = sorted(span(one, "joinDateTime", "leaveDateTime") for one in spans)
    return [
        RemoteInterval(
            source_id=f"{entry_id}/{number}",
            entry_id=entry_id,
            person=person,
            role=optional_text(source, "role") or "",
            joined_at=joined,
            left_at=left,
        )
        for number, (joined, left) in enumerate(times)
    ]
