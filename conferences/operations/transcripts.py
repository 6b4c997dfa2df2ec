"""Transcripts: what was said, in writing."""

from collections.abc import Mapping

from django.conf import settings

from conferences.intakes import Intakes
from conferences.models import Conference
from conferences.operations.counting import (
    complete_counts,
    counts_of,
    not_held_yet,
    not_there_yet,
)
from platforms.contract import Feed
from platforms.reasons import ReasonCode
from syncing.operation import Operation, Target
from syncing.outcomes import Counts, FeedOutcome, Reason


class Transcripts(Operation):
    name = "transcripts"
    feeds = (Feed.TRANSCRIPTS,)

    def __init__(self, conference: Conference, intakes: Intakes) -> None:
        self._conference = conference
        self._kinds = intakes.transcripts.kinds

    def finish(self, target: Target, feeds: Mapping[Feed, FeedOutcome]) -> Counts:
        kinds = self._kinds[target.slot]
        if not feeds[Feed.TRANSCRIPTS].is_complete:
            return counts_of(kinds)
        listed = self._conference.transcripts.filter(
            slot_id=target.slot, is_planned=True, vanished_at=None
        )
        return complete_counts(kinds, listed.count())

    def explain_zero(self, target: Target, feeds: Mapping[Feed, FeedOutcome]) -> Reason:
        minutes = settings.TRANSCRIPTS_EXPECTED_MINUTES
        if reason := not_held_yet(target, minutes):
            return reason
        return not_there_yet(target, minutes) or Reason(ReasonCode.NOT_TRANSCRIBED)
