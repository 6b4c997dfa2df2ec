"""A platform on which this site makes no meetings: they come by their join links."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from conferences.models import Conference
from tests.pages import making
from tests.pages.reading import html, words
from tests.pages.test_planning_pages import planned
from tests.pages.test_slots_page import slot_of

pytestmark = pytest.mark.django_db

LINK = "https://zoom.example.org/j/7"
NEEDS_LINK = "This site makes no Zoom meetings. Paste the join link of one that was made there."
TIMES = {"starts_at": "2031-05-02T10:00", "ends_at": "2031-05-02T11:00"}
WEEKLY = {"weekdays": ["0"], "starts": "10:00", "ends": "11:30", "first": "2031-03-24"}
SERIES: dict[str, Any] = {**WEEKLY, "count": "2", "day": ["2031-03-24", "2031-03-31"]}


@pytest.fixture
def conference(mara: User) -> Conference:
    return making.conference(mara, use_time_slots=True, platform="zoom", meeting_link=None)


def kinds(conference: Conference) -> list[str]:
    return list(conference.changes.order_by("pk").values_list("kind", flat=True))


def said(client: Client, name: str, *keys: int) -> str:
    return words(html(client, reverse(name, args=keys)))


@pytest.mark.parametrize(("name", "form"), [("new_slot", TIMES), ("new_series", SERIES)])
def test_a_time_slot_needs_a_link(
    as_mara: Client, conference: Conference, name: str, form: dict[str, Any]
) -> None:
    assert NEEDS_LINK in said(as_mara, name, conference.pk)
    assert "Teams meeting" not in said(as_mara, name, conference.pk)
    address = reverse(name, args=[conference.pk])
    answer = as_mara.post(address, {**form, "step": "make"})
    assert answer.status_code == 400
    assert words(answer.content.decode()).count(NEEDS_LINK) >= 2  # at the field and at the top
    assert not conference.time_slots.exists()


def test_a_time_slot_with_its_link(as_mara: Client, conference: Conference) -> None:
    address = reverse("new_slot", args=[conference.pk])
    assert as_mara.post(address, {**TIMES, "link": LINK}).status_code == 302
    slot = conference.time_slots.get()
    assert (slot.meeting_link, slot.wants_meeting) == (LINK, False)
    assert kinds(conference) == ["attached"]


def test_all_dates_of_a_pattern_have_the_link(as_mara: Client, conference: Conference) -> None:
    address = reverse("new_series", args=[conference.pk])
    shown = as_mara.post(address, {**SERIES, "step": "preview", "link": LINK})
    page = shown.content.decode()
    assert f'name="link" value="{LINK}"' in page
    assert "Each gets the same join link." in words(page)
    assert as_mara.post(address, {**SERIES, "step": "make", "link": LINK}).status_code == 302
    assert set(conference.time_slots.values_list("meeting_link", "wants_meeting")) == {
        (LINK, False)
    }
    assert kinds(conference) == ["attached"] * 2


def test_a_pattern_of_teams_takes_no_link(as_mara: Client, conference: Conference) -> None:
    Conference.objects.update(platform="teams")
    assert "Join link" not in said(as_mara, "new_series", conference.pk)
    address = reverse("new_series", args=[conference.pk])
    assert as_mara.post(address, {**SERIES, "step": "make", "link": LINK}).status_code == 302
    assert set(conference.time_slots.values_list("meeting_link", "wants_meeting")) == {(None, True)}


def test_what_a_site_makes_is_its_setting(as_mara: Client, mara: User, settings: Any) -> None:
    settings.MEETING_PLATFORMS = {}
    conference = making.conference(mara, use_time_slots=True, meeting_link=None)
    told = "This site makes no Microsoft Teams meetings."
    assert told in said(as_mara, "new_slot", conference.pk)


def test_an_empty_list_promises_no_meeting(as_mara: Client, conference: Conference) -> None:
    assert "Teams" not in said(as_mara, "slots", conference.pk).partition("No time slots yet")[2]


@pytest.mark.parametrize("decision", ["make", "recreate"])
@pytest.mark.parametrize("link", [None, LINK])
def test_no_meeting_is_made(
    as_mara: Client, conference: Conference, decision: str, link: str | None
) -> None:
    slot = slot_of(conference, meeting_link=link)
    page = said(as_mara, "slots", conference.pk)
    assert ("Make a meeting" in page, "Recreate" in page, "Attach" in page) == (False, False, True)
    address = reverse("slot", args=[conference.pk, slot.pk])
    for answer in (
        as_mara.get(f"{address}?decision={decision}", follow=True),
        as_mara.post(address, {"decision": decision}, follow=True),
    ):
        assert NEEDS_LINK in words(answer.content.decode())
    assert kinds(conference) == []


def test_a_conference_without_a_meeting_asks_for_its_link(as_mara: Client, mara: User) -> None:
    without = dict.fromkeys(("meeting_id", "online_meeting_id", "meeting_link"))
    conference = planned(mara, platform="zoom", wants_meeting=False, **without)
    page = words(html(as_mara, conference))
    assert "There is no meeting yet. Attach the join link of one that was made elsewhere." in page
    assert "Make" not in said(as_mara, "meeting", conference.pk)
    Conference.objects.update(platform="teams")
    assert "There is no meeting yet. Make one, or attach" in words(html(as_mara, conference))
