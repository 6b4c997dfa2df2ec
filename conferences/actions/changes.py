"""What all actions on a meeting share: its row held, its old meeting kept, the order for a worker.

Within the transaction that changes the plan.
"""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from conferences.arranging import orders
from conferences.arranging.keeping import conference_of, hold
from conferences.models import MeetingChange, RetiredMeeting
from conferences.models.change import ChangeKind
from conferences.models.meeting import PlannedMeeting, RecordingStatus
from conferences.rules.links import link_key


class NotPossibleError(Exception):
    """The action makes no sense for this meeting as it is now; the text says why, for a page."""


class UnderWayError(NotPossibleError):
    """An earlier change of this meeting has not ended yet."""


def request_change(
    meeting: PlannedMeeting,
    kind: ChangeKind,
    by: User | None,
    *,
    was: tuple[datetime, datetime] | None = None,
) -> MeetingChange:
    """The order for a worker; within the transaction that changes the plan. ``was``: its times
    before, if they are others now: those who come are told of it.
    """
    change = MeetingChange.objects.create(
        conference=conference_of(meeting),
        slot_id=meeting.slot,
        kind=kind,
        asked_by=by,
        told={"was": [one.isoformat() for one in was]} if was else {},
    )
    transaction.on_commit(partial(orders.ring, change.pk))
    return change


def open_change(meeting: PlannedMeeting) -> MeetingChange | None:
    """The latest that has not ended yet."""
    changes = conference_of(meeting).changes.filter(slot_id=meeting.slot, finished_at=None)
    return changes.first()


def tell_event(meeting: PlannedMeeting) -> None:
    """The plan is another one: calendars that have it are to hear of it. The caller saves."""
    meeting.calendar_sequence += 1


def lock(meeting: PlannedMeeting) -> None:
    """The row as it is stored, and before it that of its conference, held until the end of the
    transaction.
    """
    hold(conference_of(meeting))
    rows = type(meeting)._default_manager.select_for_update(of=("self",))
    meeting.refresh_from_db(from_queryset=rows)


def retire(meeting: PlannedMeeting, organizer_email: str) -> None:
    """What it was found by is kept apart, where a sync goes on reading it."""
    event = meeting.meeting_id or meeting.transaction_id
    if event or meeting.meeting_link or meeting.online_meeting_id:
        RetiredMeeting.objects.create(
            conference=conference_of(meeting),
            slot_id=meeting.slot,
            organizer_email=organizer_email,
            meeting_id=meeting.meeting_id,
            transaction_id=meeting.transaction_id,
            online_meeting_id=meeting.online_meeting_id,
            meeting_link=meeting.meeting_link,
            team_id=meeting.team_id,
            chat_thread_id=meeting.chat_thread_id,
            chat_post_id=meeting.chat_post_id,
            removes_event=bool(event) and meeting.starts_at > timezone.now(),
        )
    meeting.meeting_id = meeting.online_meeting_id = meeting.transaction_id = None
    meeting.chat_thread_id = meeting.chat_post_id = meeting.team_id = None
    meeting.problem_code, meeting.problem_params, meeting.problem_request_id = None, {}, ""
    meeting.calendar_sequence += 1


def take_back(meeting: PlannedMeeting, link: str) -> bool:
    """The event of a link that was replaced, if it still stands in the calendar."""
    kept = conference_of(meeting).retired_meetings.select_for_update(of=("self",))
    for retired in kept.filter(slot=meeting.slot, removes_event=True):
        if is_same_link(retired.meeting_link, link):
            meeting.meeting_id = retired.meeting_id
            meeting.transaction_id = retired.transaction_id
            meeting.team_id = retired.team_id
            retired.delete()
            return True
    return False


def is_same_link(one: str | None, other: str) -> bool:
    return one is not None and link_key(one) == link_key(other)


def start_recording_anew(meeting: PlannedMeeting) -> None:
    """That it is not to be recorded stays an administrator's word, also for another meeting."""
    if meeting.auto_recording_status == RecordingStatus.ACCEPTED:
        withdraw_decision(meeting)
    meeting.auto_recording_status = RecordingStatus.PENDING
    meeting.recording_code, meeting.recording_params = None, {}


def withdraw_decision(meeting: PlannedMeeting) -> None:
    meeting.recording_decided_by = meeting.recording_decided_at = None
    meeting.recording_why = ""
