"""A weekly pattern keeps its time of day, whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from conferences.rules.weekly import (
    MOST_AT_ONCE,
    MissingTimeError,
    NoDatesError,
    TooManyDatesError,
    Weekly,
    dates,
    on_the_clock,
)

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]
ZONES += ["Africa/Casablanca", "America/Santiago", "Pacific/Apia", "Asia/Beirut"]

wall = datetime.combine
patterns = st.builds(
    Weekly,
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    starts=st.times(),
    ends=st.times(),
    first=st.dates(date(1980, 1, 1), date(2037, 1, 1)),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    count=st.integers(1, MOST_AT_ONCE),
)


def weekly(**columns: object) -> Weekly:
    given_ones = {"weekdays": {0}, "starts": time(10), "ends": time(11), "zone": BERLIN}
    return Weekly(**{**given_ones, "first": date(2026, 3, 16), **columns})  # type: ignore[arg-type]


def test_the_time_of_day_stays_when_the_clocks_change() -> None:
    found = dates(weekly(count=3))
    assert [(one.day, one.hour) for one, _ in found] == [(16, 9), (23, 9), (30, 8)]  # UTC
    assert {one.astimezone(BERLIN).hour for one, _ in found} == {10}


def test_a_time_that_does_not_exist_is_named() -> None:
    sundays = weekly(
        weekdays={6}, first=date(2026, 3, 22), starts=time(2, 30), ends=time(4), count=2
    )
    with pytest.raises(MissingTimeError) as told:
        dates(sundays)
    assert told.value.moment == wall(date(2026, 3, 29), time(2, 30))
    nights = weekly(weekdays={5}, first=date(2026, 3, 28), starts=time(23), ends=time(2), count=1)
    with pytest.raises(MissingTimeError) as told:
        dates(nights)
    assert told.value.moment == wall(date(2026, 3, 29), time(2))


def test_of_an_hour_that_comes_twice_it_is_the_first() -> None:
    found = dates(
        weekly(weekdays={6}, first=date(2026, 10, 25), starts=time(2), ends=time(3), count=1)
    )
    assert found == [(datetime(2026, 10, 25, 0, tzinfo=UTC), datetime(2026, 10, 25, 2, tzinfo=UTC))]


def test_until_is_the_last_day() -> None:
    found = dates(weekly(weekdays={0, 2}, until=date(2026, 3, 25)))
    assert [one.day for one, _ in found] == [16, 18, 23, 25]


def test_no_date_and_too_many() -> None:
    with pytest.raises(NoDatesError):
        dates(weekly(weekdays={6}, until=date(2026, 3, 21)))
    with pytest.raises(NoDatesError):
        dates(weekly(until=date(2026, 3, 1)))
    assert len(dates(weekly(count=MOST_AT_ONCE))) == MOST_AT_ONCE
    with pytest.raises(TooManyDatesError) as told:
        dates(weekly(until=date(2036, 1, 1)))
    assert told.value.fits_until == date(2026, 3, 16) + timedelta(weeks=MOST_AT_ONCE - 1)


def test_the_end_of_the_calendar_is_no_fault() -> None:
    with pytest.raises(NoDatesError):
        dates(weekly(first=date.max, count=1))
    assert len(dates(weekly(first=date(2999, 12, 24), count=9))) == 1


@given(pattern=patterns)
def test_what_a_pattern_makes(pattern: Weekly) -> None:
    try:
        found = dates(pattern)
    except MissingTimeError:
        assume(False)
    assert len(found) == pattern.count
    assert found == sorted(found)
    for starts_at, ends_at in found:
        assert timedelta() < ends_at - starts_at <= timedelta(hours=26)
        local, local_end = starts_at.astimezone(pattern.zone), ends_at.astimezone(pattern.zone)
        assert local.time() == pattern.starts
        assert local_end.time() == pattern.ends
        assert local.weekday() in pattern.weekdays
        assert local.date() >= pattern.first
        assert (local_end.date() - local.date()).days == (pattern.ends <= pattern.starts)
        assert (local.fold, local_end.fold) == (0, 0)


@given(
    moment=st.builds(wall, st.dates(date(1980, 1, 1), date(2037, 1, 1)), st.times()),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
)
def test_only_what_no_clock_shows_is_missing(moment: datetime, zone: ZoneInfo) -> None:
    """Asked of each minute's instants around it, and not of the zone's gaps."""
    instants = [moment.replace(tzinfo=UTC) + timedelta(minutes=15 * n) for n in range(-60, 61)]
    shown = {one.astimezone(zone).replace(tzinfo=None, fold=0) for one in instants}
    try:
        found = on_the_clock(moment, zone)
    except MissingTimeError:
        assert moment not in shown
    else:
        assert found.astimezone(zone).replace(tzinfo=None, fold=0) == moment
