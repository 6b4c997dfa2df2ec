"""What can stand between a slot and its recording: each is told, nothing is lost, and "try again"
does what was left as soon as the cause is gone.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.models import User
from conferences import phrases
from conferences.actions import meetings
from conferences.arranging import orders
from conferences.models import Conference, ConferenceTimeSlot
from platforms.reasons import who_acts
from scripts.servers.sandbox import SandboxControl
from tests.conferences.hindrances import HINDRANCES, MARA

HOUR = timedelta(hours=1)


@pytest.fixture
def mara(demo_world: SandboxControl) -> User:
    return User.objects.create(username="mara", email=MARA)


def plan(mara: User) -> ConferenceTimeSlot:
    start = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
    return meetings.plan_slot(Conference.objects.get(pk=51), start, start + HOUR, by=mara)


def work(slot: ConferenceTimeSlot) -> str:
    """What the instructor reads when all is carried out."""
    while waiting := list(orders.takeable()):
        for change in waiting:
            orders.carry_out(change.pk)
    slot.refresh_from_db()
    return phrases.change(slot.changes.all()[0])


def living(sandbox: SandboxControl) -> list[dict[str, Any]]:
    asked = sandbox.call("GET", "meetings")["meetings"]
    ours = [one for one in asked if one["transaction_id"]]
    return [one for one in ours if not (one["cancelled"] or one["deleted"])]


@pytest.mark.parametrize("name", HINDRANCES)
def test_it_is_told_and_done_once_the_cause_is_gone(
    demo_world: SandboxControl, mara: User, name: str
) -> None:
    hindrance = HINDRANCES[name]
    hindrance.switch(demo_world, True)
    slot = plan(mara)
    said = work(slot)
    assert hindrance.says in said
    assert slot.auto_recording_status == hindrance.status
    assert slot.problem_code == slot.recording_code == hindrance.code
    assert who_acts(hindrance.code) == hindrance.who
    assert bool(slot.meeting_link) is hindrance.has_link

    meetings.try_again(slot, mara)  # in vain
    assert work(slot).partition(": ")[2] in said
    assert len(living(demo_world)) <= 1

    hindrance.switch(demo_world, False)
    meetings.try_again(slot, mara)
    assert work(slot) == "The time slot has its Teams meeting link (Recording enabled)"
    assert slot.auto_recording_status == "verified"
    assert (slot.problem_code, slot.recording_code) == (None, None)
    (event,) = living(demo_world)
    assert (event["event_id"], event["join_url"]) == (slot.meeting_id, slot.meeting_link)
    assert event["record_automatically"]


@pytest.mark.parametrize("answer", ["same", "400", "409"])
def test_a_transaction_that_is_known_already_makes_no_second_event(
    demo_world: SandboxControl, mara: User, answer: str
) -> None:
    demo_world.tenant(duplicate_transaction=answer)
    demo_world.script(method="POST", path="/events", cut=True, times=1)
    slot = plan(mara)
    work(slot)
    assert slot.auto_recording_status == "verified"
    assert len(living(demo_world)) == 1


@pytest.mark.parametrize("reads", [1, 2])
def test_a_link_that_comes_late_is_waited_for_and_not_replaced(
    demo_world: SandboxControl, mara: User, reads: int
) -> None:
    demo_world.tenant(late_join_url=reads)
    slot = plan(mara)
    work(slot)
    if reads > 1:  # it was read once more at once, as the vendor advises
        assert slot.meeting_link is None
        event = slot.meeting_id
        meetings.try_again(slot, mara)
        work(slot)
        assert slot.meeting_id == event
    assert slot.auto_recording_status == "verified"
    assert len(living(demo_world)) == 1


@pytest.mark.parametrize("name", ["no permission for calendars", "a link that comes late"])
def test_a_slot_that_gets_its_meeting_when_it_is_moved_says_so(
    demo_world: SandboxControl, mara: User, name: str
) -> None:
    """M4's sentence: there was no event that could have been told of the change."""
    hindrance = HINDRANCES.get(name)
    if hindrance:
        hindrance.switch(demo_world, True)
    else:
        demo_world.tenant(late_join_url=2)
    slot = plan(mara)
    work(slot)
    assert slot.meeting_link is None
    if hindrance:
        hindrance.switch(demo_world, False)
    meetings.move_slot(slot, slot.starts_at + HOUR, slot.ends_at + HOUR, by=mara)
    said = work(slot)
    assert said == "Created time slot with Teams meeting link (Recording enabled)"
    (event,) = living(demo_world)
    assert event["join_url"] == slot.meeting_link


def test_a_slot_that_gets_no_meeting_when_it_is_moved_says_so(
    demo_world: SandboxControl, mara: User
) -> None:
    hindrance = HINDRANCES["no permission for calendars"]
    hindrance.switch(demo_world, True)
    slot = plan(mara)
    work(slot)
    meetings.move_slot(slot, slot.starts_at + HOUR, slot.ends_at + HOUR, by=mara)
    assert "link stays the same" not in work(slot)


def test_short_links_are_found_by_their_number(demo_world: SandboxControl, mara: User) -> None:
    demo_world.tenant(short_links=True)
    slot = plan(mara)
    work(slot)
    assert "/meet/" in (slot.meeting_link or "")
    assert slot.auto_recording_status == "verified"


def test_a_deleted_event_cannot_be_moved_and_says_so(
    demo_world: SandboxControl, mara: User
) -> None:
    slot = plan(mara)
    work(slot)
    demo_world.change("delete_event", join_url=slot.meeting_link)
    meetings.move_slot(slot, slot.starts_at + HOUR, slot.ends_at + HOUR, by=mara)
    assert "somebody deleted it; recreate the meeting" in work(slot)
    meetings.recreate_meeting(slot, mara)
    assert work(slot).endswith("it has a new link (Recording enabled)")
    assert len(living(demo_world)) == 1


def test_a_colleagues_link_is_refused(demo_world: SandboxControl, mara: User) -> None:
    """M1: with application permissions a pasted link must not open somebody else's meeting."""
    theirs = Conference.objects.get(pk=84).meeting_link
    slot = plan(mara)
    work(slot)
    assert theirs is not None
    meetings.attach_link(slot, theirs, mara)
    assert "belongs to another organizer" in work(slot)
    assert slot.online_meeting_id is None
    assert slot.auto_recording_status == "not_attempted"
