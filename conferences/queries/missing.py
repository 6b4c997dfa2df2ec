"""Recordings that were to come by themselves and have not."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from conferences.models import Conference, Recording
from conferences.models.meeting import PlannedMeeting
from conferences.store.drive_files import waiting_files


def without_recording(
    conference: Conference, meetings: Iterable[PlannedMeeting], now: datetime | None = None
) -> list[PlannedMeeting]:
    """Meetings that ended a day ago or earlier, were to record themselves, and have no recording.

    One that was there and has expired has turned up; a video that waits for a decision may be it.
    """
    before = (now or timezone.now()) - timedelta(minutes=settings.RECORDINGS_EXPECTED_MINUTES)
    due = [
        one
        for one in meetings
        if one.was_to_record_itself and not one.is_cancelled and one.ends_at < before
    ]
    if not due:
        return []
    own = Q(slot=None) if due[0].slot is None else Q(slot__in=[one.pk for one in due])
    known = Recording.objects.filter(own, conference=conference, is_planned=True)
    found = set(known.values_list("slot", flat=True))
    found |= set(waiting_files(conference).filter(own).values_list("slot", flat=True))
    return [one for one in due if one.slot not in found]
