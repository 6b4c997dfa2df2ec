"""After a conference has another organizer: no calendar takes over what stands in another one."""

from datetime import datetime

from django.utils import timezone

from accounts.models import User
from conferences.actions.changes import open_change, request_change, retire, start_recording_anew
from conferences.actions.meetings import retire_and_remake
from conferences.models import ConferenceTimeSlot
from conferences.models.change import ChangeKind
from conferences.models.meeting import PlannedMeeting


def leave_to_organizer(slot: ConferenceTimeSlot, organizer_before: str, by: User) -> None:
    """A cancelled time slot's event is still to be removed, from the calendar that it is in."""
    retire(slot, organizer_before)
    slot.save()
    if open_change(slot) is None:
        request_change(slot, ChangeKind.TRIED_AGAIN, by)


def give_to_organizer(
    meeting: PlannedMeeting,
    organizer_before: str,
    by: User,
    was: tuple[datetime, datetime] | None = None,
) -> bool:
    """After the conference has another organizer, and its meeting other times than it ``was``
    planned for; whether the platform is told something.

    A link made elsewhere may be the new organizer's: it is looked up anew.
    """
    if not (meeting.wants_meeting or meeting.meeting_id):
        meeting.online_meeting_id = meeting.chat_thread_id = meeting.chat_post_id = None
        start_recording_anew(meeting)
        meeting.save()
        request_change(meeting, ChangeKind.TRIED_AGAIN, by, was=was)
        return True
    if meeting.ends_at > timezone.now():
        retire_and_remake(meeting, organizer_before, by, was)
        return True
    retire(meeting, organizer_before)
    meeting.meeting_link, meeting.wants_meeting = None, False
    meeting.save()
    return False
