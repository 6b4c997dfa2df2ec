"""What an instructor asks for, and the plan that says for which meetings."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

from platforms.contract import Feed, Known, MeetingRef, Page, Window
from syncing.outcomes import Counts, FeedOutcome, Reason


@dataclass(frozen=True, slots=True)
class Target:
    """One planned meeting. ``slot`` is a time slot's primary key, or None.

    ``skip`` says why there is no use in asking the platform. ``also``: meetings that it had
    before, which are read too.
    """

    slot: int | None
    label: str
    ref: MeetingRef
    skip: Reason | None = None
    also: tuple[MeetingRef, ...] = ()

    @property
    def meetings(self) -> "tuple[Target, ...]":
        """All that is to be read, each as a target that has the others beside it; itself first."""
        refs = (self.ref, *self.also)
        return (
            self,
            *(
                replace(self, ref=ref, also=(*refs[:number], *refs[number + 1 :]))
                for number, ref in enumerate(refs)
                if number
            ),
        )

    def is_over(self, now: datetime) -> bool:
        return self.ref.ends_at <= now

    @property
    def span(self) -> tuple[datetime, datetime]:
        return self.ref.starts_at, self.ref.ends_at


class Intake(ABC):
    """Stores what one feed brings, as it came, whichever operations asked for it.

    An object serves one run. ``save``, ``end`` and ``Operation.finish`` run in a transaction that
    may be lost and done again: what an object remembers from them has to be right after the
    second time too. Database only, never the network.
    """

    def known(self, targets: tuple[Target, ...]) -> Known:
        """What the feed need not bring again, and what it is to look up."""
        return Known()

    @abstractmethod
    def save(self, targets: tuple[Target, ...], feed: Feed, page: Page) -> set[int | None]:
        """Store a page of what ``targets`` share; returns the slots it is for."""

    def end(self, targets: tuple[Target, ...], outcome: FeedOutcome) -> None:
        """After the feed was read to its end without a fault: mark what vanished."""
        return


class Operation(ABC):
    """Makes of what was taken in what the instructor asked for: a class of at most 90 lines."""

    name: ClassVar[str]
    feeds: ClassVar[tuple[Feed, ...]]
    # alternative -> original: read when the original is not found, or empty after the end
    instead_of: ClassVar[Mapping[Feed, Feed]] = {}

    @abstractmethod
    def finish(self, target: Target, feeds: Mapping[Feed, FeedOutcome]) -> Counts:
        """After the last page of the run: merge and count. Database only."""

    @abstractmethod
    def explain_zero(self, target: Target, feeds: Mapping[Feed, FeedOutcome]) -> Reason:
        """Why there is nothing, when nothing went wrong."""


@dataclass(frozen=True, slots=True)
class SyncPlan:
    """All that the engine has to know about a subject.

    ``before`` and ``after``: how much earlier or later than planned a meeting may be held.
    """

    platform: str
    targets: tuple[Target, ...]
    operations: tuple[Operation, ...]
    intakes: Mapping[Feed, Intake]
    before: timedelta
    after: timedelta

    def window(self, targets: tuple[Target, ...]) -> Window:
        spans = dict.fromkeys(target.span for target in targets)
        return Window(tuple(spans), self.before, self.after)

    @property
    def ends_at(self) -> datetime | None:
        return max((target.ref.ends_at for target in self.targets), default=None)
