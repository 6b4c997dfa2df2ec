"""Files: what people shared in the chat, each once."""

from collections.abc import Mapping

from conferences.operations.counting import count_rows, not_held_yet
from conferences.operations.merging import MergingOperation
from conferences.store import shared_files
from platforms.contract import Feed
from platforms.reasons import ReasonCode
from syncing.operation import Target
from syncing.outcomes import Counts, FeedOutcome, Reason


class Files(MergingOperation):
    name = "files"
    feeds = (Feed.CHAT, Feed.SHARED_FILES)

    def merge(self) -> dict[int, str]:
        return shared_files.rebuild(self._conference)

    def finish(self, target: Target, feeds: Mapping[Feed, FeedOutcome]) -> Counts:
        """The chat confirms files, the drive tells more of them."""
        changes = self.merged()
        if not feeds[Feed.CHAT].is_complete:
            return Counts()
        rows = list(self._conference.shared_files.filter(slot_id=target.slot))
        there = [row.pk for row in rows if row.is_there]
        return count_rows(changes, there, gone=[row.pk for row in rows if not row.is_there])

    def explain_zero(self, target: Target, feeds: Mapping[Feed, FeedOutcome]) -> Reason:
        if reason := not_held_yet(target, 0):
            return reason
        if self._conference.shared_files.filter(slot_id=target.slot, vanished_at=None).exists():
            return Reason(ReasonCode.FILES_GONE)
        messages = self._conference.messages.filter(
            slot_id=target.slot, is_planned=True, event="", deleted_at=None
        )
        if messages.exclude(attachments=[]).exists():
            return Reason(ReasonCode.COUNTED_BEFORE)
        return Reason(ReasonCode.NO_FILES_SHARED)
