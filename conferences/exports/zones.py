"""A time zone as a calendar file describes it (RFC 5545, 3.6.5).

Not icalendar's own Timezone.from_tzinfo: it lets summer time begin an hour late. And onsets that
follow a yearly rule are written as that rule, because Outlook reads no list of dates there.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
STEP = timedelta(days=7)  # no zone changes its clocks twice within a week
SECOND = timedelta(seconds=1)
RULED_YEARS = 3  # as few might look like a rule by chance


@dataclass(frozen=True)
class Change:
    """``to`` is the offset from then on; clocks turn back or forth by the difference."""

    before: timedelta
    to: timedelta
    name: str


@lru_cache(maxsize=64)
def zone_component(name: str, first: int, last: int) -> Timezone:
    """Right for moments from the year ``first`` to ``last``. Not to be changed."""
    zone = ZoneInfo(name)
    begin, end = datetime(first - 1, 1, 1, tzinfo=UTC), datetime(last + 2, 1, 1, tzinfo=UTC)
    offset = _offset(begin, zone)
    made = Timezone()
    made.add("TZID", name)
    as_ever = Change(offset, offset, _name(begin, zone))
    made.add_component(_observance(as_ever, _local(begin, offset)))
    for change, onsets in _onsets(zone, begin, end).items():
        rule = _rule(onsets) if onsets[-1].year > last else None  # a rule has no end
        for onset in onsets[:1] if rule else onsets:
            made.add_component(_observance(change, onset, rule))
    return made


def _observance(
    change: Change, onset: datetime, rule: vRecur | None = None
) -> TimezoneDaylight | TimezoneStandard:
    """From ``onset`` on, which is told in the clock time that ends with it."""
    part = TimezoneDaylight() if change.to > change.before else TimezoneStandard()
    part.add("DTSTART", onset)
    part.add("TZOFFSETFROM", change.before)
    part.add("TZOFFSETTO", change.to)
    part.add("TZNAME", change.name)
    if rule:
        part.add("RRULE", rule)
    else:
        part.add("RDATE", onset)  # known from DTSTART; some readers need both
    return part


def _onsets(zone: ZoneInfo, begin: datetime, end: datetime) -> dict[Change, list[datetime]]:
    found: dict[Change, list[datetime]] = defaultdict(list)
    for moment in _changes(zone, begin, end):
        before, to = _offset(moment - SECOND, zone), _offset(moment, zone)
        found[Change(before, to, _name(moment, zone))].append(_local(moment, before))
    return found


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """The first second of each new offset."""
    while begin < end:
        following = begin + STEP
        if _offset(begin, zone) != _offset(following, zone):
            early, late = begin, following
            while late - early > SECOND:
                middle = early + timedelta(seconds=(late - early) // SECOND // 2)
                if _offset(middle, zone) == _offset(begin, zone):
                    early = middle
                else:
                    late = middle
            yield late
        begin = following


def _rule(onsets: list[datetime]) -> vRecur | None:
    """Such as the last Sunday of March at the same time, if that is true of every year."""
    first = onsets[0]
    if len(onsets) < RULED_YEARS or any(
        (onset.year, onset.month, onset.weekday(), onset.time())
        != (first.year + number, first.month, first.weekday(), first.time())
        for number, onset in enumerate(onsets)
    ):
        return None
    if all(onset.day + 7 > monthrange(onset.year, onset.month)[1] for onset in onsets):
        which = -1
    elif len({_week(onset) for onset in onsets}) == 1:
        which = _week(first)
    else:
        return None
    by_day = f"{which}{WEEKDAYS[first.weekday()]}"
    return vRecur(FREQ="YEARLY", BYMONTH=first.month, BYDAY=by_day)


def _week(onset: datetime) -> int:
    return (onset.day - 1) // 7 + 1


def _local(moment: datetime, offset: timedelta) -> datetime:
    return (moment + offset).replace(tzinfo=None)


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _name(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).tzname() or zone.key
