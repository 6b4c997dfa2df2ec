"""Who comes to a meeting hears once of a new link, another time, or that it is cancelled."""

import random
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from conferences.actions import meetings
from conferences.actions.changes import request_change
from conferences.actions.conferences import change_conference
from conferences.arranging import orders
from conferences.models import Booking, Conference, ConferenceTimeSlot, MeetingNotice
from conferences.models.change import ChangeKind
from conferences.models.membership import Role
from conferences.notifications import participants
from scripts.servers.sandbox import SandboxControl
from tests.conferences.calendars import event, events
from tests.conferences.mailing import (
    LINK,
    MARA,
    book,
    calendar,
    conference,
    end_all,
    make_due,
    mara,
    member,
    move,
    outbox,
    recreate,
    slot,
    text,
    to,
    tomorrow,
)
from tests.input.fuzzing import examples
from tests.pages import making

pytestmark = pytest.mark.django_db(transaction=True)


@examples(12)
@given(
    slots=st.integers(1, 6),
    people=st.integers(0, 8),
    luck=st.randoms(use_true_random=False),
)
def test_each_person_gets_one_mail(slots: int, people: int, luck: random.Random) -> None:
    """Of all of their meetings, and of nobody else's."""
    ConferenceTimeSlot.objects.all().delete()
    Conference.objects.all().delete()
    of = conference(people)
    planned = [slot(of, 2 * hours, capacity=people or 1) for hours in range(slots)]
    booked = {
        one.email: [it for it in planned if luck.random() < 0.5]
        for one in of.roster.filter(role=Role.LEARNER)
    }
    for one in of.roster.filter(role=Role.LEARNER):
        for it in booked[one.email]:
            book(it, one)
    recreate(*planned)
    end_all()
    participants.send_due(of.pk)
    sent = outbox()
    assert to(sent) == sorted(email for email, theirs in booked.items() if theirs)
    for message in sent:
        found = [one.dtstart for one in events(calendar(message))]
        assert found == [it.starts_at for it in booked[str(message["To"])]]
    make_due()
    assert participants.send_due(of.pk) == 0
    mail.outbox.clear()


def test_all_learners_and_the_other_instructors_hear_of_what_needs_no_seat() -> None:
    of = conference(2)
    member(of, "tomas.novak@example.edu", Role.INSTRUCTOR)
    recreate(slot(of))
    end_all()
    assert participants.send_due(of.pk) == 3
    assert to(outbox()) == [
        "learner-0@example.edu",
        "learner-1@example.edu",
        "tomas.novak@example.edu",
    ]
    assert MARA not in to(outbox())


def test_a_conferences_own_meeting() -> None:
    of = conference(1, use_time_slots=False)
    meetings.recreate_meeting(of, mara())
    end_all()
    assert participants.send_due(of.pk) == 1
    [message] = outbox()
    assert message["Subject"] == "New link: Reading group"
    assert f"Join: {LINK.format('new')}" in text(message)
    assert event(calendar(message)).uid == f"conference-{of.pk}@lms-conferences"


def test_what_is_said_of_each() -> None:
    of = conference(1)
    remade, moved, off = slot(of), slot(of, 3), slot(of, 6)
    was = of.time_slots.get(pk=moved.pk).starts_at
    recreate(remade)
    move(moved, tomorrow(30))
    meetings.cancel_slot(off, mara())
    end_all()
    participants.send_due(of.pk)
    [message] = outbox()
    assert message["Subject"] == "Changes: Reading group"
    said = text(message)
    assert said.count("New link. Please use this one") == 1
    assert said.count("New time. It was to be: ") == 1
    assert said.count("Cancelled. There is nothing you need to do.") == 1
    assert f"http://127.0.0.1:8000/conferences/{of.pk}/" in said
    found = {one.uid: one for one in events(calendar(message))}
    assert found[f"slot-{moved.pk}@lms-conferences"].dtstart == tomorrow(30) != was
    assert found[f"slot-{off.pk}@lms-conferences"].status == "CANCELLED"
    assert message["Reply-To"] == MARA
    assert message["Auto-Submitted"] == "auto-generated"


def test_nothing_is_sent_while_a_change_is_under_way() -> None:
    of = conference(1)
    first, second = slot(of), slot(of, 3)
    recreate(first)
    end_all()
    recreate(second)
    assert participants.send_due(of.pk) == 0
    end_all()
    assert participants.send_due(of.pk) == 1
    [message] = outbox()
    assert len(events(calendar(message))) == 2


def test_moved_twice_is_told_once_from_where_they_know_it() -> None:
    of = conference(1, timezone="UTC")
    it = slot(of)
    for hours in (30, 50):
        move(it, tomorrow(hours))
        end_all()
    participants.send_due(of.pk)
    [message] = outbox()
    assert message["Subject"] == "New time: Reading group"
    said = text(message)
    assert f"{tomorrow():%H:%M}–{tomorrow(1):%H:%M}" in said.partition("It was to be: ")[2]
    assert said.count("New time.") == 1
    assert event(calendar(message)).dtstart == tomorrow(50)


