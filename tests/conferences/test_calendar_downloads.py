"""Calendar files of one conference and of one slot: whose they are, and what they are called."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from conferences.models import Booking, Conference, ConferenceTimeSlot, Membership
from tests.conferences.calendars import event, events
from tests.pages import making

pytestmark = pytest.mark.django_db

LINK = "https://teams.example.org/l/meetup-join/slot"


@pytest.fixture
def mara() -> User:
    return making.account("mara.lindqvist@example.edu")


@pytest.fixture
def noor() -> User:
    return making.account("noor.haddad@example.edu", zone="Asia/Kolkata")


def client(user: User) -> Client:
    made = Client()
    made.force_login(user)
    return made


def slot(of: Conference, day: int = 0, **columns: object) -> ConferenceTimeSlot:
    start = making.START + 24 * day * making.HOUR
    return of.time_slots.create(
        **{"starts_at": start, "ends_at": start + making.HOUR, "meeting_link": LINK, **columns}
    )


def in_slots(teacher: User, *learners: User) -> Conference:
    return making.conference(teacher, *learners, use_time_slots=True)


def test_a_conference_without_slots_is_its_own_meeting(mara: User, noor: User) -> None:
    conference = making.conference(mara, noor)
    for user in (mara, noor):
        answer = client(user).get(f"/conferences/{conference.pk}/calendar.ics")
        assert answer.status_code == 200
        assert event(answer.content).summary == "Reading group"
        assert event(answer.content).location == conference.meeting_link
        assert answer["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
        name = f'attachment; filename="reading-group-{conference.pk}.ics"'
        assert answer["Content-Disposition"] == name
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("研究方法", "conference"),
        ('a"\r\nSet-Cookie: b=c; ../x', "a-set-cookie-bc-x"),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_file_name_is_letters_digits_and_hyphens(mara: User, title: str, name: str) -> None:
    conference = in_slots(mara)
    Conference.objects.filter(pk=conference.pk).update(title=title)
    one = slot(conference)
    answer = client(mara).get(f"/conferences/{conference.pk}/slots/{one.pk}/calendar.ics")
    expected = f'attachment; filename="{name}-2026-03-10-{one.pk}.ics"'
    assert answer["Content-Disposition"] == expected


def test_all_slots_or_one_of_them(mara: User) -> None:
    conference = in_slots(mara)
    first, last = slot(conference), slot(conference, 1, cancelled_at=making.START)
    address = f"/conferences/{conference.pk}"
    whole = events(client(mara).get(f"{address}/calendar.ics").content)
    assert [one.status for one in whole] == ["CONFIRMED", "CANCELLED"]
    for each, read in zip((first, last), whole, strict=True):
        alone = event(client(mara).get(f"{address}/slots/{each.pk}/calendar.ics").content)
        assert (alone.uid, alone.start) == (read.uid, each.starts_at)


def test_a_conference_without_dates_is_an_empty_file(mara: User) -> None:
    answer = client(mara).get(f"/conferences/{in_slots(mara).pk}/calendar.ics")
    assert (answer.status_code, events(answer.content)) == (200, [])


def test_slots_that_are_not_held_any_more_are_none(mara: User) -> None:
    conference = making.conference(mara)
    one = slot(conference)
    address = f"/conferences/{conference.pk}/slots/{one.pk}/calendar.ics"
    assert client(mara).get(address).status_code == 404


def test_who_has_booked_is_told_how_to_join(mara: User, noor: User) -> None:
    conference = in_slots(mara, noor)
    free, taken, other = slot(conference), slot(conference, 1), slot(conference, 2)
    ConferenceTimeSlot.objects.exclude(pk=free.pk).update(capacity=3)
    Booking.objects.create(slot=taken, member=Membership.objects.get(user=noor))
    Booking.objects.create(slot=other, member=Membership.objects.get(user=mara))
    address = f"/conferences/{conference.pk}/calendar.ics"
    learner = [one.location for one in events(client(noor).get(address).content)]
    assert learner == [LINK, LINK, None]
    teacher = [one.location for one in events(client(mara).get(address).content)]
    assert teacher == [LINK] * 3


def test_a_stranger_gets_nothing(mara: User, noor: User) -> None:
    conference, other = in_slots(mara), in_slots(noor)
    one, theirs = slot(conference), slot(other)
    visitor = client(noor)
    for address in (
        f"/conferences/{conference.pk}/calendar.ics",
        f"/conferences/{conference.pk}/slots/{one.pk}/calendar.ics",
        f"/conferences/{other.pk}/slots/{one.pk}/calendar.ics",
        f"/conferences/{conference.pk}/slots/{theirs.pk}/calendar.ics",
    ):
        assert visitor.get(address).status_code == 404
        assert Client().get(address)["Location"].startswith("/login/?next=")


def test_pages_lead_to_the_files(mara: User, noor: User) -> None:
    conference = in_slots(mara, noor)
    soon = timezone.now() + 24 * making.HOUR
    one = slot(conference, starts_at=soon, ends_at=soon + making.HOUR)
    off = slot(conference, 1, cancelled_at=making.START)
    address = f"/conferences/{conference.pk}"
    for user in (mara, noor):
        page = client(user).get(f"{address}/?tab=slots").content.decode()
        assert f'href="{address}/calendar.ics"' in page
        assert f'href="{address}/slots/{one.pk}/calendar.ics"' in page
        assert f"/slots/{off.pk}/calendar.ics" not in page
