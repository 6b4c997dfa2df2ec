"""Mail to those who come: a new link, other times, a cancelled meeting."""

from conferences.models import MeetingChange
from conferences.models.meeting import PlannedMeeting


def note(change: MeetingChange, meeting: PlannedMeeting) -> None:
    """Remember whom a finished change concerns; in the transaction that finishes it."""


def send_due(conference_id: int) -> int:
    """Send what is due, one mail a person; returns how many."""
    return 0
