"""Recordings: from the platform's list, the drive and the chat, each in one row."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from conferences.models import Conference, Recording
from conferences.models.meeting import PlannedMeeting
from conferences.operations.counting import count_rows, not_held_yet
from conferences.operations.merging import MergingOperation
from conferences.store import recordings
from conferences.store.drive_files import waiting_files
from platforms.contract import Feed
from platforms.reasons import ReasonCode
from syncing.operation import Target
from syncing.outcomes import Counts, FeedOutcome, Reason


class Recordings(MergingOperation):
    name = "recordings"
    feeds = (Feed.RECORDINGS, Feed.CHAT, Feed.DRIVE)

    def merge(self) -> dict[int, str]:
        return recordings.rebuild(self._conference)

    def finish(self, target: Target, feeds: Mapping[Feed, FeedOutcome]) -> Counts:
        """Confirmed is what a route knows that was read to its end."""
        changes = self.merged()
        read = {str(feed) for feed, outcome in feeds.items() if outcome.is_complete}
        rows = self._conference.recordings.filter(slot_id=target.slot, is_planned=True)
        confirmed = [row for row in rows if read & set(row.sources)]
        return count_rows(
            changes,
            there=[row.pk for row in confirmed if row.vanished_at is None],
            gone=[row.pk for row in confirmed if row.vanished_at is not None],
        )

    def explain_zero(self, target: Target, feeds: Mapping[Feed, FeedOutcome]) -> Reason:
        minutes = settings.RECORDINGS_EXPECTED_MINUTES
        if reason := not_held_yet(target, minutes):
            return reason
        if waiting_files(self._conference).filter(slot_id=target.slot).exists():
            return Reason(ReasonCode.RECORDING_GUESSES_WAITING)
        if self._had_some(target):
            return Reason(ReasonCode.RECORDING_GONE)
        expected_at = target.ref.ends_at + timedelta(minutes=minutes)
        if expected_at > timezone.now():
            return Reason(ReasonCode.RECORDINGS_NOT_THERE_YET, retry_at=expected_at)
        if self._was_to_record_itself(target):
            return recording_missing()
        return Reason(ReasonCode.NOT_RECORDED)

    def _was_to_record_itself(self, target: Target) -> bool:
        """As it is stored now, of a slot or of the conference's own meeting."""
        meeting: PlannedMeeting | None
        if target.slot is None:
            meeting = Conference.objects.filter(pk=self._conference.pk).first()
        else:
            meeting = self._conference.time_slots.filter(pk=target.slot).first()
        return meeting is not None and meeting.was_to_record_itself

    def _had_some(self, target: Target) -> bool:
        return Recording.objects.filter(
            conference=self._conference, slot_id=target.slot, is_planned=True
        ).exists()


def recording_missing() -> Reason:
    """Of a meeting that was to record itself, a while after its end."""
    hours = settings.RECORDINGS_EXPECTED_MINUTES / 60
    return Reason(ReasonCode.RECORDING_MISSING, {"hours": f"{hours:g}"})
