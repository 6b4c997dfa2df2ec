"""What a person asks of one meeting: the plan is changed at once, a worker tells the platform.

Each is one short transaction; the bell rings once it is committed. ``meeting`` is a time slot, or
a conference without time slots, and is as it is stored afterwards.
"""

from datetime import datetime
from functools import partial
from typing import TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from conferences.actions.changes import (
    NotPossibleError,
    UnderWayError,
    is_same_link,
    lock,
    open_change,
    request_change,
    retire,
    start_recording_anew,
    take_back,
    tell_event,
)
from conferences.actions.switching import has_meeting
from conferences.arranging import orders
from conferences.arranging.keeping import conference_of, sum_up
from conferences.models import Conference, ConferenceTimeSlot, MeetingChange
from conferences.models.change import ChangeKind
from conferences.models.meeting import PlannedMeeting, RecordingStatus
from conferences.models.membership import address_key
from conferences.queries.access import is_administrator

Meeting = TypeVar("Meeting", bound=PlannedMeeting)


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
    if link:
        _check_may_attach(conference, by)
    slot.full_clean(exclude=["conference"])
    slot.save()
    sum_up(conference)
    request_change(slot, ChangeKind.ATTACHED if link else ChangeKind.CREATED, by)
    return slot


@transaction.atomic
def make_meeting(meeting: Meeting, by: User) -> None:
    """The first meeting of a conference that has none."""
    lock(meeting)
    if meeting.meeting_link or meeting.meeting_id:
        raise NotPossibleError(_("There is a meeting already. Recreate it to get another one."))
    meeting.wants_meeting = True
    start_recording_anew(meeting)
    meeting.save()
    request_change(meeting, ChangeKind.CREATED, by)


@transaction.atomic
def attach_link(meeting: Meeting, link: str, by: User) -> None:
    """A meeting made elsewhere; what was held in another one stays. A link that was replaced a
    moment ago comes back with its event.
    """
    lock(meeting)
    _refuse_cancelled(meeting)
    _check_may_attach(conference_of(meeting), by)
    if is_same_link(meeting.meeting_link, link):
        raise NotPossibleError(_("It has this link already."))
    retire(meeting, conference_of(meeting).organizer_email)
    meeting.meeting_link, meeting.wants_meeting = link, take_back(meeting, link)
    meeting.full_clean(exclude=["conference"])
    start_recording_anew(meeting)
    meeting.save()
    sum_up(conference_of(meeting))
    request_change(meeting, ChangeKind.ATTACHED, by)


def tell_plan(
    meeting: PlannedMeeting, by: User | None, was: tuple[datetime, datetime] | None = None
) -> bool:
    """Within a transaction that holds the row: another title, or other times than it ``was``
    planned for. Whether there is anybody to be told.
    """
    ended_at = max(meeting.ends_at, was[1]) if was else meeting.ends_at
    if ended_at <= timezone.now() or not has_meeting(meeting):
        return False
    tell_event(meeting)
    meeting.save(meeting_is_given=True)
    request_change(meeting, ChangeKind.MOVED, by, was=was)
    return True


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
    lock(slot)
    _refuse_cancelled(slot)
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


def _check_may_attach(conference: Conference, by: User) -> None:
    """Everybody who teaches here can read what was said behind a link: that is for whoever
    organizes it to give, or for an administrator.
    """
    organizer = address_key(conference.organizer_email)
    is_readable = organizer and conference.platform in settings.MEETING_PLATFORMS
    if is_readable and address_key(by.email) != organizer and not is_administrator(by):
        said = _(
            "A link opens the meeting's chat and recordings to all who teach here. Only the "
            "organizer, %(organizer)s, or an administrator can attach one."
        )
        raise ValidationError({"link": said % {"organizer": conference.organizer_email}})


def _refuse_cancelled(meeting: PlannedMeeting) -> None:
    if meeting.is_cancelled:
        raise NotPossibleError(_("A cancelled time slot stays as it is."))


@transaction.atomic
def cancel_slot(slot: ConferenceTimeSlot, by: User) -> None:
    """It stays in the list, with everything that was read of it."""
    lock(slot)
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
    lock(meeting)
    if meeting.is_cancelled or meeting.ends_at <= timezone.now():
        raise NotPossibleError(_("A meeting that is over or cancelled is not made anew."))
    if open_change(meeting):
        raise UnderWayError(_("An earlier change is still being carried out. Wait for its end."))
    retire_and_remake(meeting, conference_of(meeting).organizer_email, by)
    sum_up(conference_of(meeting))


def retire_and_remake(
    meeting: PlannedMeeting,
    organizer_email: str,
    by: User,
    was: tuple[datetime, datetime] | None = None,
) -> None:
    """Within a transaction that holds the row."""
    retire(meeting, organizer_email)
    meeting.meeting_link, meeting.wants_meeting = None, True
    start_recording_anew(meeting)
    meeting.save()
    request_change(meeting, ChangeKind.RECREATED, by, was=was)


@transaction.atomic
def try_again(meeting: Meeting, by: User) -> MeetingChange:
    """Whatever is still to be done; joins what is being done already."""
    lock(meeting)
    if meeting.auto_recording_status == RecordingStatus.ACCEPTED:
        start_recording_anew(meeting)
        meeting.save()
        sum_up(conference_of(meeting))
    change = open_change(meeting)
    if change is None:
        return request_change(meeting, ChangeKind.TRIED_AGAIN, by)
    transaction.on_commit(partial(orders.ring, change.pk))
    return change
