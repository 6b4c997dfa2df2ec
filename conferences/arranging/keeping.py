"""What came of a step, kept only if the meeting is still the one that it was taken for."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from conferences.models import Conference
from conferences.models.meeting import RECORDS_ITSELF, PlannedMeeting, RecordingStatus
from conferences.rules.arranging import MeetingState
from conferences.rules.recording import worst_of
from platforms.contract import MeetingRef
from platforms.reasons import ReasonCode
from syncing.database import with_database

IDENTITY = (
    *("meeting_id", "meeting_link", "online_meeting_id", "transaction_id"),
    "recording_decided_at",
)
OPTED_OUT = (RecordingStatus.NOT_ATTEMPTED, ReasonCode.RECORDING_NOT_WANTED)  # and carried out
SETTLED = {RecordingStatus.VERIFIED, RecordingStatus.ACCEPTED}


def conference_of(meeting: PlannedMeeting) -> Conference:
    return meeting if isinstance(meeting, Conference) else meeting.conference  # type: ignore[attr-defined]


def name_of(meeting: PlannedMeeting) -> str:
    """What operators grep for, such as "conference 51, time slot 45"."""
    slot = f", time slot {meeting.slot}" if meeting.slot else ""
    return f"{conference_of(meeting).log_name}{slot}"


def is_over(meeting: PlannedMeeting) -> bool:
    return meeting.ends_at <= timezone.now()


def keep(meeting: PlannedMeeting, *and_same: str, **columns: Any) -> bool:
    """Store, and take over into ``meeting``; False if somebody made another meeting of it, decided
    about its recording, or changed one of the columns ``and_same``.
    """
    same = {name: getattr(meeting, name) for name in (*IDENTITY, *and_same)}
    rows = type(meeting)._default_manager.filter(pk=meeting.pk, **same)
    if not with_database(lambda: rows.update(**columns)):
        return False
    for name, value in columns.items():
        setattr(meeting, name, value)
    return True


def keep_recording(
    meeting: PlannedMeeting,
    status: RecordingStatus,
    code: str | None = None,
    params: dict[str, str] | None = None,
) -> bool:
    """That it was on before its end stays known, whenever it is looked at again."""
    is_known = meeting.was_to_record_itself and status in RECORDS_ITSELF and is_over(meeting)
    kept = keep(
        meeting,
        auto_recording_status=status,
        recording_code=code,
        recording_params=params or {},
        recording_checked_at=meeting.recording_checked_at if is_known else timezone.now(),
    )
    if kept and meeting.slot:
        with_database(lambda: sum_up(conference_of(meeting)))
    return kept


def hold(conference: Conference) -> None:
    """Its row, until the end of the transaction; taken before that of any of its slots."""
    rows = Conference.objects.select_for_update(of=("self",)).filter(pk=conference.pk)
    list(rows.values("pk"))


@transaction.atomic
def sum_up(conference: Conference) -> None:
    """A conference with time slots has the status of the worst of them that are to be recorded.
    Of two that sum up at once the second one sees what the first one stored.
    """
    if not conference.use_time_slots:
        return
    hold(conference)
    held = conference.time_slots.filter(cancelled_at=None)
    known = held.values_list("auto_recording_status", "recording_code")
    statuses = [status for status, code in known if (status, code) != OPTED_OUT]
    worst = worst_of(statuses, opted_out=len(known) - len(statuses))
    rows = Conference.objects.filter(pk=conference.pk)
    rows.exclude(auto_recording_status=worst).update(auto_recording_status=worst)


def state_of(meeting: PlannedMeeting) -> MeetingState:
    """What the rules have to know; asks the database for retired meetings."""
    status = meeting.auto_recording_status
    if meeting.is_recording_wanted:
        is_settled = status in SETTLED
    else:
        is_settled = status == RecordingStatus.NOT_ATTEMPTED
    retired = conference_of(meeting).retired_meetings.filter(slot=meeting.slot, removes_event=True)
    return MeetingState(
        is_cancelled=meeting.is_cancelled,
        is_served=conference_of(meeting).platform in settings.MEETING_PLATFORMS,
        is_over=is_over(meeting),
        wants_meeting=meeting.wants_meeting,
        was_asked_for=meeting.transaction_id is not None,
        has_event=meeting.meeting_id is not None,
        has_link=meeting.meeting_link is not None,
        has_id=meeting.online_meeting_id is not None,
        is_stale=meeting.is_event_stale,
        is_recording_settled=is_settled,
        is_recording_decided=meeting.is_recording_decided,
        retired_events=with_database(retired.count),
    )


def ref_of(meeting: PlannedMeeting, organizer_id: str | None) -> MeetingRef:
    return MeetingRef(
        organizer_email=conference_of(meeting).organizer_email or None,
        organizer_id=organizer_id,
        join_url=meeting.meeting_link,
        meeting_id=meeting.online_meeting_id,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        thread_id=meeting.chat_thread_id,
        post_id=meeting.chat_post_id,
        team_id=meeting.team_id,
    )
