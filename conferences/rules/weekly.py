"""Dates that repeat every week. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MOST_AT_ONCE = 60
_DAY = timedelta(days=1)
_LAST_DAY = date(2999, 12, 30)  # a night ends on the day after


class PatternError(ValueError):
    """A pattern that makes no dates, or too many."""


class NoDatesError(PatternError):
    """No chosen weekday lies between the first and the last date."""


class TooManyDatesError(PatternError):
    """More than MOST_AT_ONCE; ``fits_until`` is the last date that could stay."""

    def __init__(self, fits_until: date) -> None:
        self.fits_until = fits_until
        super().__init__(f"more than {MOST_AT_ONCE} dates")


class MissingTimeError(PatternError):
    """``moment`` (of the wall clock) does not exist: the clocks go forward over it."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment
        super().__init__(f"{moment:%Y-%m-%d %H:%M} does not exist")


@dataclass(frozen=True, slots=True)
class Weekly:
    """``weekdays`` count from Monday, 0. An end that is not later than the start is on the next
    day. Times are of the wall clock in ``zone``. The pattern ends with ``until``, or after
    ``count`` dates; one of the two is given.
    """

    weekdays: Collection[int]
    starts: time
    ends: time
    first: date
    zone: ZoneInfo
    until: date | None = None
    count: int | None = None


def dates(pattern: Weekly) -> list[tuple[datetime, datetime]]:
    """Start and end of each, in UTC, in order. Raises PatternError.

    The time of day stays the same when the clocks change; of an hour that comes twice it is the
    first one.
    """
    found: list[tuple[datetime, datetime]] = []
    last = pattern.first
    for day in _days(pattern):
        if len(found) == pattern.count:
            break
        if len(found) == MOST_AT_ONCE:
            raise TooManyDatesError(last)
        last, is_overnight = day, pattern.ends <= pattern.starts
        end_day = day + _DAY if is_overnight else day
        starts_at = on_the_clock(datetime.combine(day, pattern.starts), pattern.zone)
        ends_at = on_the_clock(datetime.combine(end_day, pattern.ends), pattern.zone)
        found.append((starts_at, ends_at))
    if not found:
        raise NoDatesError("no dates")
    return found


def on_the_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    """A moment of the wall clock as it is in UTC. Raises MissingTimeError."""
    aware = moment.replace(tzinfo=zone, fold=0)
    found = aware.astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None, fold=0) != moment.replace(fold=0):
        raise MissingTimeError(moment)
    return found


def _days(pattern: Weekly) -> Iterator[date]:
    last = min(pattern.until or _LAST_DAY, _LAST_DAY)
    day = pattern.first
    while pattern.weekdays and day <= last:
        if day.weekday() in pattern.weekdays:
            yield day
        day += _DAY
