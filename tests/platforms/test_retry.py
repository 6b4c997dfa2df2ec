"""When to try again."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from platforms.retry import (
    DEFAULT_POLICIES,
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
    ],
)
def test_retry_after_in_all_its_forms(header, seconds):
    assert parse_retry_after(header, NOW) == seconds


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
