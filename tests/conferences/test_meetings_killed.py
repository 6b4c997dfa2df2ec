"""Killed at any call and taken over: the same as if nothing had happened, and nothing twice."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models.functions import Now
from pytest_django import Settings

from accounts.models import User
from conferences.actions import changes, meetings, recording_decisions
from conferences.arranging import orders
from conferences.arranging.keeping import keep, keep_recording
from conferences.models import Conference, ConferenceTimeSlot, MeetingChange
from conferences.models.change import ChangeKind
from conferences.models.meeting import RecordingStatus
from scripts.servers.sandbox import SandboxControl
from tests.conferences.mortal import Killed, MortalPlatform

HOUR = timedelta(hours=1)


def tomorrow() -> datetime:
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    return now + timedelta(days=1)


@pytest.fixture
def mara(demo_world: SandboxControl, settings: Settings) -> User:
    settings.MEETING_PLATFORMS = {"teams": "tests.conferences.mortal.MortalPlatform"}
    MortalPlatform.live()
    return User.objects.create(username="mara", email="mara.lindqvist@example.edu")


def work() -> None:
    """As workers do, one after another, until nothing waits; whoever was killed holds nothing."""
    while True:
        MeetingChange.objects.filter(finished_at=None).update(held_until=Now() - HOUR)
        waiting = list(orders.takeable())
        if not waiting:
            return
        for change in waiting:
            orders.carry_out(change.pk)


def plan(mara: User) -> ConferenceTimeSlot:
    conference = Conference.objects.get(pk=51)
    return meetings.plan_slot(conference, tomorrow(), tomorrow() + HOUR, by=mara)


def move(mara: User) -> ConferenceTimeSlot:
    slot = plan(mara)
    work()
    meetings.move_slot(slot, slot.starts_at + 2 * HOUR, slot.ends_at + 2 * HOUR, by=mara)
    return slot


def cancel(mara: User) -> ConferenceTimeSlot:
    slot = plan(mara)
    work()
    meetings.cancel_slot(slot, mara)
    return slot


def cancel_at_once(mara: User) -> ConferenceTimeSlot:
    """While the meeting is still being made."""
    slot = plan(mara)
    meetings.cancel_slot(slot, mara)
    return slot


def move_at_once(mara: User) -> ConferenceTimeSlot:
    slot = plan(mara)
    meetings.move_slot(slot, slot.starts_at + 2 * HOUR, slot.ends_at + 2 * HOUR, by=mara)
    return slot


def recreate(mara: User) -> ConferenceTimeSlot:
    slot = plan(mara)
    work()
    meetings.recreate_meeting(slot, mara)
    return slot


def opt_out(mara: User) -> ConferenceTimeSlot:
    slot = plan(mara)
    work()
    recording_decisions.opt_out(slot, mara, "Oral exam")
    return slot


# what is asked -> how many calls its undisturbed work makes
SCENARIOS: dict[Callable[[User], ConferenceTimeSlot], int] = {
    plan: 4,
    move: 1,
    cancel: 1,
    cancel_at_once: 0,
    move_at_once: 4,
    recreate: 5,
    opt_out: 4,
}
POINTS = [
    (scenario, number, after)
    for scenario, calls in SCENARIOS.items()
    for number in range(1, calls + 1)
    for after in (False, True)
]


_expected: dict[Callable[[User], ConferenceTimeSlot], dict[str, Any]] = {}


def outcome(sandbox: SandboxControl, slot: ConferenceTimeSlot) -> dict[str, Any]:
    """What is in the tenant and in the row, without names that differ each time."""
    slot.refresh_from_db()
    asked = sandbox.call("GET", "meetings")["meetings"]
    title = slot.conference.title
    ours = [one for one in asked if one["subject"] == title and one["transaction_id"]]
    living = [one for one in ours if not (one["cancelled"] or one["deleted"])]
    for one in living:
        assert one["event_id"] == slot.meeting_id
        assert one["join_url"] == slot.meeting_link
    return {
        "made": len(ours),
        "living": [
            (datetime.fromisoformat(one["starts_at"]) - tomorrow(), one["record_automatically"])
            for one in living
        ],
        "status": slot.auto_recording_status,
        "problem": slot.problem_code,
        "has_id": slot.online_meeting_id is not None,
        "cancelled": slot.is_cancelled,
        "changes": [(one.kind, one.is_open) for one in slot.changes.all()],
        "retired": slot.retired_meetings.filter(removes_event=False).count(),
    }


@pytest.fixture
def undisturbed(demo_world: SandboxControl, mara: User) -> Callable[[Any], dict[str, Any]]:
    def run(scenario: Callable[[User], ConferenceTimeSlot]) -> dict[str, Any]:
        if scenario in _expected:
            return _expected[scenario]
        slot = scenario(mara)
        MortalPlatform.live()
        work()
        assert len(MortalPlatform.calls) == SCENARIOS[scenario], MortalPlatform.calls
        expected = _expected[scenario] = outcome(demo_world, slot)
        demo_world.reset()
        MeetingChange.objects.all().delete()
        slot.retired_meetings.all().delete()
        slot.delete()
        return expected

    return run


@pytest.mark.parametrize(
    ("scenario", "number", "after"),
    POINTS,
    ids=[f"{s.__name__}-{n}-{'answered' if a else 'unsent'}" for s, n, a in POINTS],
)
def test_killed_at(
    demo_world: SandboxControl,
    mara: User,
    undisturbed: Callable[[Any], dict[str, Any]],
    scenario: Callable[[User], ConferenceTimeSlot],
    number: int,
    after: bool,
) -> None:
    expected = undisturbed(scenario)
    slot = scenario(mara)
    MortalPlatform.live(dies_at=number, after=after)
    with pytest.raises(Killed):
        work()
    MortalPlatform.live()
    work()
    assert outcome(demo_world, slot) == expected


@pytest.mark.parametrize("scenario", list(SCENARIOS), ids=lambda one: one.__name__)
def test_undisturbed(
    demo_world: SandboxControl, mara: User, scenario: Callable[[User], ConferenceTimeSlot]
) -> None:
    slot = scenario(mara)
    work()
    told = outcome(demo_world, slot)
    is_cancelled = scenario in {cancel, cancel_at_once}
    assert told["problem"] is None
    assert len(told["living"]) == (0 if is_cancelled else 1)
    made: dict[Any, int] = {cancel_at_once: 0, recreate: 2}
    assert told["made"] == made.get(scenario, 1)
    assert all(not is_open for _kind, is_open in told["changes"])
    if not is_cancelled:
        shift = 2 * HOUR if scenario in {move, move_at_once} else timedelta()
        records = scenario is not opt_out
        assert told["living"] == [(shift, records)]
        assert told["status"] == ("verified" if records else "not_attempted")


def test_an_event_that_nobody_heard_of_is_removed_with_its_slot(
    demo_world: SandboxControl, mara: User
) -> None:
    slot = plan(mara)
    MortalPlatform.live(dies_at=1, after=True)
    with pytest.raises(Killed):
        work()
    slot.refresh_from_db()
    assert slot.meeting_id is None
    meetings.cancel_slot(slot, mara)
    MortalPlatform.live()
    work()
    told = outcome(demo_world, slot)
    assert (told["made"], told["living"], told["problem"]) == (1, [], None)


def test_a_worker_that_slept_writes_nothing_into_another_meeting(
    demo_world: SandboxControl, mara: User
) -> None:
    slot = plan(mara)
    work()
    asleep = ConferenceTimeSlot.objects.get(pk=slot.pk)
    meetings.recreate_meeting(slot, mara)
    work()
    assert not keep(asleep, online_meeting_id="of the old meeting")
    assert not keep_recording(asleep, RecordingStatus.FAILED)
    assert outcome(demo_world, slot)["status"] == "verified"


def test_two_changes_of_one_meeting_are_not_worked_on_at_once(mara: User) -> None:
    slot = plan(mara)
    second = changes.request_change(slot, ChangeKind.TRIED_AGAIN, mara)
    first = slot.changes.exclude(pk=second.pk).get()
    assert not orders.carry_out(second.pk)
    assert orders.carry_out(first.pk)
    assert not orders.carry_out(first.pk)
    assert orders.carry_out(second.pk)
