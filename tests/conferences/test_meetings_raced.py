"""Somebody changes the plan at the very moment that a worker tells the platform of it."""

from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from pytest_django import Settings

from accounts.models import User
from conferences import phrases
from conferences.actions import meetings, recording_decisions
from conferences.actions.conferences import change_conference
from conferences.arranging import orders
from conferences.models import Conference, ConferenceTimeSlot
from platforms.errors import TransientError
from scripts.servers.sandbox import SandboxControl
from teams_integration.platform import TeamsPlatform
from tests.conferences.test_meetings_killed import HOUR, plan, tomorrow, work

MADE_ELSEWHERE = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0"


class InterruptedPlatform:
    """The real one; ``then`` is done once, right after the named call was answered."""

    then: ClassVar[dict[str, Callable[[], Any]]] = {}

    def __init__(self) -> None:
        self._real = TeamsPlatform()

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._real, name)
        if name not in self.then:
            return real

        def call(*arguments: Any) -> Any:
            answer = real(*arguments)
            self.then.pop(name, lambda: None)()
            return answer

        return call


@pytest.fixture
def mara(demo_world: SandboxControl, settings: Settings) -> User:
    settings.MEETING_PLATFORMS = {
        "teams": "tests.conferences.test_meetings_raced.InterruptedPlatform"
    }
    InterruptedPlatform.then = {}
    return User.objects.create(username="mara", email="mara.lindqvist@example.edu")


@pytest.fixture
def ada(db: None) -> User:
    return User.objects.create_superuser("ada", "ada@example.edu")


def events(sandbox: SandboxControl) -> list[dict[str, Any]]:
    asked = sandbox.call("GET", "meetings")["meetings"]
    ours = [one for one in asked if one["transaction_id"]]
    return [one for one in ours if not (one["cancelled"] or one["deleted"])]


def said(slot: ConferenceTimeSlot) -> str:
    slot.refresh_from_db()
    return phrases.change(slot.changes.all()[0])


def test_cancelled_while_it_is_moved(demo_world: SandboxControl, mara: User) -> None:
    slot = plan(mara)
    work()
    meetings.move_slot(slot, slot.starts_at + HOUR, slot.ends_at + HOUR, by=mara)
    InterruptedPlatform.then = {"change_event": lambda: meetings.cancel_slot(slot, mara)}
    work()
    assert events(demo_world) == []
    assert said(slot) == "Cancelled; the meeting is no longer in the calendar"


def test_given_another_title_while_it_is_moved(demo_world: SandboxControl, mara: User) -> None:
    slot = plan(mara)
    work()
    meetings.move_slot(slot, slot.starts_at + HOUR, slot.ends_at + HOUR, by=mara)
    conference = Conference.objects.get(pk=51)
    InterruptedPlatform.then = {
        "change_event": lambda: change_conference(conference, {"title": "Another title"}, mara)
    }
    work()
    (event,) = events(demo_world)
    assert event["subject"] == "Another title"


def test_given_another_title_while_it_is_made(demo_world: SandboxControl, mara: User) -> None:
    plan(mara)
    conference = Conference.objects.get(pk=51)
    InterruptedPlatform.then = {
        "create_event": lambda: change_conference(conference, {"title": "Another title"}, mara)
    }
    work()
    (event,) = events(demo_world)
    assert event["subject"] == "Another title"


def test_accepted_while_it_is_switched_on(
    demo_world: SandboxControl, mara: User, ada: User
) -> None:
    """What was decided stays decided, and nothing switches recording off."""
    slot = plan(mara)
    InterruptedPlatform.then = {
        "set_recording": lambda: recording_decisions.accept_as_it_is(slot, ada, "We take notes")
    }
    work()
    slot.refresh_from_db()
    assert slot.auto_recording_status == "accepted"
    (event,) = events(demo_world)
    assert event["record_automatically"]


