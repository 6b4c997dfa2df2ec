"""What came of a sync: pure values, and the one function that passes the verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from platforms.contract import Feed
from platforms.errors import FailureKind, PlatformError
from platforms.reasons import Actor, ReasonCode, who_acts


class Outcome(StrEnum):
    """What an operation came to. "Tried" is everything but SKIPPED."""

    SUCCEEDED = "succeeded"
    NO_DATA = "no_data"
    PARTIAL = "partial"
    DEFERRED = "deferred"
    SKIPPED = "skipped"
    FAILED = "failed"


class RunStatus(StrEnum):
    """A run's lifecycle, and nothing about how well it went."""

    QUEUED = "queued"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    CANCELLED = "cancelled"


OPEN_STATUSES = (RunStatus.QUEUED, RunStatus.RUNNING, RunStatus.PAUSED)


class Verdict(StrEnum):
    SUCCESS = "success"
    PARTIAL = "partial"
    FAILED = "failed"


class Message(StrEnum):
    """Keys of the verdict's messages; the sentences are in syncing/phrases.py."""

    SYNCED = "synced"
    UP_TO_DATE = "up_to_date"
    NO_DATA = "no_data"
    NO_DATA_BEFORE_END = "no_data_before_end"
    ISSUES_OTHERS_SYNCED = "issues_others_synced"
    ISSUES_OTHERS_EMPTY = "issues_others_empty"
    ISSUES_ONLY = "issues_only"
    NOTHING_YET = "nothing_yet"
    FAILED = "failed"
    DATABASE_LOST = "database_lost"


@dataclass(frozen=True, slots=True)
class Counts:
    """People and artifacts, not intervals. ``fetched`` is what the platform listed."""

    fetched: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    vanished: int = 0

    @property
    def items(self) -> int:
        """What the platform confirmed, each counted once."""
        return self.created + self.updated + self.unchanged


@dataclass(frozen=True, slots=True)
class Reason:
    """Why there is nothing or less. ``retry_at`` is when looking again makes sense."""

    code: ReasonCode
    params: Mapping[str, str] = field(default_factory=dict)
    retry_at: datetime | None = None

    @property
    def who(self) -> Actor:
        return who_acts(self.code)

    @classmethod
    def of(cls, error: PlatformError) -> "Reason":
        return cls(error.reason, error.params, error.retry_at)


@dataclass(frozen=True, slots=True)
class Failure:
    """One feed's failure, for the history: ``detail`` has the vendor's words."""

    feed: str
    kind: FailureKind
    reason: ReasonCode
    detail: str
    request_id: str


@dataclass(slots=True)
class FeedOutcome:
    """What came of reading one feed. ``tried`` is false when its meeting could not be found."""

    feed: Feed
    tried: bool = True
    error: PlatformError | None = None
    pages: int = 0
    requests: int = 0
    seconds: float = 0.0
    seen: dict[str, int] = field(default_factory=dict)
    listed: frozenset[str] = frozenset()
    replaced_by: Feed | None = None

    @property
    def is_complete(self) -> bool:
        return self.tried and self.error is None

    @property
    def failure(self) -> Failure | None:
        if self.error is None:
            return None
        error = self.error
        read = self.feed if self.tried else "meeting"
        return Failure(read, error.kind, error.reason, error.detail, error.request_id)


@dataclass(frozen=True, slots=True)
class OperationResult:
    """One operation for one meeting. ``slot`` is a time slot's primary key, None without slots."""

    operation: str
    slot: int | None
    outcome: Outcome
    counts: Counts = Counts()
    reason: Reason | None = None
    failures: tuple[Failure, ...] = ()
    source: str | None = None
    seconds: float = 0.0
    requests: int = 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict of a run with what its message needs."""

    verdict: Verdict
    message: Message
    items: int
    operations: tuple[str, ...] = ()
    reason: Reason | None = None


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
    if counts.items or len(errors) < len(feeds):
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


DATABASE_LOST = Judgement(
    Verdict.FAILED, Message.DATABASE_LOST, 0, reason=Reason(ReasonCode.DATABASE_LOST)
)
