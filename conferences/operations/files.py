"""Files: what people shared in the chat, each once."""

from collections.abc import Mapping

from django.db import transaction

from conferences.intakes import Intakes
from conferences.models import Conference
from conferences.operations.counting import count_rows, not_held_yet
from conferences.store import shared_files
from platforms.contract import Feed
from platforms.reasons import ReasonCode
from syncing.operation import Operation, Target
from syncing.outcomes import Counts, FeedOutcome, Reason


class Files(Operation):
    name = "files"
    feeds = (Feed.CHAT, Feed.SHARED_FILES)

    def __init__(self, conference: Conference, intakes: Intakes) -> None:
        self._conference = conference
        self._changes: dict[int, str] | None = None

    def finish(self, target: Target, feeds: Mapping[Feed, FeedOutcome]) -> Counts:
        """Merge once for all targets; the chat confirms files, the drive tells more of them."""
        changes = self._changes
        if changes is None:
            changes = shared_files.rebuild(self._conference)
            transaction.on_commit(lambda: self._keep(changes))
        if not feeds[Feed.CHAT].is_complete:
            return Counts()
        rows = list(self._conference.shared_files.filter(slot_id=target.slot))
        there = [row.pk for row in rows if row.is_there]
        return count_rows(changes, there, gone=[row.pk for row in rows if not row.is_there])

    def _keep(self, changes: dict[int, str]) -> None:
        self._changes = changes

    def explain_zero(self, target: Target, feeds: Mapping[Feed, FeedOutcome]) -> Reason:
        return not_held_yet(target, 0) or Reason(ReasonCode.NO_FILES_SHARED)
