"""A learner's dates: what is seen, what is booked, and what nobody is told."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given

from accounts.models import Act, AuditEntry, User
from conferences.models import Booking, Conference, ConferenceTimeSlot
from conferences.queries.bookings import booked_by, list_dates
from tests.input.fuzzing import examples
from tests.input.values import texts
from tests.pages import making
from tests.pages.reading import html, part, words

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
LINK = "https://teams.example.org/l/meetup-join/slot"
Asserts = Callable[..., AbstractContextManager[object]]


@pytest.fixture
def conference(mara: User, noor: User) -> Conference:
    return making.conference(mara, noor, use_time_slots=True, meeting_link=None)


def slot_of(conference: Conference, days: float = 1, **columns: Any) -> ConferenceTimeSlot:
    starts_at = timezone.now() + days * DAY
    times = {"starts_at": starts_at, "ends_at": starts_at + making.HOUR, "meeting_link": LINK}
    return conference.time_slots.create(**{**times, "capacity": 2, **columns})


def seat(slot: ConferenceTimeSlot, user: User) -> None:
    slot.bookings.create(member=slot.conference.roster.get(user=user))
    ConferenceTimeSlot.objects.filter(pk=slot.pk).update(booked=slot.bookings.count())


def decide(client: Client, slot: ConferenceTimeSlot, decision: str, **extra: Any) -> Any:
    address = reverse("booking", args=[slot.conference_id, slot.pk])
    return client.post(address, {"decision": decision}, **extra)


def own(page: str) -> str:
    return words(part(page, 'aria-labelledby="own-dates-heading"', "</section>"))


def test_a_seat_is_booked_and_given_back(
    as_noor: Client, noor: User, conference: Conference
) -> None:
    slot = slot_of(conference)
    before = html(as_noor, conference)
    assert "2 of 2 left" in words(before)
    assert LINK not in before
    assert "You have not booked a date yet." in own(before)

    for _ in range(2):  # a double click
        assert decide(as_noor, slot, "book")["Location"] == conference.get_absolute_url()
    booked = html(as_noor, conference)
    assert "Booked." in words(booked)
    assert LINK in booked
    assert "booked" in own(booked)

    for _ in range(2):
        decide(as_noor, slot, "give_back")
    after = html(as_noor, conference)
    assert "Given back." in words(after)
    assert LINK not in after
    entries = AuditEntry.objects.filter(act__in=[Act.BOOKED, Act.GAVE_BACK]).order_by("pk")
    assert [one.act for one in entries] == [Act.BOOKED, Act.GAVE_BACK]


@pytest.mark.parametrize(
    ("link", "told"),
    [
        (LINK, "Booked. The join link is below, and in your calendar."),
        (None, "Booked. The join link follows as soon as there is one."),
    ],
)
def test_a_join_link_is_promised_where_there_is_one(
    as_noor: Client, conference: Conference, link: str | None, told: str
) -> None:
    decide(as_noor, slot_of(conference, meeting_link=link), "book")
    said = words(html(as_noor, conference))
    assert told in said
    assert ("no join link yet" in said) is (link is None)


def test_the_last_seat_is_gone(as_noor: Client, conference: Conference) -> None:
    slot = slot_of(conference, capacity=1, booked=1)
    slot_of(conference, 2)
    decide(as_noor, slot, "book")
    said = words(html(as_noor, conference))
    told = "The last seat has just been taken. Other dates with free seats are below."
    assert told in said
    assert "full" in said
    assert "2 of 2 left" in said  # another date is offered
    answer = decide(as_noor, slot, "book", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()) == (
        409,
        {"error": "The last seat has just been taken."},
    )


def test_what_a_learner_sees_of_dates(as_noor: Client, noor: User, conference: Conference) -> None:
    begun = slot_of(conference, -0.01, meeting_link=f"{LINK}/begun")
    seat(begun, noor)
    gone = slot_of(conference, 1, cancelled_at=timezone.now(), meeting_link=f"{LINK}/gone")
    seat(gone, noor)
    slot_of(conference, 2, cancelled_at=timezone.now(), meeting_link=f"{LINK}/hidden")
    slot_of(conference, 3, capacity=None, meeting_link=f"{LINK}/all")
    slot_of(conference, 4, meeting_link=f"{LINK}/free")
    page = html(as_noor, conference)
    links = [one for one in ("begun", "gone", "hidden", "all", "free") if f"{LINK}/{one}" in page]
    assert links == ["begun", "all"]
    assert page.count('<tr class="own-date') == 3
    assert page.count('<tr class="other-date') == 1
    assert own(page).count("cancelled") == 1
    assert "Give back" not in words(page)  # one has begun, one is cancelled
    [free] = list_dates(conference, noor, timezone.now()).others
    assert not free.may_join


def test_nothing_is_booked_in_the_archive(as_noor: Client, conference: Conference) -> None:
    slot = slot_of(conference)
    Conference.objects.update(archived_at=timezone.now())
    assert '<tr class="other-date' not in html(as_noor, conference)
    decide(as_noor, slot, "book")
    assert "There is nothing to book here any more." in words(html(as_noor, conference))
    assert not Booking.objects.exists()


def test_who_teaches_has_no_seat(as_mara: Client, conference: Conference) -> None:
    assert decide(as_mara, slot_of(conference), "book").status_code == 403


def test_a_slot_of_another_conference_is_not_booked(
    as_noor: Client, mara: User, conference: Conference
) -> None:
    theirs = slot_of(making.conference(mara, use_time_slots=True))
    assert decide(as_noor, theirs, "book").status_code == 404
    address = reverse("booking", args=[conference.pk, theirs.pk])
    assert as_noor.post(address, {"decision": "book"}).status_code == 404
    assert not Booking.objects.exists()


def test_odd_decisions(as_noor: Client, conference: Conference) -> None:
    slot = slot_of(conference)

    @examples(40)
    @given(decision=texts.filter(lambda text: text not in {"book", "give_back"}))
    def send(decision: str) -> None:
        assert decide(as_noor, slot, decision).status_code == 400

    send()
    assert not Booking.objects.exists()


def test_who_teaches_sees_who_booked(noor: User, conference: Conference) -> None:
    first, second = slot_of(conference), slot_of(conference, 2)
    seat(first, noor)
    people = booked_by([first, second])
    assert [one.name for one in people[first.pk]] == ["Noor Haddad"]
    assert second.pk not in people


@pytest.mark.parametrize("count", [1, 30])
def test_queries_of_a_learners_page(
    as_noor: Client,
    noor: User,
    conference: Conference,
    count: int,
    django_assert_num_queries: Asserts,
) -> None:
    for number in range(count):
        seat(slot_of(conference, number + 1), noor)
        slot_of(conference, number + 1)
    # session and user (2), it, may they, dates, attendance, recordings, the look (2)
    with django_assert_num_queries(9):
        page = html(as_noor, conference)
    assert page.count('<tr class="own-date') == page.count('<tr class="other-date') == count
