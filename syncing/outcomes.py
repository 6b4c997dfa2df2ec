"""What came of a sync: pure values. The verdict is passed in syncing.verdict."""

from collections.abc import Mapping
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
    def stored(
        cls, code: str, params: Mapping[str, str], retry_at: datetime | None = None
    ) -> "Reason":
        """From the columns that keep it."""
        return cls(ReasonCode(code), params, retry_at)

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
    """What came of reading one feed. ``tried`` is false when its meeting could not be found.

    ``is_missing``: it is not there, before the meeting's end, when that is no failure.
    """

    feed: Feed
    tried: bool = True
    error: PlatformError | None = None
    pages: int = 0
    requests: int = 0
    seconds: float = 0.0
    seen: dict[str, int] = field(default_factory=dict)
    listed: frozenset[str] = frozenset()
    replaced_by: Feed | None = None
    is_missing: bool = False

    @property
    def is_complete(self) -> bool:
        return self.tried and self.error is None and not self.is_missing

    @property
    def has_told(self) -> bool:
        """Something, if only that there is nothing; without a question there is no answer."""
        return bool(self.requests or self.pages)

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


DATABASE_LOST = Judgement(
    Verdict.FAILED, Message.DATABASE_LOST, 0, reason=Reason(ReasonCode.DATABASE_LOST)
)
