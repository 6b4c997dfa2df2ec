"""What is said of a moved or cancelled meeting: true of one that this site made, of one that was
made elsewhere and has only its link here, and of none. No worker runs.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from conferences.models import Conference, ConferenceTimeSlot
from conferences.models.membership import Role
from conferences.notifications.participants import concerned
from tests.pages import making
from tests.pages.conftest import as_mara, mara, noor
from tests.pages.reading import words
from tests.pages.test_planning_pages import edit_address, filled, planned

__all__ = ["as_mara", "mara", "noor"]
pytestmark = pytest.mark.django_db

LINK = "https://teams.example.org/l/meetup-join/2"
OURS = ({"meeting_id": "event", "meeting_link": LINK}, {"transaction_id": "t"})
ELSEWHERE: dict[str, Any] = {"meeting_link": LINK}
NEW = {"starts_at": "2031-05-03T10:00", "ends_at": "2031-05-03T11:00", "capacity": ""}
CALENDAR = ("calendar hears", "calendar and those", "changes the event", "in Teams")


@pytest.fixture(params=["teams", "zoom"])
def conference(mara: User, request: pytest.FixtureRequest) -> Conference:
    return making.conference(mara, use_time_slots=True, platform=request.param)


def slot_of(conference: Conference, days: int = 1, **columns: Any) -> ConferenceTimeSlot:
    starts_at = timezone.now().replace(microsecond=0) + timedelta(days=days)
    times = {"starts_at": starts_at, "ends_at": starts_at + making.HOUR}
    made: ConferenceTimeSlot = conference.time_slots.create(**{**times, **columns})
    return made


def said(client: Client, name: str, slot: ConferenceTimeSlot, **form: Any) -> str:
    address = reverse(name, args=[slot.conference_id, slot.pk])
    answer = client.post(address, form, follow=True) if form else client.get(address)
    assert answer.status_code == 200
    return words(answer.content.decode())


@pytest.mark.parametrize("columns", OURS)
def test_a_meeting_of_ours(
    as_mara: Client, conference: Conference, columns: dict[str, Any]
) -> None:
    slot = slot_of(conference, **columns)
    assert "Another time changes the event in the calendar" in said(as_mara, "edit_slot", slot)
    assert "Saved. The calendar hears of it now." in said(as_mara, "edit_slot", slot, **NEW)
    told = said(as_mara, "slot", slot, decision="cancel")
    assert "Cancelled. The calendar and those concerned hear of it now." in told


def test_a_meeting_that_was_made_elsewhere(as_mara: Client, conference: Conference) -> None:
    slot = slot_of(conference, **ELSEWHERE)
    form = said(as_mara, "edit_slot", slot)
    assert "The meeting was made elsewhere: change its time there too; the join link stays." in form
    moved = said(as_mara, "edit_slot", slot, **NEW)
    told = "Those who come are told. The meeting was made elsewhere:"
    assert f"Saved. {told} change it there too." in moved
    cancelled = said(as_mara, "slot", slot, decision="cancel")
    assert f"Cancelled. {told} cancel it there too." in cancelled
    assert not [one for one in CALENDAR if one in form + moved + cancelled]


def test_a_time_slot_without_a_meeting(as_mara: Client, conference: Conference) -> None:
    slot = slot_of(conference)
    form = said(as_mara, "edit_slot", slot)
    moved = said(as_mara, "edit_slot", slot, **NEW)
    cancelled = said(as_mara, "slot", slot, decision="cancel")
    assert "Saved. Those who come are told." in moved
    assert "Cancelled. Those who come are told." in cancelled
    assert "made elsewhere" not in form + moved + cancelled
    assert not [one for one in CALENDAR if one in form + moved + cancelled]


def test_of_what_is_over_nobody_is_told(as_mara: Client, conference: Conference) -> None:
    slot = slot_of(conference, -3, **ELSEWHERE)
    past = {"starts_at": "2026-03-10T10:00", "ends_at": "2026-03-10T11:00", "capacity": ""}
    told = said(as_mara, "edit_slot", slot, **past)
    assert "Saved." in told
    assert "are told" not in told
    assert "calendar hears" not in told


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({}, "Saved. 1 meeting is being brought up to date in Teams."),
        (
            {"meeting_id": None, "wants_meeting": False},
            "Saved. Those who come are told. The meeting was made elsewhere: change it there too.",
        ),
    ],
)
def test_a_conferences_own_meeting(
    as_mara: Client, mara: User, columns: dict[str, Any], told: str
) -> None:
    conference = planned(mara, **columns)
    address = edit_address(conference)
    wall = {"starts_at": "2031-07-01T09:00", "ends_at": "2031-07-01T10:00"}
    answer = as_mara.post(address, filled(as_mara, address, **wall), follow=True)
    assert told in words(answer.content.decode())


@pytest.mark.parametrize("is_moved", [False, True])
def test_another_organizer_of_a_pasted_link(as_mara: Client, mara: User, is_moved: bool) -> None:
    conference = planned(
        mara, organizer_email="t@example.edu", meeting_id=None, wants_meeting=False
    )
    conference.roster.create(name="Tomas", email="t@example.edu", role=Role.INSTRUCTOR)
    address = edit_address(conference)
    wall = {"starts_at": "2031-07-01T09:00", "ends_at": "2031-07-01T10:00"} if is_moved else {}
    form = filled(as_mara, address, organizer_email=mara.email, is_confirmed="on", **wall)
    said = words(as_mara.post(address, form, follow=True).content.decode())
    assert "in Teams" not in said.partition("Saved.")[2].partition("Edit")[0]
    told = "The meeting was made elsewhere: change it there too."
    stays = "1 meeting was made elsewhere: its link stays as it is."
    assert (told in said, stays in said) == (is_moved, not is_moved)


def test_whoever_takes_over_a_pasted_link_is_asked(as_mara: Client, mara: User) -> None:
    """It may lead to a meeting of theirs that nobody else was to read."""
    conference = planned(
        mara, organizer_email="t@example.edu", meeting_id=None, wants_meeting=False
    )
    conference.roster.create(name="Tomas", email="t@example.edu", role=Role.INSTRUCTOR)
    address = edit_address(conference)
    answer = as_mara.post(address, filled(as_mara, address, organizer_email=mara.email))
    assert answer.status_code == 400
    assert "1 join link was pasted here." in words(answer.content.decode())
    conference.refresh_from_db()
    assert conference.organizer_email == "t@example.edu"


def test_as_many_are_counted_as_get_mail(as_mara: Client, mara: User, noor: User) -> None:
    conference = making.conference(mara, noor, use_time_slots=True)
    slot = slot_of(conference, capacity=5, booked=2, **ELSEWHERE)
    for member in (conference.roster.get(user=noor), conference.roster.get(user=mara)):
        slot.bookings.create(member=member)
    assert set(concerned(slot).filter(role=Role.LEARNER)) == {conference.roster.get(user=noor)}
    assert "One person, who booked a seat, is told by mail." in said(as_mara, "edit_slot", slot)
    address = reverse("slot", args=[conference.pk, slot.pk])
    page = words(as_mara.get(f"{address}?decision=cancel").content.decode())
    assert "One person, who booked a seat, gets one mail." in page


def test_where_nobody_has_booked(as_mara: Client, conference: Conference) -> None:
    slot = slot_of(conference, capacity=5)
    assert "Nobody has booked a seat." in said(as_mara, "edit_slot", slot)
    address = reverse("slot", args=[conference.pk, slot.pk])
    assert "Nobody has booked a seat." in as_mara.get(f"{address}?decision=cancel").content.decode()
