"""Times keep their wall-clock over a change of clocks, and the file itself says which they are."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conferences.exports.calendar import Entry, calendar_file
from conferences.models import Conference, ConferenceTimeSlot
from tests.conferences.calendars import by_its_own_zone, events, raw
from tests.input.fuzzing import examples

HOUR = timedelta(hours=1)
NOW = datetime(2026, 3, 1, tzinfo=UTC)
CHANGES = {
    "Europe/Berlin": ("2026-03-22", "2026-03-29", "2026-04-05", "2026-10-18", "2026-11-01"),
    "America/New_York": ("2026-03-01", "2026-03-08", "2026-03-15", "2026-10-25", "2026-11-01"),
    "Asia/Kathmandu": ("2026-03-22", "2026-03-29", "2026-10-25"),
    "Africa/Casablanca": ("2026-02-08", "2026-02-22", "2026-03-29"),  # around Ramadan
    "Australia/Lord_Howe": ("2026-03-29", "2026-04-12", "2026-10-11"),  # by half an hour
    "America/Sao_Paulo": ("2018-10-28", "2018-11-11", "2019-02-24", "2019-11-10"),  # its last
    "UTC": ("2026-03-29", "2026-10-25"),
}


def slots(zone: str, *starts: datetime) -> bytes:
    conference = Conference(pk=51, title="Weekly", timezone=zone)
    made = [
        ConferenceTimeSlot(pk=number, conference=conference, starts_at=start, ends_at=start + HOUR)
        for number, start in enumerate(starts)
    ]
    return calendar_file([Entry(conference, slot) for slot in made], now=NOW)


@pytest.mark.parametrize("zone", CHANGES)
def test_nine_in_the_morning_stays_nine_in_the_morning(zone: str) -> None:
    nine = [
        datetime.combine(datetime.fromisoformat(day), time(9), ZoneInfo(zone))
        for day in CHANGES[zone]
    ]
    content = slots(zone, *(one.astimezone(UTC) for one in nine))
    for read in (events(content), by_its_own_zone(content, zone)):
        assert [one.start.replace(tzinfo=None).time() for one in read] == [time(9)] * len(nine)
        assert [one.start.astimezone(UTC) for one in read] == nine
        assert [one.end.astimezone(UTC) for one in read] == [one + HOUR for one in nine]


def test_the_zone_is_named_and_described_by_its_rule() -> None:
    content = slots("Europe/Berlin", datetime(2026, 3, 10, 9, tzinfo=UTC))
    assert raw(content, "DTSTART")[-1] == "DTSTART;TZID=Europe/Berlin:20260310T100000"
    assert raw(content, "TZID") == ["TZID:Europe/Berlin"]
    assert raw(content, "RRULE") == [
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
    ]
    assert "DTSTART:20250330T020000" in raw(content, "DTSTART")  # and not at three


def test_a_zone_without_changes_is_one_offset() -> None:
    content = slots("Asia/Kathmandu", datetime(2026, 3, 10, 9, tzinfo=UTC))
    assert raw(content, "TZOFFSETTO") == ["TZOFFSETTO:+0545"]


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    twice = [datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1)]
    content = slots("Europe/Berlin", *twice)
    read = by_its_own_zone(content, "Europe/Berlin")
    assert [one.start.astimezone(UTC) for one in read] == twice
    assert [one.end.astimezone(UTC) for one in read] == [one + HOUR for one in twice]


def test_a_zone_that_this_machine_does_not_know_is_utc() -> None:
    start = datetime(2026, 3, 10, 9, tzinfo=UTC)
    content = slots("Mars/Olympus", start)
    assert raw(content, "DTSTART")[-1] == "DTSTART:20260310T090000Z"
    assert events(content)[0].start == start


def test_years_apart_are_both_right() -> None:
    starts = [datetime(year, 7, 1, 9, tzinfo=UTC) for year in (1985, 2026, 2999)]
    content = slots("Europe/Berlin", *starts)
    assert [
        one.start.astimezone(UTC) for one in by_its_own_zone(content, "Europe/Berlin")
    ] == starts


def test_a_rule_that_has_ended_holds_no_longer() -> None:
    """Mexico gave up summer time in 2022, after many years of one rule."""
    starts = [datetime(year, 7, 1, 15, tzinfo=UTC) for year in (2018, 2024)]
    content = slots("America/Mexico_City", *starts)
    read = by_its_own_zone(content, "America/Mexico_City")
    assert [one.start.hour for one in read] == [10, 9]
    assert [one.start.astimezone(UTC) for one in read] == starts


@examples(150)
@given(zone=st.sampled_from(sorted(available_timezones())), hours=st.integers(0, 60 * 8766))
def test_any_time_in_any_zone_is_read_as_it_was_meant(zone: str, hours: int) -> None:
    start = datetime(1975, 1, 1, tzinfo=UTC) + hours * HOUR
    content = slots(zone, start)
    [read] = by_its_own_zone(content, zone)
    assert (read.start.astimezone(UTC), read.end.astimezone(UTC)) == (start, start + HOUR)
