"""What a person asks of one meeting: the plan is changed at once, a worker tells the platform.

Each is one short transaction; the bell rings once it is committed. ``meeting`` is a time slot, or
a conference without time slots, and is as it is stored afterwards.
"""

from datetime import datetime
from functools import partial
from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from conferences.arranging import orders
from conferences.arranging.keeping import conference_of, sum_up
from conferences.models import Conference, ConferenceTimeSlot, MeetingChange, RetiredMeeting
from conferences.models.change import ChangeKind
from conferences.models.meeting import PlannedMeeting, RecordingStatus
from conferences.notifications import administrators

Meeting = TypeVar("Meeting", bound=PlannedMeeting)


class NotPossibleError(Exception):
    """The action makes no sense for this meeting as it is now; the text says why, for a page."""


class UnderWayError(NotPossibleError):
    """An earlier change of this meeting has not ended yet."""


@transaction.atomic
def plan_slot(
    conference: Conference,
    starts_at: datetime,
    ends_at: datetime,
    *,
    by: User,
    capacity: int | None = None,
    link: str | None = None,
) -> ConferenceTimeSlot:
    """A new time slot with a meeting of its own, or with one that was made elsewhere."""
    slot = ConferenceTimeSlot(
        conference=conference,
        starts_at=starts_at,
        ends_at=ends_at,
        capacity=capacity,
        meeting_link=link,
        wants_meeting=not link,
    )
    slot.full_clean(exclude=["conference"])
    slot.save()
    sum_up(conference)
    request_change(slot, ChangeKind.ATTACHED if link else ChangeKind.CREATED, by)
    return slot


@transaction.atomic
def make_meeting(meeting: Meeting, by: User) -> None:
    """The first meeting of a conference that has none."""
    _lock(meeting)
    if meeting.meeting_link or meeting.meeting_id:
        raise NotPossibleError(_("There is a meeting already. Recreate it to get another one."))
    meeting.wants_meeting = True
    _start_recording_anew(meeting)
    meeting.save()
    request_change(meeting, ChangeKind.CREATED, by)


@transaction.atomic
def attach_link(meeting: Meeting, link: str, by: User) -> None:
    """A meeting made elsewhere; what was held in another one stays."""
    _lock(meeting)
    _retire(meeting, conference_of(meeting).organizer_email)
    meeting.meeting_link, meeting.wants_meeting = link, False
    meeting.full_clean(exclude=["conference"])
    _start_recording_anew(meeting)
    meeting.save()
    request_change(meeting, ChangeKind.ATTACHED, by)


@transaction.atomic
def move_slot(
    slot: ConferenceTimeSlot,
    starts_at: datetime,
    ends_at: datetime,
    *,
    by: User,
    capacity: int | None = None,
) -> bool:
    """Other times or another capacity; whether the times are others."""
    _lock(slot)
    was = (slot.starts_at, slot.ends_at)
    is_moved = was != (starts_at, ends_at)
    slot.starts_at, slot.ends_at, slot.capacity = starts_at, ends_at, capacity
    slot.full_clean(exclude=["conference"])
    if is_moved:
        tell_event(slot)
    slot.save()
    if is_moved:
        request_change(slot, ChangeKind.MOVED, by, was=was)
    return is_moved


@transaction.atomic
def cancel_slot(slot: ConferenceTimeSlot, by: User) -> None:
    """It stays in the list, with everything that was read of it."""
    _lock(slot)
    if slot.cancelled_at is None:
        slot.cancelled_at = timezone.now()
        tell_event(slot)
        slot.save()
        sum_up(slot.conference)
        request_change(slot, ChangeKind.CANCELLED, by)


