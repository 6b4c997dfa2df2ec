"""When to try again."""

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from platforms.retry import (
    DEFAULT_POLICIES,
    LONGEST_HINT,
    RetryKind,
    RetryPolicy,
    kind_of_status,
    parse_retry_after,
    seconds_before_next_try,
)

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        ("2.128", 2.128),
        ("0", 0.0),
        (" 5 ", 5.0),
        ("Fri, 20 Nov 2026 10:01:30 GMT", 90.0),
        ("2026-11-20T10:00:30Z", 30.0),
        ("2026-11-20T09:00:00Z", 0.0),
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("nan", None),
        ("2591999", 2_591_999.0),
        ("99999999999", LONGEST_HINT),
        ("9" * 5000, LONGEST_HINT),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_HINT),
        ("9999-12-31T23:59:59Z", LONGEST_HINT),
        ("9999-12-31T23:59:59-05:00", LONGEST_HINT),
        ("Mon, 01 Jan 99999999999999999999 00:00:00 GMT", None),
        ("99999-12-31T23:59:59Z", None),
    ],
)
def test_retry_after_in_all_its_forms(header, seconds):
    assert parse_retry_after(header, NOW) == seconds


words = (
    st.text(max_size=40)
    | st.from_regex(r"[0-9.]*", fullmatch=True)
    | st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.isoformat())
    | st.datetimes(timezones=st.just(UTC)).map(lambda moment: format_datetime(moment, usegmt=True))
    | st.from_regex(
        r"Mon, [0-9]{1,3} Jan [0-9]{1,25} [0-9]{1,30}:00:00 [+-][0-9]{4,9}", fullmatch=True
    )
)


@given(words, st.datetimes(timezones=st.just(UTC)))
def test_any_header_at_all_is_a_pause_that_can_be_told_or_none(header, now):
    seconds = parse_retry_after(header, now)
    assert seconds is None or 0 <= seconds <= LONGEST_HINT


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (200, None),
        (400, None),
        (401, None),
        (403, None),
        (404, None),
        (423, RetryKind.SERVER_ERROR),
        (429, RetryKind.RATE_LIMIT),
        (500, RetryKind.SERVER_ERROR),
        (503, RetryKind.SERVER_ERROR),
        (509, RetryKind.SERVER_ERROR),
    ],
)
def test_kind_of_status(status, kind):
    assert kind_of_status(status) is kind


policies = st.builds(
    RetryPolicy,
    attempts=st.integers(1, 8),
    first_delay=st.floats(0.1, 100),
    cap=st.floats(0.1, 300),
)


@example(RetryPolicy(attempts=3, first_delay=10, cap=10), 1, 0.99)
@given(policies, st.integers(1, 10), st.floats(0, 0.999999))
def test_back_off_stays_within_the_cap_and_ends(policy, attempt, chance):
    seconds = seconds_before_next_try(policy, attempt, None, chance)
    if attempt >= policy.attempts:
        assert seconds is None
    else:
        assert seconds is not None
        assert 0 < seconds <= policy.cap


@given(policies, st.floats(0, 10_000), st.floats(0, 0.999999))
def test_the_vendors_hint_is_never_undercut(policy, hint, chance):
    seconds = seconds_before_next_try(policy, 1, hint, chance)
    assert seconds is None or seconds == hint


def test_delays_double():
    policy = RetryPolicy(attempts=4, first_delay=2, cap=100, jitter=0)
    assert [seconds_before_next_try(policy, n, None, 0) for n in (1, 2, 3, 4)] == [2, 4, 8, None]


def test_jitter_goes_both_ways():
    policy = DEFAULT_POLICIES[RetryKind.SERVER_ERROR]
    assert seconds_before_next_try(policy, 1, None, 0.0) == pytest.approx(3.75)
    assert seconds_before_next_try(policy, 1, None, 1.0) == pytest.approx(6.25)
