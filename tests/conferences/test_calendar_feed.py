"""The private feed: what is in it, for whom, and that its address is all that opens it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.calendar import make_feed
from accounts.models import CalendarFeed, User
from conferences.models import Booking, Conference, ConferenceTimeSlot, MeetingChange, Membership
from conferences.models.change import ChangeKind
from conferences.models.membership import Role
from tests.conferences.calendars import events, raw
from tests.pages import making

pytestmark = pytest.mark.django_db

Asserts = Callable[..., AbstractContextManager[object]]
DAY = timedelta(days=1)


@pytest.fixture
def mara() -> User:
    return making.account("mara.lindqvist@example.edu")


@pytest.fixture
def noor() -> User:
    return making.account("noor.haddad@example.edu")


def ask(token: str) -> HttpResponse:
    return Client().get(f"/calendar/{token}.ics")


def content(user: User) -> bytes:
    answer = ask(make_feed(user))
    assert answer.status_code == 200
    return bytes(answer.content)


def titles(user: User) -> list[str | None]:
    return [one.summary for one in events(content(user))]


def conference(title: str, *people: User | None, days: float = 1, **columns: Any) -> Conference:
    """Of the teacher and the learners, so many days from now."""
    start = timezone.now() + days * DAY
    times = {"starts_at": start, "ends_at": start + making.HOUR}
    return making.conference(*people, title=title, **times, **columns)  # type: ignore[arg-type]


def slot(of: Conference, **columns: Any) -> ConferenceTimeSlot:
    times = {"starts_at": of.starts_at, "ends_at": of.ends_at}
    return of.time_slots.create(**{**times, "meeting_link": of.meeting_link, **columns})


def seat(of: ConferenceTimeSlot, user: User) -> None:
    Booking.objects.create(slot=of, member=of.conference.roster.get(user=user))


def test_somebody_who_teaches_has_everything_of_it(mara: User, noor: User) -> None:
    conference("Alone", mara)
    with_slots = conference("Slots", mara, noor, use_time_slots=True)
    slot(with_slots)
    slot(with_slots, capacity=1)
    slot(with_slots, cancelled_at=timezone.now())
    read = events(content(mara))
    assert sorted(str(one.summary) for one in read) == ["Alone", "Slots", "Slots", "Slots"]
    assert sorted(one.status or "" for one in read) == ["CANCELLED", *["CONFIRMED"] * 3]
    assert sum(one.location == with_slots.meeting_link for one in read) == 3


def test_somebody_who_learns_has_what_they_may_come_to(mara: User, noor: User) -> None:
    conference("Alone", mara, noor)
    with_slots = conference("Slots", mara, noor, use_time_slots=True)
    free = slot(with_slots)
    booked, _another = slot(with_slots, capacity=2), slot(with_slots, capacity=2)
    off = slot(with_slots, capacity=2, cancelled_at=timezone.now())
    for one in (booked, off):
        seat(one, noor)
    read = {one.uid: one.status for one in events(content(noor))}
    assert len(read) == 4
    keys = {f"slot-{one.pk}@lms-conferences" for one in (free, booked, off)}
    assert keys < read.keys()
    assert read[f"slot-{off.pk}@lms-conferences"] == "CANCELLED"


def test_a_booking_that_is_given_back_goes(mara: User, noor: User) -> None:
    seat(slot(conference("Slots", mara, noor, use_time_slots=True), capacity=2), noor)
    assert titles(noor) == ["Slots"]
    Booking.objects.all().delete()
    assert titles(noor) == []


def test_nobody_elses_meetings_are_in_it(mara: User, noor: User) -> None:
    ours = conference("Ours", mara, use_time_slots=True)
    slot(ours)
    conference("Alone", mara)
    shared = conference("Shared", mara, noor, use_time_slots=True)
    seat(slot(shared, capacity=2), mara)
    assert titles(noor) == []
    administrator = making.account("ada@example.edu", is_staff=True, is_superuser=True)
    assert titles(administrator) == []  # who is on no roster


def test_an_entry_without_an_account_counts_by_its_address(mara: User, noor: User) -> None:
    one, other = conference("By address", mara), conference("Of another", mara)
    email = noor.email.upper()
    Membership.objects.create(conference=one, name="N", email=email, role=Role.LEARNER)
    Membership.objects.create(conference=other, user=mara, name="N", email=email)
    assert titles(noor) == ["By address"]


@pytest.mark.parametrize(("days", "is_there"), [(-61, False), (-59, True), (400, True)])
@pytest.mark.parametrize("use_time_slots", [True, False])
def test_a_meeting_stays_for_sixty_days(
    mara: User, days: float, is_there: bool, use_time_slots: bool
) -> None:
    one = conference("Some day", mara, days=days, use_time_slots=use_time_slots)
    if use_time_slots:
        slot(one)
    assert titles(mara) == (["Some day"] if is_there else [])


def test_slots_that_are_not_held_any_more_are_not_in_it(mara: User) -> None:
    slot(conference("Alone", mara))
    [one] = events(content(mara))
    assert str(one.uid).startswith("conference-")


@pytest.mark.parametrize("use_time_slots", [True, False])
def test_an_archived_conference_is_not_in_it(mara: User, use_time_slots: bool) -> None:
    one = conference("Old", mara, use_time_slots=use_time_slots, archived_at=timezone.now())
    slot(one)
    assert titles(mara) == []


def test_the_last_change_is_told(mara: User) -> None:
    alone, other = conference("Alone", mara), conference("Slots", mara, use_time_slots=True)
    changes = [
        MeetingChange.objects.create(conference=of, slot=one, kind=kind)
        for of, one in ((alone, None), (other, slot(other)))
        for kind in (ChangeKind.CREATED, ChangeKind.MOVED)
    ]
    MeetingChange.objects.update(asked_at=making.START)
    for last in (changes[1], changes[3]):
        MeetingChange.objects.filter(pk=last.pk).update(asked_at=making.START + making.HOUR)
    assert raw(content(mara), "LAST-MODIFIED") == ["LAST-MODIFIED:20260310T100000Z"] * 2


def test_it_is_read_without_a_login_and_leaves_none(mara: User) -> None:
    token = make_feed(mara)
    answer = ask(token)
    assert answer.status_code == 200
    assert not answer.cookies
    assert not Session.objects.exists()
    assert answer["Content-Type"].startswith("text/calendar; charset=utf-8")
    assert "private" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert Client().head(f"/calendar/{token}.ics").status_code == 200
    for method in ("post", "put", "patch", "delete"):
        assert getattr(Client(), method)(f"/calendar/{token}.ics").status_code == 405


def test_whoever_asks_reads_what_is_the_owners(mara: User, noor: User) -> None:
    conference("Alone", mara)
    token, browser = make_feed(mara), Client()
    browser.force_login(noor)
    answer = browser.get(f"/calendar/{token}.ics")
    assert events(answer.content)[0].summary == "Alone"
    assert not answer.cookies


@pytest.mark.parametrize("token", ["x", "x" * 43, "é" * 43, "%00", "a%2Fb", "." * 5, "x" * 5000])
def test_no_other_token_opens_it(mara: User, token: str) -> None:
    make_feed(mara)
    assert ask(token).status_code == 404


def test_its_digest_does_not_open_it(mara: User) -> None:
    token = make_feed(mara)
    digest = CalendarFeed.objects.get().digest
    assert token not in digest
    assert ask(digest).status_code == 404


def test_an_account_that_is_switched_off_has_no_feed(mara: User) -> None:
    token = make_feed(mara)
    User.objects.update(is_active=False)
    assert ask(token).status_code == 404


def test_a_reading_is_noted_once_an_hour(mara: User) -> None:
    token = make_feed(mara)
    assert CalendarFeed.objects.get().last_read_at is None
    ask(token)
    first = CalendarFeed.objects.get().last_read_at
    assert first is not None
    ask(token)
    assert CalendarFeed.objects.get().last_read_at == first
    CalendarFeed.objects.update(last_read_at=first - timedelta(hours=2))
    ask(token)
    assert CalendarFeed.objects.get().last_read_at >= first


@pytest.mark.parametrize("count", [1, 30])
def test_as_many_questions_for_thirty_as_for_one(
    mara: User, noor: User, count: int, django_assert_num_queries: Asserts
) -> None:
    taught = conference("Taught", mara, noor, use_time_slots=True)
    for number in range(count):
        seat(slot(taught, capacity=1), noor)
        conference(f"Alone {number}", mara, noor)
    tokens = {user: make_feed(user) for user in (mara, noor)}
    for user, token in tokens.items():
        with django_assert_num_queries(4):  # the feed, that it was read, slots, conferences
            answer = ask(token)
        assert len(events(answer.content)) == 2 * count, user


@pytest.mark.parametrize("count", [1, 30])
def test_a_download_asks_as_often(
    noor: User, mara: User, count: int, django_assert_num_queries: Asserts
) -> None:
    taught = conference("Taught", mara, noor, use_time_slots=True)
    for _ in range(count):
        slot(taught, capacity=1)
    browser = Client()
    browser.force_login(noor)
    with django_assert_num_queries(5):  # session and user, conference and who may, its slots
        answer = browser.get(f"/conferences/{taught.pk}/calendar.ics")
    assert len(events(answer.content)) == count
