"""To which planned sitting something belongs."""

from datetime import UTC, datetime, timedelta

import pytest

from conferences.rules.slots import slot_of

DAY = datetime(2026, 11, 20, tzinfo=UTC)
MARGIN = timedelta(hours=2)


def at(clock: str) -> datetime:
    hours, minutes = clock.split(":")
    return DAY + timedelta(hours=int(hours), minutes=int(minutes))


PLANNED = {45: (at("9:00"), at("10:00")), 46: (at("10:00"), at("11:00"))}


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("9:00", "10:00", (True, 45)),
        ("9:50", "11:00", (True, 46)),  # the longest overlap wins
        ("8:30", "8:50", (True, 45)),  # early, nearest
        ("11:04", "11:07", (True, 46)),  # a late rejoin
        ("9:30", "10:30", (True, 45)),  # a tie: the earlier
        ("13:01", "13:30", (False, None)),  # later than the margin
        ("6:00", "6:59", (False, None)),
    ],
)
def test_slot_of(start, end, expected):
    assert slot_of(at(start), at(end), PLANNED, MARGIN, MARGIN) == expected


def test_slot_of_a_conference_without_slots():
    planned = {None: (at("9:00"), at("10:00"))}
    assert slot_of(at("9:10"), at("9:20"), planned, MARGIN, MARGIN) == (True, None)
    assert slot_of(at("19:10"), at("19:20"), planned, MARGIN, MARGIN) == (False, None)
