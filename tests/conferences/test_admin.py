"""What administrators type for a new conference, and who organizes it."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conferences.models import Conference, ConferenceTimeSlot, MeetingChange
from tests.input.filled import fields_of
from tests.pages import making

pytestmark = pytest.mark.django_db

NEW = reverse("admin:conferences_conference_add")
KNOWN = {
    "meeting_id": "an event",
    "meeting_link": "https://teams.example.org/l/meetup-join/2",
    "online_meeting_id": "a meeting",
}
TYPED = {
    "title": "Seminar",
    "organizer_email": "Tomas.Novak@example.edu",
    "starts_at_0": "2026-09-01",
    "starts_at_1": "13:00",
    "ends_at_0": "2026-09-01",
    "ends_at_1": "14:00",
    "roster-TOTAL_FORMS": "1",
    "roster-0-name": "Tomas Novak",
    "roster-0-email": "tomas.novak@example.edu",
    "roster-0-role": "instructor",
}


def slot_of(conference: Conference, **columns: Any) -> ConferenceTimeSlot:
    """In three days."""
    starts_at = timezone.now().replace(microsecond=0) + timedelta(days=3)
    times = {"starts_at": starts_at, "ends_at": starts_at + making.HOUR}
    return conference.time_slots.create(**{**times, **columns})


def send(client: Client, page: str, **changes: str) -> str:
    """What is said if it is refused."""
    form = fields_of(client.get(page).content.decode(), "conference_form")
    answer = client.post(page, {**form, **changes})
    return "" if answer.status_code == 302 else unescape(answer.content.decode())


def test_a_new_conference_is_typed_with_its_meeting(admin_client: Client) -> None:
    assert send(admin_client, NEW, **{**TYPED, **KNOWN}) == ""
    [made] = Conference.objects.values("title", "organizer_email", *KNOWN)
    assert made == {
        "title": "Seminar",
        "organizer_email": "Tomas.Novak@example.edu",
        **KNOWN,
    }
    [asked] = MeetingChange.objects.values("slot", "kind", "asked_by__username")
    assert asked == {"slot": None, "kind": "attached", "asked_by__username": "admin"}


@pytest.mark.parametrize("typed", [{}, {**KNOWN, "use_time_slots": "on"}])
def test_without_a_meeting_of_its_own_nothing_is_asked_for(
    admin_client: Client, typed: dict[str, str]
) -> None:
    assert send(admin_client, NEW, **TYPED, **typed) == ""
    assert Conference.objects.count() == 1
    assert not MeetingChange.objects.exists()


def test_the_organizer_teaches(admin_client: Client) -> None:
    """A pasted link must not open a colleague's meeting."""
    said = "The organizer tomas.novak@example.edu is no instructor here."
    assert said in send(admin_client, NEW, **{**TYPED, "roster-0-role": "learner"})
    assert not Conference.objects.exists()
    assert send(admin_client, NEW, **TYPED) == ""


CONFERENCES = ("view_conference", "add_conference", "change_conference")
NOBODY = "The organizer tomas.novak@example.edu is no instructor here."


def staff(*may: str) -> Client:
    """A browser of somebody with these permissions."""
    sam = making.account("sam.staff@example.org", is_staff=True)
    sam.user_permissions.set(Permission.objects.filter(codename__in=may))
    client = Client()
    client.force_login(sam)
    return client


@pytest.mark.parametrize("may_too", [(), ("view_membership",), ("delete_membership",)])
def test_the_organizer_teaches_whoever_types_it(may_too: tuple[str, ...]) -> None:
    """The roster is not shown to everybody, or not to be added to."""
    client = staff(*CONFERENCES, *may_too)
    assert send(client, NEW, **{**TYPED, **KNOWN}).count(NOBODY) == 1
    assert not Conference.objects.exists()
    assert send(client, NEW, **{**TYPED, "organizer_email": ""}) == ""
    assert not Conference.objects.get().roster.exists()


@pytest.mark.parametrize("may_too", [(), ("view_membership",), ("add_membership",)])
def test_what_is_right_is_changed_without_the_roster(may_too: tuple[str, ...]) -> None:
    conference = making.conference(making.account("mara.lindqvist@example.edu"))
    client = staff(*CONFERENCES, *may_too)
    page = reverse("admin:conferences_conference_change", args=[conference.pk])
    assert send(client, page, description="Changed") == ""
    conference.refresh_from_db()
    assert conference.description == "Changed"


def test_it_is_said_once(admin_client: Client) -> None:
    said = send(admin_client, NEW, **{**TYPED, "roster-0-role": "learner"})
    assert said.count(NOBODY) == 1


def test_the_organizer_goes_on_teaching(admin_client: Client) -> None:
    mara = making.account("mara.lindqvist@example.edu")
    conference = making.conference(mara, making.account("noor.haddad@example.edu"))
    page = reverse("admin:conferences_conference_change", args=[conference.pk])
    said = "The organizer mara.lindqvist@example.edu is no instructor here."
    for changes in ({"roster-0-DELETE": "on"}, {"roster-0-role": "learner"}):
        assert said in send(admin_client, page, **changes)
    assert send(admin_client, page, **{"roster-1-DELETE": "on"}) == ""
    assert [member.name for member in conference.roster.all()] == ["Mara Lindqvist"]
