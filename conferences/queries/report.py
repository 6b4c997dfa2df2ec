"""A conference as one JSON object: what `conference_report` prints."""

from typing import Any

from django.db.models import Prefetch

from conferences.models import AttendanceRecord, AttendanceSession, Conference


def conference_report(conference: Conference) -> dict[str, Any]:
    """Participants by name; the other lists are empty until their operations exist."""
    sessions = AttendanceSession.objects.select_related("sitting").order_by("joined_at", "id")
    people = (
        conference.attendance.filter(vanished_at=None)
        .order_by("name", "person_key")
        .prefetch_related(Prefetch("sessions", sessions.filter(vanished_at=None)))
    )
    return {
        "conference": conference.pk,
        "participants": [_participant(person) for person in people],
        "recordings": [],
        "messages": [],
        "transcripts": [],
        "files": [],
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
        "status": None,
    }
