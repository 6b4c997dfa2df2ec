"""Manage Time Slots, as it is read."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from conferences.models import Conference, ConferenceTimeSlot, MeetingChange
from tests.pages import making
from tests.pages.reading import html, words

pytestmark = pytest.mark.django_db

LINK = "https://teams.example.org/l/meetup-join/2"


def slotted(teacher: User, *others: User, **columns: object) -> Conference:
    return making.conference(teacher, *others, use_time_slots=True, **columns)


def slot_of(conference: Conference, hours: float = 24, **columns: object) -> ConferenceTimeSlot:
    """An hour, so many hours from now."""
    starts_at = (timezone.now() + timedelta(hours=hours)).replace(second=0, microsecond=0)
    times = {"starts_at": starts_at, "ends_at": starts_at + making.HOUR}
    made: ConferenceTimeSlot = conference.time_slots.create(**{**times, **columns})
    return made


def page_of(client: Client, conference: Conference) -> str:
    return words(html(client, reverse("slots", args=[conference.pk])))


def ended(slot: ConferenceTimeSlot, kind: str, **told: object) -> MeetingChange:
    return MeetingChange.objects.create(
        conference=slot.conference, slot=slot, kind=kind, finished_at=timezone.now(), told=told
    )


def test_an_empty_page_says_what_to_do(as_mara: Client, mara: User) -> None:
    said = page_of(as_mara, slotted(mara))
    assert "No time slots yet" in said
    assert "Add a time slot" in said
    assert "Add several" in said


def test_a_slot_that_is_as_it_should_be(as_mara: Client, mara: User) -> None:
    conference = slotted(mara)
    slot = slot_of(
        conference, meeting_link=LINK, auto_recording_status="verified", capacity=20, booked=12
    )
    ended(slot, "created", has_link=True, recording="verified")
    said = page_of(as_mara, conference)
    assert "12 of 20 seats booked" in said
    assert "Automatic recording verified It starts by itself when somebody joins." in said
    assert "Created time slot with Teams meeting link (Recording enabled)" in said
    for action in ("Edit", "Recreate", "Cancel", "Attach another link"):
        assert action in said
    assert "Recording by hand" not in said
    assert "Try again" not in said