def test_an_event_that_nobody_heard_of_goes_with_the_old_organizer(
    demo_world: SandboxControl, mara: User
) -> None:
    slot = plan(mara)

    def lost() -> None:
        raise TransientError("The answer was lost.")

    InterruptedPlatform.then = {"create_event": lost}
    work()
    slot.refresh_from_db()
    assert slot.meeting_id is None
    assert len(events(demo_world)) == 1
    conference = Conference.objects.get(pk=51)
    conference.roster.update_or_create(
        email="tomas.novak@example.edu", defaults={"name": "Tomas", "role": "instructor"}
    )
    tomas = User.objects.create(username="tomas", email="tomas.novak@example.edu")
    change_conference(conference, {"organizer_email": tomas.email}, tomas)
    work()
    (event,) = events(demo_world)
    assert event["organizer"] == "tomas.novak@example.edu"


def test_a_mistyped_link_removes_no_meeting(demo_world: SandboxControl, mara: User) -> None:
    slot = plan(mara)
    work()
    meetings.attach_link(slot, MADE_ELSEWHERE, mara)
    work()
    assert "no meeting with this join link" in said(slot)
    assert len(events(demo_world)) == 1


def test_an_opt_out_outlives_another_meeting(
    demo_world: SandboxControl, mara: User, ada: User
) -> None:
    slot = plan(mara)
    work()
    recording_decisions.opt_out(slot, ada, "Oral exam")
    work()
    meetings.recreate_meeting(slot, mara)
    work()
    (event,) = events(demo_world)
    assert not event["record_automatically"]
    assert said(slot).endswith(
        "(Recording not attempted: An administrator decided that it is not recorded: Oral exam)"
    )


def test_a_refused_event_is_none_that_has_to_be_looked_for(
    demo_world: SandboxControl, mara: User
) -> None:
    demo_world.change("set_mailbox", email=mara.email, has=False)
    slot = plan(mara)
    work()
    assert said(slot).startswith("There is no meeting link yet: ")
    meetings.cancel_slot(slot, mara)
    work()
    assert said(slot) == "Cancelled before a meeting was made"


def test_what_is_left_to_do_is_told_beside_the_recording(
    demo_world: SandboxControl, mara: User
) -> None:
    slot = plan(mara)
    work()
    demo_world.script(method="PATCH", path="/events/", status=503)
    meetings.move_slot(slot, slot.starts_at + HOUR, slot.ends_at + HOUR, by=mara)
    work()
    assert said(slot).startswith("Changed here, but not in the calendar: The platform answered")
    meetings.try_again(slot, mara)
    work()
    assert "(Recording enabled). The calendar could not be told: The platform" in said(slot)


def test_a_link_made_elsewhere_has_no_calendar_of_ours(
    demo_world: SandboxControl, mara: User
) -> None:
    slot = ConferenceTimeSlot.objects.get(pk=45)
    ConferenceTimeSlot.objects.filter(pk=45).update(
        meeting_id=None, starts_at=tomorrow(), ends_at=tomorrow() + HOUR
    )
    slot.refresh_from_db()
    meetings.move_slot(slot, slot.starts_at + HOUR, slot.ends_at + HOUR, by=mara)
    work()
    assert said(slot).startswith("Changed here; the meeting was made elsewhere")
    meetings.cancel_slot(slot, mara)
    work()
    assert said(slot).startswith("Cancelled here; the meeting was made elsewhere")


def test_a_fault_of_ours_is_told_as_one(mara: User) -> None:
    slot = plan(mara)

    def broken() -> None:
        raise ZeroDivisionError

    InterruptedPlatform.then = {"create_event": broken}
    (change,) = orders.takeable()
    assert orders.carry_out(change.pk)
    assert "A fault of this site stopped it" in said(slot)
    assert (slot.auto_recording_status, slot.recording_code) == ("not_attempted", "internal_error")


def test_a_worker_that_wakes_after_an_opt_out_writes_nothing(
    demo_world: SandboxControl, mara: User, ada: User
) -> None:
    slot = plan(mara)
    change = slot.changes.get()

    def others() -> None:
        work()  # taken over, and brought to its end
        recording_decisions.opt_out(slot, ada, "Oral exam")
        work()

    InterruptedPlatform.then = {"set_recording": others}
    assert not orders.carry_out(change.pk)
    slot.refresh_from_db()
    assert (slot.auto_recording_status, slot.recording_code, slot.problem_code) == (
        "not_attempted",
        "recording_not_wanted",
        None,
    )
    (event,) = events(demo_world)
    assert not event["record_automatically"]
