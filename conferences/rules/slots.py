"""To which planned sitting something belongs."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from conferences.rules.intervals import Interval


def slot_of(
    starts_at: datetime,
    ends_at: datetime,
    planned: Mapping[int | None, Interval],
    before: timedelta,
    after: timedelta,
) -> tuple[bool, int | None]:
    """Whether it belongs to any planned time, and to which.

    The longest overlap wins. Something before or after all of them goes to the nearest, if that
    is no further away than ``before`` or ``after``: a late rejoin belongs to what it is late for.
    """
    best: tuple[timedelta, timedelta, int] | None = None
    slot: int | None = None
    for number, (key, (start, end)) in enumerate(sorted(planned.items(), key=lambda i: i[1])):
        if starts_at > end + after or ends_at < start - before:
            continue
        overlap = max(timedelta(), min(ends_at, end) - max(starts_at, start))
        distance = max(timedelta(), starts_at - end, start - ends_at)
        rank = (-overlap, distance, number)
        if best is None or rank < best:
            best, slot = rank, key
    return best is not None, slot
