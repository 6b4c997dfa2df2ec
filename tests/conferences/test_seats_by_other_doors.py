"""Who leaves a roster, or teaches from now on, keeps no seat: in the administration, by import."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conferences.actions.bookings import book_seat
from conferences.actions.importing import import_conferences
from conferences.models import Conference, ConferenceTimeSlot
from tests.input.filled import fields_of
from tests.pages import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference() -> Conference:
    return making.conference(
        making.account("mara.lindqvist@example.edu"),
        making.account("noor.haddad@example.edu"),
        use_time_slots=True,
    )


@pytest.fixture
def slot(conference: Conference) -> ConferenceTimeSlot:
    """Noor has its only seat."""
    starts_at = timezone.now() + timedelta(days=1)
    times = {"starts_at": starts_at, "ends_at": starts_at + making.HOUR}
    made = conference.time_slots.create(**times, capacity=1)
    book_seat(made, conference.roster.get(name="Noor Haddad"), timezone.now())
    return made


def is_free(slot: ConferenceTimeSlot) -> bool:
    slot.refresh_from_db()
    assert slot.booked == slot.bookings.count()
    return slot.booked == 0


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"roster-1-DELETE": "on"}, True),
        ({"roster-1-role": "instructor"}, True),
        ({"roster-1-name": "N. Haddad"}, False),
    ],
    ids=["gone", "teaches", "another name"],
)
def test_in_the_administration(
    admin_client: Client,
    conference: Conference,
    slot: ConferenceTimeSlot,
    changes: dict[str, str],
    expected: bool,
) -> None:
    address = reverse("admin:conferences_conference_change", args=[conference.pk])
    form = fields_of(admin_client.get(address).content.decode(), "conference_form")
    assert form["roster-1-name"] == ["Noor Haddad"]
    answer = admin_client.post(address, {**form, **changes})
    assert answer.status_code == 302
    assert is_free(slot) is expected


@pytest.mark.parametrize(("role", "expected"), [("instructor", True), ("learner", False)])
def test_by_import(
    conference: Conference, slot: ConferenceTimeSlot, role: str, expected: bool
) -> None:
    person = {"name": "Noor", "email": "noor.haddad@example.edu", "role": role}
    import_conferences({"conferences": [{"id": conference.pk, "roster": [person]}]})
    assert is_free(slot) is expected
