"""The pure part of the query language, in process."""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.graph.errors import GraphError
from sandbox.graph.odata import call_filter, expansions, meeting_filter, query_options
from sandbox.graph.paging import page_of
from sandbox.graph.times import graph_time
from sandbox.throttling import Throttle
from tests.sandbox.asking import instant

MOMENTS = st.integers(0, 10**15).map(
    lambda microseconds: datetime(2010, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
)


@settings(deadline=None)
@given(st.text("'%+&=# aé"))
def test_a_quoted_value_survives_doubling_and_encoding(value: str) -> None:
    doubled = value.replace("'", "''")
    query = "$filter=" + quote(f"JoinWebUrl eq '{doubled}'", safe="")
    text = query_options(query, {"$filter"})["$filter"]
    assert meeting_filter(text) == ("joinweburl", value)


@settings(deadline=None)
@given(MOMENTS)
def test_a_timestamp_reads_back_to_the_microsecond(moment: datetime) -> None:
    text = graph_time(moment)
    assert len(text) == (28 if moment.microsecond else 20)
    assert instant(text) == moment


@settings(deadline=None)
@given(MOMENTS, MOMENTS)
def test_comparisons_compare(a: datetime, b: datetime) -> None:
    bound = b.isoformat().replace("+00:00", "Z")
    found = [call_filter(f"startDateTime {op} {bound}").accepts_start(a) for op in ("ge", "lt")]
    assert found == [a >= b, a < b]


@settings(deadline=None)
@given(st.integers(0, 400), st.integers(1, 60))
def test_pages_are_a_partition(count: int, size: int) -> None:
    items, offset = list(range(count)), 0
    seen: list[int] = []
    rest: int | None = 0
    while rest is not None:
        page, rest = page_of(items, offset, size)
        seen += page
        offset = rest or 0
    assert seen == items


@pytest.mark.parametrize("text", ["a(b", "a b", "a/b", "sessions($expand=(x))"])
def test_expansions_that_are_not_understood(text: str) -> None:
    with pytest.raises(GraphError):
        expansions(text)


def test_expansions_nest_once() -> None:
    found = expansions("sessions($expand=segments), participants_v2")
    assert found == {"sessions": "$expand=segments", "participants_v2": ""}


@settings(deadline=None)
@given(st.lists(st.floats(0, 60), min_size=11, max_size=40))
def test_no_window_of_20_seconds_lets_more_than_ten_through(gaps: list[float]) -> None:
    throttle, now, passed = Throttle(), datetime(2026, 1, 1, tzinfo=UTC), []
    for gap in gaps:
        now += timedelta(seconds=gap / 10)
        if throttle.seconds_to_wait("/v1.0/communications/callRecords/x", now) is None:
            passed.append(now)
    window = timedelta(seconds=20)
    assert all(
        later - earlier >= window for earlier, later in zip(passed, passed[10:], strict=False)
    )
