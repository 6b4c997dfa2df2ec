"""The recordings of a conference, for those who teach and for those who learn."""

from dataclasses import dataclass

from conferences.models import Conference, DriveFile, Recording
from conferences.store.drive_files import waiting_files


@dataclass(frozen=True)
class Recordings:
    """``gone``: what no route has any more. ``waiting``: videos that may be this meeting's."""

    there: list[Recording]
    gone: list[Recording]
    waiting: list[DriveFile]


def list_recordings(conference: Conference) -> Recordings:
    """What today's plan has, in order."""
    rows = conference.recordings.filter(is_planned=True).order_by("starts_at", "part", "id")
    known = list(rows.select_related("slot", "file", "file__accepted_by"))
    return Recordings(
        there=[row for row in known if row.vanished_at is None],
        gone=[row for row in known if row.vanished_at is not None],
        waiting=list(waiting_files(conference).select_related("slot")),
    )


def published_recordings(conference: Conference) -> list[Recording]:
    """What learners are told of, in order."""
    rows = conference.recordings.filter(is_planned=True, vanished_at=None)
    return list(rows.filter(published_at__isnull=False).order_by("starts_at", "part", "id"))
