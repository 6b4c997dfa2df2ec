"""Seats: the last one is one person's, a double click books once, and the count is right."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from conferences.actions.bookings import NoSeatError, book_seat, give_back
from conferences.actions.roster import change_role, remove_member
from conferences.models import Booking, Conference, ConferenceTimeSlot, Membership
from conferences.models.membership import Role
from tests.pages import making

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)


@pytest.fixture
def conference() -> Conference:
    return making.conference(
        making.account("mara.lindqvist@example.edu"), use_time_slots=True, title="Consultation"
    )


def slot_of(conference: Conference, capacity: int | None = 1, **columns: Any) -> ConferenceTimeSlot:
    starts_at = timezone.now() + DAY
    times = {"starts_at": starts_at, "ends_at": starts_at + making.HOUR}
    return conference.time_slots.create(**{**times, "capacity": capacity, **columns})


def learner(conference: Conference, number: int = 1) -> Membership:
    return Membership.objects.create(
        conference=conference, name=f"Learner {number}", email=f"learner.{number}@example.edu"
    )


def at_once(*calls: Callable[[], object]) -> list[object]:
    """What each call returned, or was refused with; all start when the last of them is ready."""
    ready = Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        ready.wait(timeout=30)
        try:
            return call()
        except NoSeatError as error:
            return str(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return [told.result(timeout=60) for told in [threads.submit(run, one) for one in calls]]


def counted(slot: ConferenceTimeSlot) -> int:
    """How many seats are booked, which the rows and the count agree on."""
    slot.refresh_from_db()
    assert slot.booked == slot.bookings.count()
    return slot.booked


def book(slot: ConferenceTimeSlot, member: Membership) -> bool:
    return book_seat(slot, member, timezone.now())


def test_many_want_the_last_seats(conference: Conference) -> None:
    slot = slot_of(conference, capacity=3)
    people = [learner(conference, number) for number in range(12)]

    told = at_once(*(lambda one=one: book(slot, one) for one in people))

    assert told.count(True) == 3
    assert told.count("The last seat has just been taken.") == 9
    assert counted(slot) == 3


def test_a_click_that_comes_many_times_books_once(conference: Conference) -> None:
    slot, member = slot_of(conference, capacity=5), learner(conference)
    told = at_once(*[lambda: book(slot, member)] * 6)
    assert sorted(told, key=str) == [False] * 5 + [True]
    assert counted(slot) == 1


def test_a_double_click_on_the_last_seat_is_no_refusal(conference: Conference) -> None:
    slot, member = slot_of(conference), learner(conference)
    assert book(slot, member) is True
    assert book(slot, member) is False
    assert counted(slot) == 1


def test_a_seat_given_back_many_times_is_one_seat(conference: Conference) -> None:
    slot = slot_of(conference, capacity=2)
    member, other = learner(conference, 1), learner(conference, 2)
    book(slot, member), book(slot, other)

    told = at_once(*[lambda: give_back(slot, member, timezone.now())] * 5)

    assert told.count(True) == 1
    assert counted(slot) == 1
    assert book(slot, member) is True


def test_somebody_leaves_while_they_book(conference: Conference) -> None:
    slots = [slot_of(conference, capacity=4) for _ in range(3)]
    people = [learner(conference, number) for number in range(4)]
    for person in people:
        book(slots[0], person)

    at_once(
        *(lambda one=one: remove_member(one) for one in people),
        *(lambda one=one: book(slots[1], one) for one in people),
        *(lambda one=one: book(slots[2], one) for one in people),
    )

    assert [counted(slot) for slot in slots] == [0, 0, 0]
    assert conference.roster.filter(role=Role.LEARNER).count() == 0


def test_who_leaves_or_teaches_gives_their_seats_back(conference: Conference) -> None:
    first, second = slot_of(conference), slot_of(conference)
    member = learner(conference)
    book(first, member), book(second, member)

    assert remove_member(member) == 2
    assert (counted(first), counted(second)) == (0, 0)

    other = learner(conference, 2)
    book(first, other)
    change_role(other, Role.INSTRUCTOR)
    assert counted(first) == 0
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"cancelled_at": timezone.now()}, "This date has been cancelled."),
        (
            {"starts_at": timezone.now() - making.HOUR, "ends_at": timezone.now() + DAY},
            "This date has begun. Seats are booked and given back before.",
        ),
        (
            {"capacity": None},
            "No seat is needed for this date: everybody on the roster may come.",
        ),
    ],
)
def test_what_takes_no_booking(conference: Conference, columns: dict[str, Any], told: str) -> None:
    slot, member = slot_of(conference, **columns), learner(conference)
    with pytest.raises(NoSeatError, match=told):
        book(slot, member)
    assert counted(slot) == 0


def test_a_seat_is_kept_once_the_date_has_begun_or_is_cancelled(conference: Conference) -> None:
    slot, member = slot_of(conference), learner(conference)
    book(slot, member)
    with pytest.raises(NoSeatError, match="has begun"):
        give_back(slot, member, slot.starts_at)
    slot.cancelled_at = timezone.now()
    slot.save()
    with pytest.raises(NoSeatError, match="cancelled"):
        give_back(slot, member, timezone.now())
    assert counted(slot) == 1


def test_who_teaches_books_no_seat(conference: Conference) -> None:
    slot = slot_of(conference)
    with pytest.raises(NoSeatError, match="Only learners"):
        book(slot, conference.roster.get(role=Role.INSTRUCTOR))
    assert counted(slot) == 0
