"""Waiting for a vendor: within the run's budget, seen by whoever looks, once for all feeds."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from platforms.calling import Caller, Pace
from platforms.context import CallContext, WaitingBudget
from platforms.errors import ThrottledError, TransientError
from platforms.http import HttpDoor
from platforms.rates import RateGate
from platforms.retry import RetryKind, RetryPolicy
from tests.platforms.server import Server, answer

QUICK = {kind: RetryPolicy(attempts=3, first_delay=0.01, cap=0.05) for kind in RetryKind}
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def call(server: Server, gate: RateGate, context: CallContext) -> int:
    def send(door, headers):
        return door.send("GET", server.url, headers=headers)

    return Caller(HttpDoor(), gate, QUICK).call(send, (Pace("all", 1000.0),), context).status


def context(budget: float | WaitingBudget = 60) -> CallContext:
    whole = budget if isinstance(budget, WaitingBudget) else WaitingBudget(budget)
    return CallContext(whole, time.monotonic() + 60)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("before", [0, 2])
def test_a_named_pause_longer_than_the_budget_puts_the_call_off(server, status, before):
    server.plays = [answer(503)] * before + [
        answer(status, b"busy", Retry_After="3600", request_id="vendor-1")
    ]
    with pytest.raises(ThrottledError) as caught:
        call(server, RateGate(), context(budget=600))
    assert caught.value.retry_at > datetime.now(UTC) + HOUR / 2
    assert caught.value.request_id == "vendor-1"
    assert "busy" in caught.value.detail
    assert len(server.seen) == before + 1


def test_a_short_named_pause_that_does_not_help_is_the_vendors_fault(server):
    server.plays = [answer(503, Retry_After="0.01")] * 3
    with pytest.raises(TransientError):
        call(server, RateGate(), context())
    assert len(server.seen) == 3


def test_a_named_pause_is_told_also_with_503(server):
    server.plays = [answer(503, Retry_After="0.05"), answer(200)]
    told, ctx = [], context()
    ctx.on_wait = told.append
    assert call(server, RateGate(), ctx) == 200
    assert told[0] is not None
    assert told[-1] is None


def test_a_pause_of_another_run_is_told_and_taken_from_the_budget(server):
    server.plays = [answer(200)]
    gate, told, ctx = RateGate(), [], context(budget=60)
    gate.pause("all", 0.2)
    ctx.on_wait = told.append
    assert call(server, gate, ctx) == 200
    assert told[0] is not None
    assert told[1:] == [None]
    assert not ctx.budget.covers(60)


def test_a_pause_of_another_run_longer_than_the_budget_puts_the_call_off(server):
    gate = RateGate()
    gate.pause("all", 3600)
    with pytest.raises(ThrottledError) as caught:
        call(server, gate, context(budget=600))
    assert caught.value.retry_at > datetime.now(UTC) + HOUR / 2
    assert server.seen == []


def test_our_own_pacing_is_free_and_nobody_is_told(server):
    server.plays = [answer(200)]
    gate, told, ctx = RateGate(), [], context(budget=0)
    gate.reserve("all", 50.0)
    ctx.on_wait = told.append
    assert call(server, gate, ctx) == 200
    assert told == []


def test_who_waits_longest_is_what_is_told():
    told, waits = [], WaitingBudget(60).waits
    waits.begin(NOON + HOUR, told.append)
    waits.begin(NOON, told.append)
    waits.end(NOON, told.append)
    waits.end(NOON + HOUR, told.append)
    assert told == [NOON + HOUR, NOON + HOUR, NOON + HOUR, None]


def test_the_first_feed_to_go_on_does_not_hide_that_another_waits():
    """Two contexts of one run, as its feeds have them; the longer wait ends when the run stops."""
    budget, stop, told = WaitingBudget(1000), threading.Event(), []
    heard = threading.Event()

    def tell(until: datetime | None) -> None:
        told.append(until)
        heard.set()

    short, long = (CallContext(budget, time.monotonic() + 60, stop, tell) for _ in range(2))
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(long.wait_for_vendor, 50)
        assert heard.wait(5)
        short.wait_for_vendor(0.01)
        assert len(told) == 3
        assert set(told) == {told[0]}
        stop.set()
        assert waiting.exception() is not None
    assert told[3:] == [None]


def test_feeds_that_wait_at_the_same_time_use_the_budget_once():
    clock = [100.0]
    budget = WaitingBudget(60, now=lambda: clock[0])
    assert budget.take(50)
    assert budget.take(50)
    assert budget.take(60)
    assert not budget.take(61)
    clock[0] = 200.0
    assert not budget.take(1)
