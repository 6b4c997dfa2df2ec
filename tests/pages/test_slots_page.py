"""Manage Time Slots, as it is read."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from conferences.models import Conference, ConferenceTimeSlot, MeetingChange
from tests.pages import making
from tests.pages import making_artifacts as artifacts
from tests.pages.reading import html, words

pytestmark = pytest.mark.django_db

Asserts = Callable[..., AbstractContextManager[object]]
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


def test_other_zones_are_shown_where_they_differ(
    as_noor: Client, noor: User, as_mara: Client, mara: User
) -> None:
    conference = slotted(noor)  # she is in Asia/Kolkata, the conference in Europe/Berlin
    slot_of(conference, starts_at=making.START, ends_at=making.START + making.HOUR)
    assert "14:30–15:30 Tue, March 10, 2026, 10:00–11:00 Europe/Berlin" in page_of(
        as_noor, conference
    )
    conference = slotted(mara)
    slot_of(conference, starts_at=making.START, ends_at=making.START + making.HOUR)
    assert "11:00 Europe/Berlin" not in page_of(as_mara, conference)


PROBLEMS = {
    "calendar_without_teams": (
        {"organizer": "mara.lindqvist@example.edu"},
        "There is no meeting link yet. The calendar of mara.lindqvist@example.edu offers no Teams",
        "An administrator acts",
    ),
    "organizer_unknown": ({"organizer": "x@example.edu"}, "correct the e-mail", "instructor acts"),
    "throttled": ({}, "The platform asked for a pause", "Wait a little"),
}


@pytest.mark.parametrize("code", PROBLEMS)
def test_a_problem_says_who_acts(as_mara: Client, mara: User, code: str) -> None:
    params, said, who = PROBLEMS[code]
    conference = slotted(mara)
    slot_of(
        conference,
        wants_meeting=True,
        auto_recording_status="not_attempted",
        problem_code=code,
        problem_params=params,
        problem_request_id="abc-123",
        recording_code=code,
        recording_params=params,
    )
    page = page_of(as_mara, conference)
    assert page.count(said) == 1
    assert f"{who}. Then press “Try again”." in page
    assert "abc-123" in page
    assert "One time slot needs somebody." in page
    assert "Record by hand" in page
    assert "choose “Stop recording”" in page


STATUSES = {
    "pending": "pending It is set up as soon as there is a meeting.",
    "enabled": "enabled Teams has taken it and has not confirmed it yet.",
    "verified": "verified It starts by itself when somebody joins.",
    "failed": "failed Teams refused to switch recording on although",
    "not_attempted": "not attempted An administrator decided that it is not recorded: privacy.",
    "drifted": "switched off Somebody has switched it off in Teams. “Try again” switches it on.",
    "accepted": "accepted Accepted as it is by Mara Lindqvist at",
}
CODES = {"failed": "recording_refused", "not_attempted": "recording_not_wanted"}


@pytest.mark.parametrize("status", STATUSES)
def test_each_badge_says_what_to_do(as_mara: Client, mara: User, status: str) -> None:
    conference = slotted(mara)
    slot_of(
        conference,
        meeting_link=None if status == "pending" else LINK,
        auto_recording_status=status,
        recording_code=CODES.get(status),
        recording_params={"why": "privacy"},
        recording_decided_by=mara if status in ("accepted", "not_attempted") else None,
        recording_decided_at=timezone.now() if status in ("accepted", "not_attempted") else None,
        recording_why="privacy",
    )
    assert f"Automatic recording {STATUSES[status]}" in page_of(as_mara, conference)


def test_what_is_done_now_is_live(as_mara: Client, mara: User) -> None:
    conference = slotted(mara)
    slot = slot_of(conference, wants_meeting=True)
    address = reverse("slots", args=[conference.pk])
    assert 'hx-trigger="every 1s"' not in html(as_mara, address)
    change = MeetingChange.objects.create(
        conference=conference, slot=slot, kind="created", asked_by=mara, rung_at=timezone.now()
    )
    page = html(as_mara, address)
    assert 'hx-trigger="every 1s"' in page
    assert 'data-announce="Making the Teams meeting"' in page
    assert "No worker is running" not in page
    MeetingChange.objects.update(asked_at=timezone.now() - timedelta(seconds=40))
    part = as_mara.get(address, headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<div id="slots-live"')
    assert "No worker is running." in part
    held = timezone.now() + timedelta(minutes=1)
    MeetingChange.objects.update(held_until=held, waiting_until=held)
    part = as_mara.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "No worker is running." not in part
    assert "waiting for Microsoft until" in words(part)
    MeetingChange.objects.filter(pk=change.pk).update(finished_at=timezone.now(), told=MADE)
    part = as_mara.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" not in part
    assert "Created time slot with Teams meeting link (Recording enabled)" in words(part)


MADE = {"has_link": True, "recording": "verified"}


def test_a_look_rings_for_what_was_left_behind(as_mara: Client, mara: User) -> None:
    conference = slotted(mara)
    change = MeetingChange.objects.create(
        conference=conference, slot=slot_of(conference), kind="created", asked_by=mara
    )
    html(as_mara, reverse("slots", args=[conference.pk]))
    change.refresh_from_db()
    assert change.rung_at is not None


def test_who_has_a_seat_and_what_came_before(as_mara: Client, mara: User, noor: User) -> None:
    conference = slotted(mara, noor)
    slot = slot_of(conference, capacity=3, booked=1)
    slot.bookings.create(member=conference.roster.get(user=noor))
    ended(slot, "created", has_link=False, code="no_mailbox", params={"organizer": "m@x.edu"})
    ended(slot, "tried_again", has_link=True, recording="verified")
    page = page_of(as_mara, conference)
    assert "Who has a seat" in page
    assert "Noor Haddad noor.haddad@example.edu" in page
    assert page.count("There is no meeting link yet: m@x.edu is in the directory") == 1
    assert page.count("The time slot has its Teams meeting link (Recording enabled)") == 2


def test_the_page_opens_where_the_present_is(as_mara: Client, mara: User) -> None:
    conference = slotted(mara)
    for number in range(30):
        slot_of(conference, hours=-1000 - number)
    coming = slot_of(conference, hours=5)
    assert f'id="slot-{coming.pk}"' in html(as_mara, reverse("slots", args=[conference.pk]))
    trouble = slot_of(conference, hours=-900, problem_code="no_mailbox")
    page = html(as_mara, f"{reverse('slots', args=[conference.pk])}?only=trouble")
    assert f'id="slot-{trouble.pk}"' in page
    assert f'id="slot-{coming.pk}"' not in page


def test_a_recording_that_did_not_come_is_told(as_mara: Client, mara: User) -> None:
    conference = slotted(mara)
    times = {"meeting_link": LINK, "auto_recording_status": "verified"}
    slot_of(conference, hours=-24.5, **times)  # not so long ago
    late = slot_of(conference, hours=-26, **times)
    expected = "more than 24 hours after the end there is no recording"
    for page in ("slots/", "?tab=recordings"):
        assert words(html(as_mara, conference.get_absolute_url() + page)).count(expected) == 1
    assert "no recording has turned up" in words(
        html(as_mara, f"{conference.get_absolute_url()}?tab=slots")
    )
    artifacts.recording(conference, slot=late)
    for page in ("slots/", "?tab=recordings"):
        assert expected not in words(html(as_mara, conference.get_absolute_url() + page))


def test_a_conferences_own_recording_that_did_not_come(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara, auto_recording_status="enabled")
    page = words(html(as_mara, f"{conference.get_absolute_url()}?tab=recordings"))
    assert "There is no recording. Recording was to start by itself" in page
    assert "The instructor acts." in page
    assert "There is no recording." in words(
        html(as_mara, f"{conference.get_absolute_url()}meeting/")
    )


def test_an_observer_reads_and_has_no_buttons(client: Client, mara: User) -> None:
    conference = slotted(mara)
    slot_of(conference, meeting_link=LINK, problem_code="throttled")
    observer = making.account("olga.staff@example.edu", is_staff=True)
    observer.user_permissions.set(Permission.objects.filter(codename="view_conference"))
    client.force_login(observer)
    page = html(client, reverse("slots", args=[conference.pk]))
    assert "Join" in words(page)
    for action in ("Add a time slot", "Edit", "Recreate", "Cancel", "More"):
        assert action not in words(page)
    assert "<form" not in page[page.index("<main") :]


@pytest.mark.parametrize("count", [1, 30])
def test_queries_of_the_page(
    as_mara: Client, mara: User, noor: User, count: int, django_assert_num_queries: Asserts
) -> None:
    conference = slotted(mara, noor)
    for number in range(count):
        slot = slot_of(
            conference,
            hours=-3000 + number,
            meeting_link=LINK,
            auto_recording_status="verified",
            capacity=3,
            booked=1,
        )
        slot.bookings.create(member=conference.roster.get(user=noor))
        for _ in range(3):
            ended(slot, "tried_again", has_link=True, recording="verified")
    # who asks (2), conference and may they (2), left behind, counts, how many, this page,
    # recordings and videos that came (3), changes (2), seats, is one open, who is to be told,
    # the audit log (2)
    expected = 2 + 2 + 4 + 3 + 2 + 1 + 1 + 1 + 2
    address = f"{reverse('slots', args=[conference.pk])}?page=1"
    with django_assert_num_queries(expected):
        answer = as_mara.get(address, headers={"HX-Request": "true"})
    assert answer.content.decode().count("<article") == min(count, 25)
