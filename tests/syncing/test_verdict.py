"""The verdict table of docs/sync.md: one pure function, one parametrised test."""

import pytest

from platforms.contract import Feed
from platforms.errors import (
    AuthError,
    NotFoundError,
    PermissionRefusedError,
    ThrottledError,
    TransientError,
)
from platforms.reasons import ReasonCode
from syncing import phrases
from syncing.models import SyncRun
from syncing.outcomes import (
    DATABASE_LOST,
    Counts,
    FeedOutcome,
    OperationResult,
    Outcome,
    Reason,
    Verdict,
)
from syncing.verdict import conclude, judge

REFUSED = Reason(ReasonCode.CREDENTIALS_REFUSED)
NO_LINK = Reason(ReasonCode.NO_MEETING_LINKED)
PAUSE = Reason(ReasonCode.THROTTLED)


def result(operation: str, outcome: Outcome, counts=(0, 0, 0), reason=None) -> OperationResult:
    created, updated, unchanged = counts
    return OperationResult(
        operation, None, outcome, Counts(sum(counts), created, updated, unchanged), reason
    )


S, N, P, D, K, F = (
    Outcome.SUCCEEDED,
    Outcome.NO_DATA,
    Outcome.PARTIAL,
    Outcome.DEFERRED,
    Outcome.SKIPPED,
    Outcome.FAILED,
)

TABLE = [
    # something created or updated
    ([("attendance", S, (3, 0, 0))], True, "success", "Successfully synced 3 items."),
    (
        [("attendance", S, (0, 1, 4)), ("chat", N, (0, 0, 0))],
        True,
        "success",
        "Successfully synced 5 items.",
    ),
    # nothing new
    ([("attendance", S, (0, 0, 7))], True, "success", "Everything is up to date (7 items)."),
    # all no data, after and before the end
    ([("attendance", N, (0, 0, 0))], True, "success", "No data available to sync."),
    (
        [("attendance", N, (0, 0, 0))],
        False,
        "success",
        "No data available to sync. This is normal if the meeting hasn't occurred yet.",
    ),
    # some failed, partial, deferred or skipped, and there are items
    *[
        (
            [
                ("attendance", S, (2, 0, 0)),
                ("recordings", bad, (0, 0, 0)),
                ("chat", bad, (0, 0, 0)),
            ],
            True,
            "partial",
            "Some operations had issues: recordings, chat. Other data synced successfully.",
        )
        for bad in (F, P, D, K)
    ],
    # the same without items
    *[
        (
            [("attendance", N, (0, 0, 0)), ("recordings", bad, (0, 0, 0))],
            True,
            "partial",
            "Some operations had issues: recordings. The others found no data.",
        )
        for bad in (F, P, D, K)
    ],
    # the same without others
    (
        [("attendance", D, (0, 0, 0), PAUSE)],
        True,
        "partial",
        "Some operations had issues: attendance. The platform asked for a pause. Wait a little.",
    ),
    # everything skipped
    (
        [("attendance", K, (0, 0, 0), NO_LINK), ("chat", K, (0, 0, 0), NO_LINK)],
        True,
        "partial",
        "Nothing could be synced yet: No meeting is linked; add its join link. "
        "The instructor acts.",
    ),
    # everything tried failed
    (
        [("attendance", F, (0, 0, 0), REFUSED), ("chat", K, (0, 0, 0), NO_LINK)],
        True,
        "failed",
        "Sync failed: Microsoft refused the credentials of this site. "
        "Nothing stored was lost. An administrator acts, or try again.",
    ),
]


@pytest.mark.parametrize(("outcomes", "is_over", "verdict", "sentence"), TABLE)
def test_verdict(outcomes, is_over, verdict, sentence):
    judgement = judge([result(*row) for row in outcomes], is_over=is_over)
    run = SyncRun()
    run.remember(judgement)
    assert (run.verdict, run.message) == (verdict, sentence)


def test_verdict_when_the_database_was_lost():
    run = SyncRun()
    run.remember(DATABASE_LOST)
    assert run.verdict == Verdict.FAILED
    assert run.message == "Database connection error. Please wait a moment and try again."


def test_one_meeting_in_two_slots_is_named_once():
    rows = [result("attendance", F, reason=REFUSED), result("attendance", S, (1, 0, 0))]
    assert judge(rows, is_over=True).operations == ("attendance",)


ZERO = Reason(ReasonCode.NOTHING_KEPT)
REPORTS, CALLS = Feed.ATTENDANCE_REPORTS, Feed.CALL_RECORDS


@pytest.mark.parametrize(
    ("feeds", "counts", "expected"),
    [
        ([FeedOutcome(REPORTS)], Counts(created=1), (S, None)),
        ([FeedOutcome(REPORTS)], Counts(), (N, ReasonCode.NOTHING_KEPT)),
        # an original whose alternative was read does not count
        (
            [FeedOutcome(REPORTS, error=NotFoundError(""), replaced_by=CALLS), FeedOutcome(CALLS)],
            Counts(),
            (N, ReasonCode.NOTHING_KEPT),
        ),
        (
            [FeedOutcome(REPORTS, error=TransientError(""))],
            Counts(),
            (F, ReasonCode.PLATFORM_FAULT),
        ),
        (
            [FeedOutcome(REPORTS, error=PermissionRefusedError(""))],
            Counts(),
            (F, ReasonCode.PERMISSION_MISSING),
        ),
        # refused while looking for the meeting: could not be tried
        (
            [FeedOutcome(REPORTS, tried=False, error=PermissionRefusedError(""))],
            Counts(),
            (K, ReasonCode.PERMISSION_MISSING),
        ),
        (
            [FeedOutcome(REPORTS, tried=False, error=AuthError(""))],
            Counts(),
            (F, ReasonCode.CREDENTIALS_REFUSED),
        ),
        ([FeedOutcome(REPORTS, error=ThrottledError(""))], Counts(), (D, ReasonCode.THROTTLED)),
        # it broke in the middle
        (
            [FeedOutcome(REPORTS, error=TransientError(""))],
            Counts(unchanged=2),
            (P, ReasonCode.PLATFORM_FAULT),
        ),
        # one of two failed, and the other had nothing to ask
        (
            [FeedOutcome(REPORTS), FeedOutcome(CALLS, error=TransientError(""))],
            Counts(),
            (F, ReasonCode.PLATFORM_FAULT),
        ),
        # one of two failed
        (
            [FeedOutcome(REPORTS, requests=1), FeedOutcome(CALLS, error=TransientError(""))],
            Counts(),
            (P, ReasonCode.PLATFORM_FAULT),
        ),
    ],
)
def test_conclude(feeds, counts, expected):
    outcome, reason = conclude(feeds, counts, ZERO)
    assert (outcome, reason.code if reason else None) == expected


@pytest.mark.parametrize("code", ReasonCode)
def test_every_reason_has_a_sentence_and_somebody_who_acts(code):
    reason = Reason(code)
    assert phrases.sentence(reason).strip(". ?")
    assert phrases.who(reason.who)
