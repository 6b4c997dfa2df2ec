"""Time spent, from intervals that may overlap."""

from collections.abc import Iterable
from datetime import datetime, timedelta

Interval = tuple[datetime, datetime]


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """The same time as disjoint intervals in order. Touching ones become one."""
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def attended(intervals: Iterable[Interval]) -> timedelta:
    """The length of the union: two devices at once do not count twice."""
    return sum((end - start for start, end in union(intervals)), timedelta())


def minutes(duration: timedelta) -> str:
    """Minutes rounded half up to two decimals: 278.4 s is "4.64"."""
    hundredths = (duration // timedelta(microseconds=1) * 100 * 2 + 60_000_000) // 120_000_000
    return f"{hundredths // 100}.{hundredths % 100:02d}"
