"""What takes too long while a meeting is made, and pauses that the vendor asks for: kept, told, and
nothing is made twice.
"""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings

from conferences.arranging import orders
from platforms.retry import LONGEST_HINT
from scripts.servers.process import wait_until
from scripts.servers.sandbox import Hold
from tests.faults import wishes
from tests.faults.asked import REQUESTS, Asked
from tests.faults.desk import Desk, events_of
from tests.faults.test_limits import IMPATIENT
from tests.faults.test_waiting import (
    AN_HOUR,
    FOR_EVER,
    HOUR,
    INSTANTS,
    PAUSES,
    SAYS_NOTHING,
)

SLOW: dict[str, dict[str, Any]] = {"silence": {"delay_seconds": 60}, "drops": {"drip_seconds": 6}}
LATE = [
    *(("silence", name) for name in ("organizer", "event made", "event moved", "recording")),
    ("drops", "event made"),
]
WRITES = ("event made", "event moved", "event removed", "recording")


@pytest.fixture
def impatient(desk: Desk) -> Iterator[Desk]:
    with override_settings(**IMPATIENT):
        yield desk


def asked_at(desk: Desk, asked: Asked) -> list[datetime]:
    """When these requests came, by the vendor's clock."""
    return [
        datetime.fromisoformat(seen["at"])
        for seen in desk.sandbox.requests_seen()
        if seen["method"] == asked.method
        and re.search(asked.path, f"{seen['path']}?{seen['query']}")
    ]


@pytest.mark.parametrize(("slowness", "name"), LATE)
def test_what_does_not_come_in_time_is_given_up_and_done_later(
    impatient: Desk, slowness: str, name: str
) -> None:
    asked = REQUESTS[name]
    slot = asked.asking(impatient)
    with impatient.struck(asked, **SLOW[slowness]):
        impatient.work(slot)
    assert slot.problem_code == "unreachable"
    assert slot.auto_recording_status == asked.status
    impatient.try_again(slot)
    impatient.check(slot, asked.asking)


@pytest.mark.parametrize("name", ["event made", "recording"])
def test_what_was_done_and_never_answered_is_not_done_twice(impatient: Desk, name: str) -> None:
    """The vendor does each of our tries, and is silent."""
    asked = REQUESTS[name]
    slot = asked.asking(impatient)
    wish = {"path": asked.path, "method": asked.method, "after": True}
    hold = Hold(impatient.sandbox, str(impatient.sandbox.call("POST", "holds", wish)["id"]))
    impatient.work(slot)
    hold.release()
    assert slot.problem_code == "unreachable"
    [event] = events_of(impatient.sandbox, slot)
    assert event["record_automatically"] is (name == "recording")
    impatient.try_again(slot)
    impatient.check(slot, asked.asking)
    assert len(events_of(impatient.sandbox, slot)) == 1


@pytest.mark.parametrize(
    ("kind", "name"), [("whole seconds", WRITES[0]), *(("decimal", name) for name in WRITES)]
)
def test_a_pause_is_kept_by_what_writes_too(desk: Desk, kind: str, name: str) -> None:
    value, seconds = PAUSES[kind]
    keep_pause(desk, REQUESTS[name], {"Retry-After": value}, seconds)


def test_whoever_looks_during_a_pause_is_told_until_when(desk: Desk) -> None:
    asked, before = REQUESTS["event made"], datetime.now(UTC)
    slot = asked.asking(desk)
    change = slot.changes.get()

    def until() -> datetime | None:
        change.refresh_from_db()
        return change.waiting_until

    with (
        desk.struck(asked, status=429, headers={"Retry-After": "1.5"}, times=1),
        ThreadPoolExecutor(1) as pool,
    ):
        work = pool.submit(carry_out, change.pk)
        wait_until(lambda: until() is not None, "a change that says how long it waits")
        assert change.waiting_until
        assert change.waiting_until >= before + timedelta(seconds=1.5)
        assert work.result()
    assert until() is None
    slot.refresh_from_db()
    desk.clear()
    desk.check(slot, asked.asking)


