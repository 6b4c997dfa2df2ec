"""Links that somebody pastes: whose they are, what was there before, and who hears of them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from pytest_django import Settings

from accounts.models import User
from conferences import phrases
from conferences.actions import meetings
from conferences.actions.changes import NotPossibleError
from conferences.actions.conferences import change_conference
from conferences.models import Conference, MeetingNotice
from conferences.models.membership import Role
from conferences.notifications import participants
from scripts.servers.sandbox import SandboxControl
from tests.conferences.test_meetings_killed import HOUR, tomorrow, work

TOMAS = "tomas.novak@example.edu"


@pytest.fixture
def mara(demo_world: SandboxControl) -> User:
    return User.objects.create(username="mara", email="mara.lindqvist@example.edu")


@pytest.fixture
def tomas(mara: User) -> User:
    """Teaches 51 beside Mara, who organizes it."""
    Conference.objects.get(pk=51).roster.create(name="Tomas", email=TOMAS, role=Role.INSTRUCTOR)
    return User.objects.create(username="tomas", email=TOMAS)


def event_of(sandbox: SandboxControl, meeting_id: str | None) -> dict[str, Any]:
    asked = sandbox.call("GET", "meetings")["meetings"]
    [event] = [one for one in asked if one["event_id"] == meeting_id]
    return event


def link_of(pk: int) -> str:
    link = Conference.objects.get(pk=pk).meeting_link
    assert link
    return link


def wait_for_mail(conference: Conference) -> None:
    conference.notices.update(due_at=tomorrow() - timedelta(days=9))
    participants.send_due(conference.pk)


def test_its_own_link_changes_nothing(demo_world: SandboxControl, mara: User) -> None:
    conference = Conference.objects.get(pk=81)
    before, changes = conference.meeting_id, conference.changes.count()
    with pytest.raises(NotPossibleError, match="It has this link already"):
        meetings.attach_link(conference, f"{link_of(81)}&x=1", mara)
    work()
    conference.refresh_from_db()
    assert (conference.meeting_id, conference.changes.count()) == (before, changes)
    assert not event_of(demo_world, before)["deleted"]


def test_a_link_that_was_replaced_by_mistake_comes_back_with_its_event(
    demo_world: SandboxControl, mara: User
) -> None:
    conference, link = Conference.objects.get(pk=81), link_of(81)
    event = conference.meeting_id
    meetings.attach_link(conference, link_of(84), mara)  # Tomas's
    work()
    conference.refresh_from_db()
    assert conference.problem_code == "organizer_differs"

    meetings.attach_link(conference, link, mara)
    work()

    conference.refresh_from_db()
    assert (conference.meeting_link, conference.meeting_id) == (link, event)
    assert (conference.wants_meeting, conference.problem_code) == (True, None)
    assert conference.auto_recording_status == "verified"
    found = event_of(demo_world, event)
    assert (found["deleted"], found["cancellations"]) == (False, 0)


def test_of_a_link_that_is_refused_nobody_hears(
    demo_world: SandboxControl, mara: User, settings: Settings
) -> None:
    conference = Conference.objects.get(pk=81)
    meetings.attach_link(conference, link_of(84), mara)
    work()
    wait_for_mail(conference)
    assert mail.outbox == []
    assert MeetingNotice.objects.filter(sent_at=None).exists()

    own = link_of(86)  # Mara's
    meetings.attach_link(conference, own, mara)
    work()
    wait_for_mail(conference)
    assert mail.outbox
    assert all(own in str(one.body) for one in mail.outbox)


def test_only_the_organizer_opens_a_meeting_by_its_link(
    demo_world: SandboxControl, tomas: User
) -> None:
    """Tomas would read what Mara said in 46, where he is a stranger."""
    conference = Conference.objects.get(pk=51)
    slot = conference.time_slots.earliest("starts_at")
    link = link_of(46)
    for give in (
        lambda: meetings.attach_link(slot, link, tomas),
        lambda: meetings.plan_slot(conference, tomorrow(), tomorrow() + HOUR, by=tomas, link=link),
    ):
        with pytest.raises(ValidationError, match="Only the organizer"):
            give()
    slot.refresh_from_db()
    assert slot.meeting_link != link

    ada = User.objects.create_superuser("ada", "ada@example.edu")
    meetings.attach_link(slot, link, ada)
    slot.refresh_from_db()
    assert slot.meeting_link == link


def test_another_organizer_leaves_no_cancelled_event_behind(
    demo_world: SandboxControl, mara: User, tomas: User
) -> None:
    """It is removed from the calendar that it is in, also if that fails at first."""
    conference = Conference.objects.get(pk=51)
    slot = meetings.plan_slot(conference, tomorrow(), tomorrow() + HOUR, by=mara)
    work()
    slot.refresh_from_db()
    event = slot.meeting_id
    demo_world.script(method="DELETE", path="/events/", status=503)
    meetings.cancel_slot(slot, mara)
    work()
    demo_world.end_faults()
    assert not event_of(demo_world, event)["deleted"]

    change_conference(conference, {"organizer_email": TOMAS}, tomas)
    work()

    assert event_of(demo_world, event)["deleted"]
    slot.refresh_from_db()
    assert (slot.is_event_stale, slot.problem_code) == (False, None)
    said = phrases.change(slot.changes.all()[0])
    assert said == "Cancelled; the meeting is no longer in the calendar"


@pytest.mark.parametrize("is_pasted", [True, False])
def test_other_times_and_another_organizer_at_once_are_told_in_one_mail(
    demo_world: SandboxControl, mara: User, is_pasted: bool
) -> None:
    conference = Conference.objects.get(pk=81)
    if is_pasted:
        Conference.objects.filter(pk=81).update(
            wants_meeting=False, meeting_id=None, transaction_id=None
        )
    conference.roster.create(name="Tomas", email=TOMAS, role=Role.INSTRUCTOR)
    conference.refresh_from_db()
    ada = User.objects.create_superuser("ada", "ada@example.edu")
    times = {"starts_at": tomorrow() + 9 * HOUR, "ends_at": tomorrow() + 10 * HOUR}
    change_conference(conference, {"organizer_email": TOMAS, **times}, ada)
    work()
    wait_for_mail(conference)
    assert mail.outbox
    for one in mail.outbox:
        assert "was" in str(one.body).lower() or "instead of" in str(one.body).lower()
        assert ("New time" in one.subject) is is_pasted


def test_a_meeting_that_is_moved_into_the_past_is_moved_in_the_calendar(
    demo_world: SandboxControl, mara: User
) -> None:
    conference = Conference.objects.get(pk=81)
    starts_at = tomorrow() - timedelta(days=3)
    times = {"starts_at": starts_at, "ends_at": starts_at + HOUR}
    assert change_conference(conference, times, mara).told == 1
    work()
    event = event_of(demo_world, conference.meeting_id)
    assert event["starts_at"].startswith(f"{starts_at:%Y-%m-%dT%H}")
