"""When to read another feed instead, and what feeds came to for one of a run's targets. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from platforms.contract import Feed
from platforms.errors import FailureKind, PlatformError
from syncing.operation import Operation, Target
from syncing.outcomes import FeedOutcome
from syncing.reading import Reading


def to_settle(ended: Reading, readings: Iterable[Reading]) -> list[Reading]:
    """Itself and those that waited for it, as far as no other meeting of their slots is read."""
    of_feed = [one for one in readings if one.feed is ended.feed]
    near = [one for one in of_feed if one.slots & ended.slots]
    busy = {slot for one in of_feed if not one.has_ended for slot in one.slots}
    return [one for one in near if one.has_ended and not one.is_settled and not one.slots & busy]


def called_for(
    reading: Reading, readings: Iterable[Reading], operations: Iterable[Operation], now: datetime
) -> Feed | None:
    """The alternative to a feed that is not there, or has nothing for a meeting that is over.

    Never after a refusal, a pause or a fault: those are told as what they are. ``readings``: all
    of the run, of which those of the same slots have ended.
    """
    outcome = reading.outcome
    if not (outcome.is_complete or is_missing(outcome.error)) or not reading.meeting.organizer_id:
        return None
    readings = list(readings)
    if not any(_is_wanting(target, reading.feed, readings, now) for target in reading.targets):
        return None
    for operation in operations:
        for alternative, original in operation.instead_of.items():
            if original == reading.feed:
                return alternative
    return None


@dataclass(frozen=True, slots=True)
class _Part:
    """What one reading came to for a target. ``is_first``: of the meeting that it has now."""

    is_first: bool
    has_reached: bool
    outcome: FeedOutcome


def outcomes_for(
    target: Target, readings: Iterable[Reading], now: datetime
) -> dict[Feed, FeedOutcome]:
    """What the feeds of all its meetings came to, originals first."""
    readings = list(readings)
    parts: dict[Feed, list[_Part]] = defaultdict(list)
    for reading in readings:
        if target.slot not in reading.slots:
            continue
        original = reading.instead_of
        if original is not None and not _is_wanting(target, original.feed, readings, now):
            continue  # it was read for the others
        outcome, is_first = reading.outcome, target in reading.targets
        if outcome.tried and is_missing(outcome.error) and not target.is_over(now):
            outcome = replace(outcome, error=None, is_missing=is_first)
        if outcome.replaced_by and not _is_wanting(target, reading.feed, readings, now):
            outcome = replace(outcome, replaced_by=None)
        parts[reading.feed].append(_Part(is_first, target.slot in reading.reached, outcome))
    return {feed: _together(feed, of_feed) for feed, of_feed in parts.items()}


def _together(feed: Feed, parts: list[_Part]) -> FeedOutcome:
    """One outcome; that a meeting of before is not there any more is no fault."""
    parts = sorted(parts, key=lambda part: not part.is_first)
    counting = [p for p in parts if p.is_first or not is_missing(p.outcome.error)]
    if [part.outcome for part in parts] == [part.outcome for part in counting[:1]]:
        return parts[0].outcome
    told = [part.outcome for part in parts]
    seen: Counter[str] = Counter()
    for outcome in told:
        seen.update(outcome.seen)
    has_reached = any(part.has_reached for part in parts)
    return FeedOutcome(
        feed,
        tried=has_reached or all(p.outcome.tried for p in counting if p.is_first),
        error=next((p.outcome.error for p in counting if p.outcome.error), None),
        pages=sum(outcome.pages for outcome in told),
        requests=sum(outcome.requests for outcome in told),
        seconds=sum(outcome.seconds for outcome in told),
        seen=dict(seen),
        listed=frozenset().union(*(outcome.listed for outcome in told)),
        replaced_by=_replaced_by([part.outcome for part in counting]),
        is_missing=any(part.outcome.is_missing for part in counting),
    )


def _replaced_by(outcomes: list[FeedOutcome]) -> Feed | None:
    """Only if nothing else is to be told of any of them."""
    feeds = {outcome.replaced_by for outcome in outcomes}
    return feeds.pop() if len(feeds) == 1 else None


def _is_wanting(target: Target, feed: Feed, readings: Iterable[Reading], now: datetime) -> bool:
    """Whether it is over, and none of its meetings brought anything."""
    return target.is_over(now) and not any(
        one.feed is feed and target.slot in one.reached for one in readings
    )


def is_missing(error: PlatformError | None) -> bool:
    return error is not None and error.kind is FailureKind.NOT_FOUND
