"""What administrators change by hand."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from conferences.models import Conference
from tests.pages import making

pytestmark = pytest.mark.django_db

LINK = "https://teams.example.org/l/meetup-join/2"


@pytest.fixture
def conference() -> Conference:
    """Both it and its time slot have been looked up."""
    made = making.conference(online_meeting_id="old")
    made.time_slots.create(
        starts_at=made.starts_at, ends_at=made.ends_at, meeting_link=LINK, online_meeting_id="old"
    )
    return made


def form_of(conference: Conference, **changes: str) -> dict[str, str]:
    """What a browser would send for the page, with ``changes``."""
    slot = conference.time_slots.get()
    form = {
        "title": conference.title,
        "platform": conference.platform,
        "timezone": conference.timezone,
        "auto_recording_status": conference.auto_recording_status,
        "meeting_link": str(conference.meeting_link),
        "online_meeting_id": str(conference.online_meeting_id),
        "time_slots-TOTAL_FORMS": "1",
        "time_slots-INITIAL_FORMS": "1",
        "time_slots-0-id": str(slot.pk),
        "time_slots-0-conference": str(conference.pk),
        "time_slots-0-meeting_link": str(slot.meeting_link),
        "time_slots-0-online_meeting_id": str(slot.online_meeting_id),
        "roster-TOTAL_FORMS": "0",
        "roster-INITIAL_FORMS": "0",
    }
    for prefix, meeting in (("", conference), ("time_slots-0-", slot)):
        for name in ("starts_at", "ends_at"):
            form[f"{prefix}{name}_0"] = f"{getattr(meeting, name):%Y-%m-%d}"
            form[f"{prefix}{name}_1"] = f"{getattr(meeting, name):%H:%M:%S}"
    return {**form, **changes}


def save(client: Client, conference: Conference, **changes: str) -> None:
    page = reverse("admin:conferences_conference_change", args=[conference.pk])
    answer = client.post(page, form_of(conference, **changes))
    assert answer.status_code == 302, answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": "Another title"}, ("old", "old")),
        ({"meeting_link": LINK + "3"}, (None, "old")),
        ({"time_slots-0-meeting_link": LINK + "3"}, ("old", None)),
        ({"meeting_link": LINK + "3", "online_meeting_id": "new"}, ("new", "old")),
    ],
)
def test_another_link_is_looked_up_anew(
    admin_client: Client,
    conference: Conference,
    changes: dict[str, str],
    expected: tuple[str | None, str | None],
) -> None:
    save(admin_client, conference, **changes)
    conference.refresh_from_db()
    slot = conference.time_slots.get()
    assert (conference.online_meeting_id, slot.online_meeting_id) == expected


def test_a_time_slot_is_not_deleted(admin_client: Client, conference: Conference) -> None:
    save(admin_client, conference, **{"time_slots-0-DELETE": "on"})
    assert conference.time_slots.count() == 1


def test_the_organizer_teaches(admin_client: Client, conference: Conference) -> None:
    """A pasted link must not open a colleague's meeting."""
    page = reverse("admin:conferences_conference_change", args=[conference.pk])
    tomas = {
        "organizer_email": "Tomas.Novak@example.edu",
        "roster-TOTAL_FORMS": "1",
        "roster-0-name": "Tomas Novak",
        "roster-0-email": "tomas.novak@example.edu",
        "roster-0-role": "learner",
    }
    answer = admin_client.post(page, form_of(conference, **tomas))
    assert "The organizer tomas.novak@example.edu is no instructor here." in unescape(
        answer.content.decode()
    )
    conference.refresh_from_db()
    assert conference.organizer_email == "mara.lindqvist@example.edu"
    save(admin_client, conference, **{**tomas, "roster-0-role": "instructor"})
    conference.refresh_from_db()
    assert conference.organizer_email == "Tomas.Novak@example.edu"
