"""Chat: what people wrote during the meeting."""

from collections.abc import Mapping

from conferences.intakes import Intakes
from conferences.models import Conference
from conferences.operations.counting import complete_counts, counts_of, not_held_yet
from platforms.contract import Feed
from platforms.reasons import ReasonCode
from syncing.operation import Operation, Target
from syncing.outcomes import Counts, FeedOutcome, Reason


class Chat(Operation):
    name = "chat"
    feeds = (Feed.CHAT,)

    def __init__(self, conference: Conference, intakes: Intakes) -> None:
        self._conference = conference
        self._kinds = intakes.chat.kinds

    def finish(self, target: Target, feeds: Mapping[Feed, FeedOutcome]) -> Counts:
        """The chat tells what changed; once it is read to its end the rest is confirmed too."""
        kinds = self._kinds[target.slot]
        if not feeds[Feed.CHAT].is_complete:
            return counts_of(kinds)
        written = self._conference.messages.filter(
            slot_id=target.slot, is_planned=True, event="", deleted_at=None
        )
        return complete_counts(kinds, written.count())

    def explain_zero(self, target: Target, feeds: Mapping[Feed, FeedOutcome]) -> Reason:
        return not_held_yet(target, 0) or Reason(ReasonCode.NOBODY_WROTE)
