"""A conference as the engine needs it: its meetings and what is asked of them."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from conferences.models import Conference, ConferenceTimeSlot
from conferences.operations import OPERATIONS
from platforms.contract import MeetingRef
from platforms.reasons import ReasonCode
from syncing.operation import SyncPlan, Target
from syncing.outcomes import Reason


def plan_sync(conference: Conference, operations: Sequence[str]) -> SyncPlan:
    """One target a meeting: the conference's own, or one for each of its time slots."""
    meetings: list[Conference | ConferenceTimeSlot] = [conference]
    if conference.use_time_slots:
        meetings = list(conference.time_slots.all())
    return SyncPlan(
        platform=conference.platform,
        targets=tuple(_target(conference, meeting) for meeting in meetings),
        operations=tuple(OPERATIONS[name](conference) for name in operations),
        before=timedelta(minutes=settings.ATTENDANCE_BEFORE_MINUTES),
        after=timedelta(minutes=settings.ATTENDANCE_AFTER_MINUTES),
    )


def _target(conference: Conference, meeting: Conference | ConferenceTimeSlot) -> Target:
    slot = meeting if isinstance(meeting, ConferenceTimeSlot) else None
    label = ""
    if slot is not None:
        label = timezone.localtime(slot.starts_at).strftime("%Y-%m-%d %H:%M")
    return Target(
        slot=slot.pk if slot else None,
        label=label,
        ref=MeetingRef(
            organizer_email=conference.organizer_email or None,
            organizer_id=None,
            join_url=meeting.meeting_link,
            meeting_id=meeting.online_meeting_id,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
        ),
        skip=_skip(conference, meeting),
    )


def _skip(conference: Conference, meeting: Conference | ConferenceTimeSlot) -> Reason | None:
    if isinstance(meeting, ConferenceTimeSlot) and meeting.cancelled_at:
        return Reason(ReasonCode.MEETING_CANCELLED)
    if not meeting.meeting_link and not meeting.online_meeting_id:
        return Reason(ReasonCode.NO_MEETING_LINKED)
    if not conference.organizer_email:
        return Reason(ReasonCode.NO_ORGANIZER)
    return None