def test_moved_back_is_told_to_nobody() -> None:
    of = conference(1)
    it = slot(of)
    for hours in (30, 0):
        move(it, tomorrow(hours))
        end_all()
    assert participants.send_due(of.pk) == 0
    assert outbox() == []
    assert not MeetingNotice.objects.exists()


def test_another_title_is_told_to_nobody() -> None:
    of = conference(1)
    request_change(slot(of), ChangeKind.MOVED, mara())
    end_all()
    assert participants.send_due(of.pk) == 0
    assert not MeetingNotice.objects.exists()


def test_a_new_meeting_is_told_when_it_has_its_link() -> None:
    of = conference(1)
    it = slot(of)
    recreate(it)
    end_all(link="")
    assert participants.send_due(of.pk) == 0
    assert participants.conferences_with_due() == []
    meetings.try_again(it, mara())
    end_all()
    assert participants.conferences_with_due() == [of.pk]
    assert participants.send_due(of.pk) == 1
    assert LINK.format("new") in text(outbox()[0])


def test_cancelled_before_it_was_told_is_only_cancelled() -> None:
    of = conference(1)
    it = slot(of)
    recreate(it)
    end_all(link="")
    meetings.cancel_slot(it, mara())
    end_all(link="")
    participants.send_due(of.pk)
    [message] = outbox()
    assert message["Subject"] == "Cancelled: Reading group"
    assert "Join" not in text(message)
    assert not MeetingNotice.objects.filter(sent_at=None).exists()


def test_a_seat_given_back_brings_no_link() -> None:
    of = conference(2)
    it = slot(of, capacity=5)
    for one in of.roster.filter(role=Role.LEARNER):
        book(it, one)
    recreate(it)
    end_all()
    Booking.objects.filter(member__email="learner-0@example.edu").delete()
    participants.send_due(of.pk)
    assert to(outbox()) == ["learner-1@example.edu"]


def test_what_is_over_is_told_to_nobody() -> None:
    of = conference(1)
    it = slot(of)
    recreate(it)
    end_all()
    past = timezone.now() - timedelta(hours=3)
    ConferenceTimeSlot.objects.update(starts_at=past, ends_at=past + timedelta(hours=1))
    assert participants.send_due(of.pk) == 0
    assert not MeetingNotice.objects.exists()


def test_times_are_on_the_readers_clock() -> None:
    of = conference(timezone="Asia/Kathmandu")
    pia = making.account("pia.berg@example.edu", "America/New_York")
    member(of, "PIA.berg@example.edu")
    member(of, "nobody@example.edu")
    it = slot(of)
    recreate(it)
    end_all()
    participants.send_due(of.pk)
    said = {str(message["To"]): text(message) for message in outbox()}
    assert f"the clock of {pia.timezone}." in said["PIA.berg@example.edu"]
    assert "the clock of Asia/Kathmandu." in said["nobody@example.edu"]
    utc = f"{it.starts_at:%H:%M}"
    assert utc not in said["PIA.berg@example.edu"]
    assert utc not in said["nobody@example.edu"]


def test_another_change_is_another_mail() -> None:
    of = conference(1)
    it = slot(of)
    recreate(it)
    end_all("first")
    participants.send_due(of.pk)
    recreate(it)
    end_all("second")
    make_due()
    participants.send_due(of.pk)
    first, second = map(text, outbox())
    assert LINK.format("first") in first
    assert LINK.format("second") in second


def test_a_recreated_meetings_new_link_comes_from_the_platform(demo_world: SandboxControl) -> None:
    """From the click to the mail, with a worker's steps in between."""
    of = Conference.objects.get(pk=51)
    planned = meetings.plan_slot(of, tomorrow(), tomorrow(1), by=mara())
    work()
    old = ConferenceTimeSlot.objects.get(pk=planned.pk).meeting_link
    assert old
    meetings.recreate_meeting(planned, mara())
    work()
    assert participants.send_due(of.pk) == of.roster.exclude(email=MARA).count() > 0
    new = ConferenceTimeSlot.objects.get(pk=planned.pk).meeting_link
    assert new != old
    for message in outbox():
        assert f"Join: {new} " in text(message)
        assert event(calendar(message)).location == new


def work() -> None:
    while waiting := orders.takeable().first():
        assert orders.carry_out(waiting.pk)


def test_the_times_of_a_conferences_own_meeting() -> None:
    of = conference(1, use_time_slots=False)
    change_conference(of, {"title": "Another title"}, mara())
    end_all()
    assert participants.send_due(of.pk) == 0
    change_conference(of, {"starts_at": tomorrow(30), "ends_at": tomorrow(31)}, mara())
    end_all()
    assert participants.send_due(of.pk) == 1
    assert outbox()[0]["Subject"] == "New time: Another title"
