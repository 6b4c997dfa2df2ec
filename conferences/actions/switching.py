"""From one meeting to time slots, and back: nothing that exists is lost by it.

The one meeting becomes the first time slot, with its link, its event and everything that was read
of it; the only time slot that is left becomes the one meeting.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conferences.actions.changes import NotPossibleError, UnderWayError
from conferences.models import Conference, ConferenceTimeSlot
from conferences.models.meeting import PlannedMeeting, RecordingStatus

COLUMNS = tuple(str(field.attname) for field in PlannedMeeting._meta.fields)
TIMES = ("starts_at", "ends_at")
WITHOUT_MEETING: dict[str, Any] = {
    **dict.fromkeys(
        (
            *("meeting_id", "online_meeting_id", "meeting_link", "team_id"),
            *("chat_thread_id", "chat_post_id", "transaction_id", "problem_code"),
            *("recording_code", "recording_checked_at", "recording_decided_by_id"),
            "recording_decided_at",
        )
    ),
    "recording_params": {},
    "problem_params": {},
    **dict.fromkeys(("recording_why", "problem_request_id"), ""),
    "wants_meeting": False,
    "auto_recording_status": RecordingStatus.PENDING,
}


def has_meeting(meeting: PlannedMeeting) -> bool:
    """There is one, or one is wanted."""
    known = (meeting.meeting_link, meeting.meeting_id, meeting.online_meeting_id)
    return meeting.wants_meeting or any(known)


def begin_time_slots(conference: Conference) -> ConferenceTimeSlot | None:
    """The slot that the meeting became, if there was one. The conference's row is locked; the
    caller saves it.
    """
    conference.use_time_slots = True
    if not has_meeting(conference) and not conference.retired_meetings.filter(slot=None).exists():
        return None
    _refuse_while_changing(conference, None)
    slot = ConferenceTimeSlot(conference=conference)
    _copy(conference, slot)
    slot.save(meeting_is_given=True)
    _move_rows(conference, None, slot)
    _clear(conference)
    return slot


def end_time_slots(conference: Conference) -> ConferenceTimeSlot | None:
    """The slot whose meeting is the conference's from now on, with its times, if one was left.

    Within the transaction that saves the conference. Raises NotPossibleError if there are several.
    """
    held = list(conference.time_slots.select_for_update(of=("self",)).filter(cancelled_at=None)[:2])
    if len(held) > 1:
        count = conference.time_slots.filter(cancelled_at=None).count()
        said = ngettext("%(n)s time slot is planned.", "%(n)s time slots are planned.", count) % {
            "n": count
        }
        remedy = _("Cancel them until one is left: its meeting becomes that of the conference.")
        raise NotPossibleError(f"{said} {remedy}")
    if cancelled_in_calendar(conference):
        raise NotPossibleError(
            _(
                "A cancelled time slot is still in the organizer's calendar. Press “Try again” "
                "there first: no page would show it afterwards."
            )
        )
    conference.use_time_slots = False
    if not held:
        return None
    slot = held[0]
    _refuse_while_changing(conference, slot)
    _copy(slot, conference)
    # at once: save() would take it for another meeting and forget where its chat is
    known = {name: getattr(conference, name) for name in COLUMNS}
    Conference.objects.filter(pk=conference.pk).update(**known)
    _move_rows(conference, slot, None)
    if slot.bookings.exists():
        _clear(slot)
        slot.cancelled_at = models.functions.Now()
        slot.save()
    else:
        slot.delete()
    return slot


def cancelled_in_calendar(conference: Conference) -> list[ConferenceTimeSlot]:
    """Time slots whose event is still to be removed; held until the end of the transaction."""
    slots = conference.time_slots.select_for_update(of=("self",)).exclude(cancelled_at=None)
    return [slot for slot in slots.order_by("pk") if slot.is_event_stale]


def _copy(source: PlannedMeeting, target: PlannedMeeting) -> None:
    for name in COLUMNS:
        setattr(target, name, getattr(source, name))


def _clear(meeting: PlannedMeeting) -> None:
    for name, value in WITHOUT_MEETING.items():
        setattr(meeting, name, value)


def _move_rows(
    conference: Conference, source: ConferenceTimeSlot | None, target: ConferenceTimeSlot | None
) -> None:
    """Whatever is of a meeting: what was read, asked, retired, and is still to be told."""
    for relation in ConferenceTimeSlot._meta.related_objects:
        rows = relation.related_model
        if "conference" in {field.name for field in rows._meta.fields}:
            of_it = {"conference": conference, relation.field.name: source}
            rows._default_manager.filter(**of_it).update(**{relation.field.name: target})


def _refuse_while_changing(conference: Conference, slot: ConferenceTimeSlot | None) -> None:
    if conference.changes.filter(slot=slot, finished_at=None).exists():
        raise UnderWayError(
            _("The meeting is being changed just now. Wait until that is done, and save again.")
        )
