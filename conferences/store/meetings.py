"""What the platform told of a meeting, stored where that meeting is planned or was."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from conferences.arranging.keeping import sum_up
from conferences.models import Conference, ConferenceTimeSlot
from conferences.models.meeting import RecordingStatus
from platforms.reasons import ReasonCode
from platforms.records import RemoteMeeting
from syncing.operation import Target

# What somebody can have switched off, or on again, behind our back.
WATCHED = (RecordingStatus.ENABLED, RecordingStatus.VERIFIED, RecordingStatus.DRIFTED)


def keep_found(conference: Conference, target: Target, meeting: RemoteMeeting) -> None:
    """The plan may be another one by now: what was not looked for is left alone."""
    ref, organizer = target.ref, target.ref.organizer_email or ""
    now: QuerySet[Any] = Conference.objects.filter(
        pk=conference.pk, organizer_email__iexact=organizer
    )
    if target.slot is not None:
        now = ConferenceTimeSlot.objects.filter(pk=target.slot, conference__in=now)
    before = conference.retired_meetings.filter(slot=target.slot, organizer_email__iexact=organizer)
    same = {"meeting_link": ref.join_url, "online_meeting_id": ref.meeting_id}
    if ref.watches_recording and meeting.records_itself is not None:
        _keep_recording(conference, now.filter(**same), meeting.records_itself)
    ids = {
        "online_meeting_id": meeting.meeting_id,
        "chat_thread_id": meeting.thread_id,
        "chat_post_id": meeting.post_id,
    }
    if known := {name: value for name, value in ids.items() if value}:
        for rows in (now, before):
            rows.filter(**same).update(**known)


def _keep_recording(conference: Conference, meeting: QuerySet[Any], is_on: bool) -> None:
    status = RecordingStatus.VERIFIED if is_on else RecordingStatus.DRIFTED
    watched = meeting.filter(auto_recording_status__in=WATCHED)
    is_news = watched.exclude(auto_recording_status=status).exists()
    watched.update(
        auto_recording_status=status,
        recording_code=None if is_on else ReasonCode.RECORDING_SWITCHED_OFF,
        recording_params={},
        recording_checked_at=timezone.now(),
    )
    if is_news:
        sum_up(conference)
