"""The administration's page of a conference: what workers and calendars know is not typed there."""

from datetime import datetime

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conferences.models import Conference, ConferenceTimeSlot, MeetingChange
from conferences.models.meeting import RecordingStatus
from tests.conferences.test_admin import KNOWN, slot_of
from tests.input.filled import fields_of
from tests.pages import making

pytestmark = pytest.mark.django_db

Fields = dict[str, list[str]]


@pytest.fixture
def conference() -> Conference:
    """Without a meeting so far."""
    mara = making.account("mara.lindqvist@example.edu")
    return making.conference(mara, use_time_slots=True, meeting_link=None)


def address(conference: Conference) -> str:
    return reverse("admin:conferences_conference_change", args=[conference.pk])


def opened(client: Client, conference: Conference) -> Fields:
    return fields_of(client.get(address(conference)).content.decode(), "conference_form")


def save(client: Client, conference: Conference, form: Fields) -> None:
    answer = client.post(address(conference), form)
    assert answer.status_code == 302, answer.content.decode()


def typed(prefix: str, **values: str | datetime) -> Fields:
    """As a browser sends them, a moment in two parts."""
    form = {}
    for name, value in values.items():
        if isinstance(value, datetime):
            form[f"{prefix}{name}_0"] = [f"{value:%Y-%m-%d}"]
            form[f"{prefix}{name}_1"] = [f"{value:%H:%M:%S}"]
        else:
            form[f"{prefix}{name}"] = [value]
    return form


def test_what_a_worker_stores_meanwhile_stays(admin_client: Client, conference: Conference) -> None:
    slot = slot_of(conference, wants_meeting=True)
    form = opened(admin_client, conference)
    made = {**KNOWN, "auto_recording_status": RecordingStatus.VERIFIED}
    ConferenceTimeSlot.objects.filter(pk=slot.pk).update(**made)
    Conference.objects.filter(pk=conference.pk).update(**made)
    save(
        admin_client, conference, form | {"description": ["Changed"], "time_slots-0-team_id": ["t"]}
    )
    for meeting in (slot, conference):
        meeting.refresh_from_db()
        assert {name: getattr(meeting, name) for name in made} == made
    assert (conference.description, slot.team_id) == ("Changed", "t")


def test_only_what_was_typed_is_written(admin_client: Client, conference: Conference) -> None:
    """A worker may store between reading and writing."""
    slot_of(conference, **KNOWN)
    form = (
        opened(admin_client, conference)
        | typed("", team_id="a")
        | typed("time_slots-0-", team_id="b")
    )
    with CaptureQueriesContext(
        connection,
    ) as asked:
        save(admin_client, conference, form)
    writes = [one["sql"] for one in asked if one["sql"].startswith('UPDATE "conferences_')]
    assert len(writes) == 2
    assert all(sql.partition(" WHERE ")[0].count(" = ") == 1 for sql in writes)


def test_an_old_page_brings_no_old_team_back(admin_client: Client, conference: Conference) -> None:
    slot = slot_of(conference, team_id="old")
    Conference.objects.filter(pk=conference.pk).update(team_id="old")
    form = opened(admin_client, conference)
    ConferenceTimeSlot.objects.filter(pk=slot.pk).update(team_id=None)  # made anew
    Conference.objects.filter(pk=conference.pk).update(team_id=None)
    save(admin_client, conference, form | {"description": ["Changed"]})
    slot.refresh_from_db()
    conference.refresh_from_db()
    assert (conference.description, conference.team_id, slot.team_id) == ("Changed", None, None)


def test_what_has_consequences_is_changed_on_the_site(
    admin_client: Client, conference: Conference
) -> None:
    known = {**KNOWN, "auto_recording_status": RecordingStatus.VERIFIED}
    slot = slot_of(conference, **known)
    before = list(Conference.objects.values()), list(ConferenceTimeSlot.objects.values())
    form = opened(admin_client, conference)
    words = dict.fromkeys(KNOWN, "https://example.org/other")
    times = {"starts_at": slot.starts_at - making.HOUR, "ends_at": slot.ends_at + making.HOUR}
    other = {"title": "Other", "platform": "zoom", "organizer_email": "dean@example.edu"}
    status = {"auto_recording_status": "failed"}
    form |= typed("", **words, **times, **other, **status)
    form.pop("use_time_slots", None)
    form |= typed("time_slots-0-", **words, **times, **status, cancelled_at=timezone.now())
    form |= {"time_slots-0-DELETE": ["on"], "time_slots-TOTAL_FORMS": ["2"]}
    form |= typed("time_slots-1-", **times)
    save(admin_client, conference, form)
    after = list(Conference.objects.values()), list(ConferenceTimeSlot.objects.values())
    assert after == before
    assert not MeetingChange.objects.exists()


@pytest.mark.parametrize("use_time_slots", [True, False])
def test_the_page_says_where(
    use_time_slots: bool, admin_client: Client, conference: Conference
) -> None:
    Conference.objects.filter(pk=conference.pk).update(use_time_slots=use_time_slots)
    page = admin_client.get(address(conference)).content.decode()
    where = reverse("slots" if use_time_slots else "meeting", args=[conference.pk])
    for link in (where, reverse("edit_conference", args=[conference.pk])):
        assert f'href="{link}"' in page
        assert admin_client.get(link).status_code == 200
    new = admin_client.get(reverse("admin:conferences_conference_add")).content.decode()
    assert "Manage" not in new


def test_who_only_looks_is_sent_nowhere(client: Client, conference: Conference) -> None:
    olga = making.account("olga.staff@example.edu", is_staff=True)
    olga.user_permissions.set(Permission.objects.filter(codename="view_conference"))
    client.force_login(olga)
    page = client.get(address(conference)).content.decode()
    assert conference.title in page
    assert reverse("edit_conference", args=[conference.pk]) not in page
