"""What an administrator decides about a meeting's recording."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from conferences.actions.changes import (
    lock,
    request_change,
    start_recording_anew,
    withdraw_decision,
)
from conferences.actions.meetings import Meeting
from conferences.arranging.keeping import conference_of, sum_up
from conferences.models import MeetingChange
from conferences.models.change import ChangeKind
from conferences.models.meeting import PlannedMeeting, RecordingStatus
from conferences.notifications import administrators


@transaction.atomic
def accept_as_it_is(meeting: Meeting, by: User, why: str) -> None:
    """An administrator lets it be without automatic recording; that ends the notices."""
    lock(meeting)
    _decide(meeting, by, why)
    meeting.auto_recording_status = RecordingStatus.ACCEPTED
    meeting.save()
    MeetingChange.objects.create(
        conference=conference_of(meeting),
        slot_id=meeting.slot,
        kind=ChangeKind.ACCEPTED,
        asked_by=by,
        finished_at=timezone.now(),
        told={"why": why},
    )
    sum_up(conference_of(meeting))
    administrators.follow_causes(conference_of(meeting).organizer_email)


@transaction.atomic
def opt_out(meeting: Meeting, by: User, why: str) -> None:
    """An administrator wants it not to be recorded; a worker switches it off."""
    lock(meeting)
    withdraw_decision(meeting)
    start_recording_anew(meeting)
    _decide(meeting, by, why)
    meeting.save()
    sum_up(conference_of(meeting))
    request_change(meeting, ChangeKind.OPTED_OUT, by)


@transaction.atomic
def opt_in(meeting: Meeting, by: User) -> None:
    """Record it after all."""
    lock(meeting)
    withdraw_decision(meeting)
    start_recording_anew(meeting)
    meeting.save()
    sum_up(conference_of(meeting))
    request_change(meeting, ChangeKind.TRIED_AGAIN, by)


def _decide(meeting: PlannedMeeting, by: User, why: str) -> None:
    meeting.recording_decided_by, meeting.recording_decided_at = by, timezone.now()
    meeting.recording_why = why