def carry_out(change: int) -> bool:
    """As a worker's process does."""
    try:
        return orders.carry_out(change)
    finally:
        connection.close()


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_named_instant_is_meant_by_the_vendors_clock(desk: Desk, hours: int) -> None:
    theirs = datetime.now(UTC).replace(microsecond=0) + hours * HOUR
    until = theirs + timedelta(seconds=1)
    headers = {
        "Date": format_datetime(theirs, usegmt=True),
        "Retry-After": format_datetime(until, usegmt=True),
    }
    keep_pause(desk, REQUESTS["event made"], headers, 1)


def keep_pause(desk: Desk, asked: Asked, headers: dict[str, str], seconds: float) -> None:
    slot = asked.asking(desk)
    desk.sandbox.forget_requests()
    with desk.struck(asked, status=429, headers=headers, times=1):
        desk.work(slot)
    first, second = asked_at(desk, asked)[:2]
    assert second - first >= timedelta(seconds=seconds)
    assert slot.problem_code is None
    desk.clear()
    desk.check(slot, asked.asking)


@pytest.mark.parametrize("kind", SAYS_NOTHING)
def test_where_nothing_is_said_we_choose_the_pause(desk: Desk, kind: str) -> None:
    asked = REQUESTS["event moved"]
    slot = asked.asking(desk)
    desk.sandbox.forget_requests()
    with desk.struck(asked, status=429, headers=SAYS_NOTHING[kind], times=2):
        desk.work(slot)
    assert len(asked_at(desk, asked)) == 3
    assert slot.problem_code is None
    desk.clear()
    desk.check(slot, asked.asking)


@pytest.mark.parametrize("kind", [*AN_HOUR, *INSTANTS])
def test_a_pause_longer_than_a_change_may_wait_puts_it_off(desk: Desk, kind: str) -> None:
    asked, before = REQUESTS["recording"], datetime.now(UTC)
    value = AN_HOUR.get(kind) or INSTANTS[kind](before + HOUR)
    slot = asked.asking(desk)
    desk.sandbox.forget_requests()
    with desk.struck(asked, status=429, headers={"Retry-After": value}):
        desk.work(slot)
    again = datetime.fromisoformat(slot.changes.all()[0].told["retry_at"])
    second = timedelta(seconds=1)  # a vendor's clock tells whole ones
    assert before + HOUR - second <= again <= datetime.now(UTC) + HOUR + 2 * second
    assert slot.problem_code == slot.recording_code == "throttled"
    assert len(asked_at(desk, asked)) == 1
    desk.try_again(slot)
    desk.check(slot, asked.asking)


@pytest.mark.parametrize("kind", FOR_EVER)
def test_a_pause_without_end_puts_a_change_off_until_a_day_that_can_be_told(
    desk: Desk, kind: str
) -> None:
    asked = REQUESTS["recording"]
    slot = asked.asking(desk)
    with desk.struck(asked, status=429, headers={"Retry-After": FOR_EVER[kind]}):
        desk.work(slot)
    again = datetime.fromisoformat(slot.changes.all()[0].told["retry_at"])
    assert again <= datetime.now(UTC) + timedelta(seconds=LONGEST_HINT)
    assert slot.problem_code == slot.recording_code == "throttled"
    desk.try_again(slot)
    desk.check(slot, asked.asking)


@pytest.mark.parametrize(
    "pages", [[[0, 0], [0, None]], "loop", "endless"], ids=["an empty page first", "a loop", "more"]
)
def test_the_meeting_is_found_however_the_list_comes(desk: Desk, pages: Any) -> None:
    asked = REQUESTS["meeting"]
    slot = asked.asking(desk)
    with desk.struck(asked, pages=pages):
        desk.work(slot)
    assert slot.problem_code is None
    desk.clear()
    desk.check(slot, wishes.make)


def test_what_somebody_else_removed_counts_as_removed(desk: Desk) -> None:
    slot = wishes.cancel(desk)
    desk.sandbox.change("delete_event", join_url=slot.meeting_link)
    desk.work(slot)
    assert slot.problem_code is None
    desk.check(slot, wishes.cancel)
