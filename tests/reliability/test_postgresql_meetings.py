"""The connection to PostgreSQL is cut while a meeting is made: the change ends, or is taken over
and ends, and there is one event.
"""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from conferences.actions import meetings
from conferences.arranging import orders
from conferences.models import Conference, ConferenceTimeSlot, MeetingChange
from scripts.servers.sandbox import SandboxControl
from syncing.database import DatabaseLostError
from tests.reliability.gate import Gate
from tests.reliability.lecture import PATIENCE_SECONDS, Lecture
from tests.reliability.moments import Moment, stopped
from tests.reliability.planner import CHANGES, SLOTS, TESTING

TAKEN = Moment("UPDATE", CHANGES, "NEW.attempt > OLD.attempt")
TRANSACTION = Moment("UPDATE", SLOTS, "OLD.transaction_id IS NULL")
EVENT = Moment("UPDATE", SLOTS, "OLD.meeting_id IS NULL AND NEW.meeting_id IS NOT NULL")
ASKED = Moment("UPDATE", SLOTS, "NEW.auto_recording_status = 'enabled'")
VERIFIED = Moment("UPDATE", SLOTS, "NEW.auto_recording_status = 'verified'")
END = Moment("UPDATE", CHANGES, "NEW.finished_at IS NOT NULL")
END_COMMIT = Moment("UPDATE", CHANGES, "NEW.finished_at IS NOT NULL", is_commit=True)


@pytest.fixture
def slot(lecture: Lecture) -> ConferenceTimeSlot:
    mara = User.objects.create(username="mara", email="mara.lindqvist@example.edu")
    starts = timezone.now() + timedelta(days=1)
    ends = starts + timedelta(hours=1)
    return meetings.plan_slot(Conference.objects.get(pk=TESTING), starts, ends, by=mara)


@pytest.fixture
def workers() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as threads:
        yield threads


def carry_out(slot: ConferenceTimeSlot) -> bool:
    """As a worker's process that answers the bell."""
    try:
        return orders.carry_out(slot.changes.get().pk)
    finally:
        connection.close()


def leave_alone(slot: ConferenceTimeSlot) -> None:
    """As if its lease's time were over."""
    MeetingChange.objects.filter(slot=slot).update(held_until=Now() - timedelta(seconds=1))


def assert_made_once(sandbox: SandboxControl, slot: ConferenceTimeSlot) -> MeetingChange:
    slot.refresh_from_db()
    asked: list[dict[str, Any]] = sandbox.call("GET", "meetings")["meetings"]
    [event] = [one for one in asked if one["transaction_id"]]
    assert (event["event_id"], event["join_url"]) == (slot.meeting_id, slot.meeting_link)
    assert (event["record_automatically"], event["cancelled"]) == (True, False)
    assert (slot.auto_recording_status, slot.problem_code) == ("verified", None)
    change = slot.changes.get()
    assert change.finished_at is not None
    return change


def see_through(slot: ConferenceTimeSlot, work: Future[bool], workers: ThreadPoolExecutor) -> None:
    """What the first worker did not bring to its end, whoever looks next does."""
    error = work.exception(timeout=PATIENCE_SECONDS)
    assert error is None or isinstance(error, DatabaseLostError | OperationalError), repr(error)
    if slot.changes.get().is_open:
        leave_alone(slot)
        assert workers.submit(carry_out, slot).result(timeout=PATIENCE_SECONDS)


def test_between_two_steps(
    lecture: Lecture,
    door: Gate,
    sandbox: SandboxControl,
    slot: ConferenceTimeSlot,
    workers: ThreadPoolExecutor,
) -> None:
    with sandbox.hold(r"/onlineMeetings/[^/]+\?") as hold:
        work = workers.submit(carry_out, slot)
        hold.wait_until_reached()
        door.cut()
    assert work.result(timeout=PATIENCE_SECONDS)
    assert assert_made_once(sandbox, slot).attempt == 1


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(TAKEN, id="taking it"),
        pytest.param(TRANSACTION, id="the transaction's id"),
        pytest.param(EVENT, id="the event's id"),
        pytest.param(ASKED, id="the setting that was asked for"),
        pytest.param(VERIFIED, id="the setting that was read back"),
        pytest.param(END, id="the end"),
        pytest.param(END_COMMIT, id="the end's commit"),
    ],
)
def test_what_was_under_way_is_done_once(
    lecture: Lecture,
    door: Gate,
    sandbox: SandboxControl,
    slot: ConferenceTimeSlot,
    workers: ThreadPoolExecutor,
    moment: Moment,
) -> None:
    """The server goes on with what it has, and may even commit it: nobody told it to stop."""
    with stopped(lecture.database, moment) as stop:
        work = workers.submit(carry_out, slot)
        stop.wait_until_reached()
        door.cut()
        stop.go()
        see_through(slot, work, workers)
    assert_made_once(sandbox, slot)


def test_a_database_that_stays_away_leaves_the_change_to_the_next(
    lecture: Lecture,
    door: Gate,
    sandbox: SandboxControl,
    slot: ConferenceTimeSlot,
    workers: ThreadPoolExecutor,
) -> None:
    """The event was made, and its id could not be kept."""
    with sandbox.hold("/events") as hold:
        work = workers.submit(carry_out, slot)
        hold.wait_until_reached()
        door.shut()
    assert isinstance(work.exception(timeout=PATIENCE_SECONDS), DatabaseLostError)
    slot.refresh_from_db()
    assert slot.meeting_id is None
    assert slot.changes.get().is_open
    leave_alone(slot)
    assert orders.carry_out(slot.changes.get().pk)  # over the test's own connection
    assert assert_made_once(sandbox, slot).attempt == 2