@transaction.atomic
def recreate_meeting(meeting: Meeting, by: User) -> None:
    """A new meeting with a new link; the old one's people and recordings stay, and its event goes
    unless it has begun. Raises UnderWayError while an earlier change is carried out.
    """
    _lock(meeting)
    if meeting.is_cancelled or meeting.ends_at <= timezone.now():
        raise NotPossibleError(_("A meeting that is over or cancelled is not made anew."))
    if open_change(meeting):
        raise UnderWayError(_("An earlier change is still being carried out. Wait for its end."))
    retire_and_remake(meeting, conference_of(meeting).organizer_email, by)


def retire_and_remake(meeting: PlannedMeeting, organizer_email: str, by: User) -> None:
    """Within a transaction that holds the row."""
    _retire(meeting, organizer_email)
    meeting.meeting_link, meeting.wants_meeting = None, True
    _start_recording_anew(meeting)
    meeting.save()
    request_change(meeting, ChangeKind.RECREATED, by)


def give_to_organizer(meeting: PlannedMeeting, organizer_before: str, by: User) -> bool:
    """After the conference has another organizer; whether the platform is told something.

    A link made elsewhere may be the new organizer's: it is looked up anew.
    """
    if not (meeting.wants_meeting or meeting.meeting_id):
        meeting.online_meeting_id = meeting.chat_thread_id = meeting.chat_post_id = None
        _start_recording_anew(meeting)
        meeting.save()
        request_change(meeting, ChangeKind.ATTACHED, by)
        return True
    if meeting.ends_at > timezone.now():
        retire_and_remake(meeting, organizer_before, by)
        return True
    _retire(meeting, organizer_before)
    meeting.meeting_link, meeting.wants_meeting = None, False
    meeting.save()
    return False


@transaction.atomic
def try_again(meeting: Meeting, by: User) -> MeetingChange:
    """Whatever is still to be done; joins what is being done already."""
    _lock(meeting)
    if meeting.auto_recording_status == RecordingStatus.ACCEPTED:
        _start_recording_anew(meeting)
        meeting.save()
    change = open_change(meeting)
    if change is None:
        return request_change(meeting, ChangeKind.TRIED_AGAIN, by)
    transaction.on_commit(partial(orders.ring, change.pk))
    return change


@transaction.atomic
def accept_as_it_is(meeting: Meeting, by: User, why: str) -> None:
    """An administrator lets it be without automatic recording; that ends the notices."""
    _lock(meeting)
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
    _lock(meeting)
    _withdraw_decision(meeting)
    _start_recording_anew(meeting)
    _decide(meeting, by, why)
    meeting.save()
    sum_up(conference_of(meeting))
    request_change(meeting, ChangeKind.OPTED_OUT, by)


@transaction.atomic
def opt_in(meeting: Meeting, by: User) -> None:
    """Record it after all."""
    _lock(meeting)
    _withdraw_decision(meeting)
    _start_recording_anew(meeting)
    meeting.save()
    sum_up(conference_of(meeting))
    request_change(meeting, ChangeKind.TRIED_AGAIN, by)


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


def _lock(meeting: PlannedMeeting) -> None:
    """The row as it is stored, held until the end of the transaction."""
    rows = type(meeting)._default_manager.select_for_update(of=("self",))
    meeting.refresh_from_db(from_queryset=rows)


def _retire(meeting: PlannedMeeting, organizer_email: str) -> None:
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


def _start_recording_anew(meeting: PlannedMeeting) -> None:
    """That it is not to be recorded stays an administrator's word, also for another meeting."""
    if meeting.auto_recording_status == RecordingStatus.ACCEPTED:
        _withdraw_decision(meeting)
    meeting.auto_recording_status = RecordingStatus.PENDING
    meeting.recording_code, meeting.recording_params = None, {}


def _withdraw_decision(meeting: PlannedMeeting) -> None:
    meeting.recording_decided_by = meeting.recording_decided_at = None
    meeting.recording_why = ""


def _decide(meeting: PlannedMeeting, by: User, why: str) -> None:
    meeting.recording_decided_by, meeting.recording_decided_at = by, timezone.now()
    meeting.recording_why = why
