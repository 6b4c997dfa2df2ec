"""When to read another feed instead, and what a shared feed came to for one meeting. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from platforms.contract import Feed
from platforms.errors import FailureKind, PlatformError
from syncing.operation import Operation, Target
from syncing.outcomes import FeedOutcome
from syncing.reading import Reading


def called_for(reading: Reading, operations: Iterable[Operation], now: datetime) -> Feed | None:
    """The alternative to a feed that is not there, or has nothing for a meeting that is over.

    Never after a refusal, a pause or a fault: those are told as what they are.
    """
    outcome = reading.outcome
    if not (outcome.is_complete or _is_missing(outcome.error)):
        return None
    if not any(_is_wanting(target, reading, now) for target in reading.targets):
        return None
    for operation in operations:
        for alternative, original in operation.instead_of.items():
            if original == reading.feed:
                return alternative
    return None


def outcomes_for(
    target: Target, readings: Iterable[Reading], now: datetime
) -> dict[Feed, FeedOutcome]:
    """What the feeds came to for one of the meetings that share them, originals first."""
    outcomes: dict[Feed, FeedOutcome] = {}
    for reading in readings:
        if target not in reading.targets:
            continue
        original = reading.instead_of
        if original is not None and not _is_wanting(target, original, now):
            continue  # it was read for the others
        outcome = reading.outcome
        if outcome.tried and _is_missing(outcome.error) and not target.is_over(now):
            outcome = replace(outcome, error=None, is_missing=True)
        if outcome.replaced_by and not _is_wanting(target, reading, now):
            outcome = replace(outcome, replaced_by=None)
        outcomes[reading.feed] = outcome
    return outcomes


def _is_wanting(target: Target, reading: Reading, now: datetime) -> bool:
    return target.is_over(now) and target.slot not in reading.reached


def _is_missing(error: PlatformError | None) -> bool:
    return error is not None and error.kind is FailureKind.NOT_FOUND
