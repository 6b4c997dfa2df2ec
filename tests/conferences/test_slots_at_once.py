"""Two browsers at the same moment: one time slot, one meeting."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from accounts.models import User
from conferences.models import Conference
from tests.conferences.test_slot_views import NEW, to_come
from tests.conferences.test_slot_views_several import PATTERN
from tests.pages import making

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 4


@pytest.fixture
def teacher() -> User:
    return making.account("mara.lindqvist@example.edu")


@pytest.fixture
def conference(teacher: User) -> Conference:
    return making.conference(teacher, use_time_slots=True)


def together(user: User, send: Callable[[Client], int]) -> list[int]:
    """The statuses that browsers of one person get, who press at the same moment."""
    clients = [Client() for _ in range(AT_ONCE)]
    for client in clients:
        client.force_login(user)
    barrier = Barrier(AT_ONCE)

    def press(client: Client) -> int:
        barrier.wait()
        try:
            return send(client)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(press, clients))


def test_one_slot_of_many_clicks(teacher: User, conference: Conference) -> None:
    address = reverse("new_slot", args=[conference.pk])
    assert together(teacher, lambda one: one.post(address, NEW).status_code) == [302] * AT_ONCE
    assert conference.time_slots.count() == 1
    assert conference.changes.count() == 1


def test_one_series_of_many_clicks(teacher: User, conference: Conference) -> None:
    address = reverse("new_series", args=[conference.pk])
    form = {**PATTERN, "step": "make", "day": ["2031-03-24", "2031-03-26"]}
    assert together(teacher, lambda one: one.post(address, form).status_code) == [302] * AT_ONCE
    assert conference.time_slots.count() == 2


def test_one_new_meeting_of_many_clicks(teacher: User, conference: Conference) -> None:
    slot = to_come(conference, meeting_link="https://teams.example.org/1", meeting_id="event-1")
    address = reverse("slot", args=[conference.pk, slot.pk])
    form = {"decision": "recreate", "seen": slot.calendar_sequence}
    assert together(teacher, lambda one: one.post(address, form).status_code) == [302] * AT_ONCE
    assert conference.changes.count() == 1
    assert conference.retired_meetings.count() == 1
