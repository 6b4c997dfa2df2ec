"""From feeds to an operation's outcome, from outcomes to a run's verdict. Pure."""

from collections.abc import Sequence

from platforms.errors import FailureKind
from platforms.reasons import ReasonCode
from syncing.outcomes import (
    Counts,
    FeedOutcome,
    Judgement,
    Message,
    OperationResult,
    Outcome,
    Reason,
    Verdict,
)

# Found out while looking for the meeting, these mean "could not be tried", not "went wrong".
_STRUCTURAL = {FailureKind.NOT_FOUND, FailureKind.PERMISSION, FailureKind.CONFIG}


def conclude(
    feeds: Sequence[FeedOutcome], counts: Counts, zero: Reason | None
) -> tuple[Outcome, Reason | None]:
    """An operation's outcome from its feeds. ``zero`` explains an empty result.

    One feed of several failing makes PARTIAL; all of them, FAILED. A feed whose alternative was
    read instead does not count, unless its meeting was not found and the alternative is empty:
    then that is the reason.
    """
    untried = next((f.error for f in feeds if f.replaced_by and not f.tried and f.error), None)
    feeds = [feed for feed in feeds if feed.replaced_by is None]
    errors = [feed.error for feed in feeds if feed.error is not None]
    if not errors and counts.items:
        return Outcome.SUCCEEDED, None
    if not errors and untried and not (zero and zero.code is ReasonCode.GUESSES_WAITING):
        return Outcome.SKIPPED, Reason.of(untried)
    if not errors:
        return Outcome.NO_DATA, zero
    reason = Reason.of(errors[0])
    if not any(feed.tried for feed in feeds) and all(e.kind in _STRUCTURAL for e in errors):
        return Outcome.SKIPPED, reason
    if all(error.kind is FailureKind.THROTTLED for error in errors):
        return Outcome.DEFERRED, reason
    if counts.items or any(feed.error is None and feed.has_told for feed in feeds):
        return Outcome.PARTIAL, reason
    return Outcome.FAILED, reason


def judge(results: Sequence[OperationResult], *, is_over: bool) -> Judgement:
    """The verdict on a run (the table in docs/sync.md). ``is_over``: the meeting has ended."""
    items = sum(result.counts.items for result in results)
    troubled = [r for r in results if r.outcome not in (Outcome.SUCCEEDED, Outcome.NO_DATA)]
    tried = [r for r in results if r.outcome is not Outcome.SKIPPED]
    names = tuple(dict.fromkeys(result.operation for result in troubled))
    reason = next((r.reason for r in troubled if r.reason), None)
    if not tried:
        return Judgement(Verdict.PARTIAL, Message.NOTHING_YET, 0, names, reason)
    if all(result.outcome is Outcome.FAILED for result in tried):
        failed = next((r.reason for r in tried if r.reason), None)
        return Judgement(Verdict.FAILED, Message.FAILED, items, names, failed)
    if troubled:
        return Judgement(
            Verdict.PARTIAL, _issues(items, len(troubled) < len(results)), items, names, reason
        )
    if all(result.outcome is Outcome.NO_DATA for result in results):
        message = Message.NO_DATA if is_over else Message.NO_DATA_BEFORE_END
        return Judgement(Verdict.SUCCESS, message, 0)
    changed = any(r.counts.created or r.counts.updated for r in results)
    return Judgement(Verdict.SUCCESS, Message.SYNCED if changed else Message.UP_TO_DATE, items)


def _issues(items: int, has_others: bool) -> Message:
    if items:
        return Message.ISSUES_OTHERS_SYNCED
    return Message.ISSUES_OTHERS_EMPTY if has_others else Message.ISSUES_ONLY
