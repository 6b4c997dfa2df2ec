"""The union of intervals, and minutes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conferences.rules.intervals import attended, minutes, union

START = datetime(2026, 11, 20, 10, tzinfo=UTC)


@st.composite
def intervals(draw: st.DrawFn) -> tuple[datetime, datetime]:
    start = draw(st.integers(0, 10_000_000_000))
    length = draw(st.integers(0, 5_000_000_000))
    begin = START + timedelta(microseconds=start)
    return begin, begin + timedelta(microseconds=length)


@given(st.lists(intervals(), min_size=1))
def test_union_never_exceeds_the_span(rows):
    span = max(end for _, end in rows) - min(start for start, _ in rows)
    assert timedelta() <= attended(rows) <= span


@given(st.lists(intervals()), st.randoms())
def test_union_never_depends_on_order(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert union(shuffled) == union(rows)


@given(st.lists(intervals()))
def test_union_equals_the_sum_exactly_when_nothing_overlaps(rows):
    total = sum((end - start for start, end in rows), timedelta())
    ordered = sorted(rows)
    overlaps = any(
        min(one[1], other[1]) > max(one[0], other[0])
        for i, one in enumerate(ordered)
        for other in ordered[i + 1 :]
    )
    assert (attended(rows) == total) is not overlaps


@given(st.lists(intervals()), intervals())
def test_more_intervals_never_make_less_time(rows, extra):
    assert attended(rows) <= attended([*rows, extra]) <= attended(rows) + (extra[1] - extra[0])


def test_touching_intervals_become_one():
    later = START + timedelta(minutes=30)
    end = START + timedelta(minutes=60)
    assert union([(START, later), (later, end)]) == [(START, end)]


def test_two_devices_at_once_count_once():
    both = [
        (START, START + timedelta(minutes=30)),
        (START + timedelta(minutes=10), START + timedelta(minutes=40)),
    ]
    assert attended(both) == timedelta(minutes=40)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (278.4, "4.64"),
        (408.6, "6.81"),
        (0, "0.00"),
        (0.3, "0.01"),  # 0.005 minutes: half goes up
        (0.299999, "0.00"),
        (59.7, "1.00"),
        (3600, "60.00"),
    ],
)
def test_minutes_are_rounded_half_up(seconds, shown):
    assert minutes(timedelta(seconds=seconds)) == shown
