"""A conference is deleted in the administration only if no event or link of it is left behind."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from conferences.actions.meetings import cancel_slot, recreate_meeting
from conferences.models import Conference, ConferenceTimeSlot, RetiredMeeting
from tests.conferences.test_admin import KNOWN, slot_of
from tests.pages import making

pytestmark = pytest.mark.django_db

LIST = reverse("admin:conferences_conference_changelist")


@pytest.fixture
def mara() -> User:
    return making.account("mara.lindqvist@example.edu")


@pytest.fixture
def conference(mara: User) -> Conference:
    """Without a meeting so far."""
    return making.conference(mara, use_time_slots=True, meeting_link=None)


def its_own(conference: Conference, by: User) -> None:
    Conference.objects.filter(pk=conference.pk).update(**KNOWN, use_time_slots=False)


def made(conference: Conference, by: User) -> None:
    slot_of(conference, **KNOWN)


def wanted(conference: Conference, by: User) -> None:
    slot_of(conference, wants_meeting=True)


def linked(conference: Conference, by: User) -> None:
    slot_of(conference, meeting_link=KNOWN["meeting_link"])


def not_removed_yet(conference: Conference, by: User) -> None:
    cancel_slot(slot_of(conference, **KNOWN), by)


def retired(conference: Conference, by: User) -> None:
    """Its old event has not been removed; the new one has, and is not wanted any more."""
    slot = slot_of(conference, **KNOWN)
    recreate_meeting(slot, by)
    now = timezone.now()
    ConferenceTimeSlot.objects.filter(pk=slot.pk).update(cancelled_at=now, wants_meeting=False)


def removed(conference: Conference, by: User) -> None:
    slot_of(conference, **KNOWN, cancelled_at=timezone.now())


def retired_and_removed(conference: Conference, by: User) -> None:
    retired(conference, by)
    RetiredMeeting.objects.update(removes_event=False)


def without_meeting(conference: Conference, by: User) -> None:
    slot_of(conference)


Plan = Callable[[Conference, User], None]
STAYS = (its_own, made, wanted, linked, not_removed_yet, retired)
GOES = (removed, retired_and_removed, without_meeting)


@pytest.mark.parametrize("in_bulk", [False, True], ids=["one", "chosen"])
@pytest.mark.parametrize(
    ("plan", "stays"), [*((one, True) for one in STAYS), *((one, False) for one in GOES)]
)
def test_no_event_is_left_behind(
    plan: Plan,
    stays: bool,
    in_bulk: bool,
    admin_client: Client,
    conference: Conference,
    mara: User,
) -> None:
    plan(conference, mara)
    if in_bulk:
        chosen = {"action": "delete_selected", "_selected_action": conference.pk}
        answer = admin_client.post(LIST, {**chosen, "post": "yes"})
    else:
        page = reverse("admin:conferences_conference_delete", args=[conference.pk])
        answer = admin_client.post(page, {"post": "yes"})
    assert Conference.objects.filter(pk=conference.pk).exists() is stays
    assert answer.status_code == (200 if stays else 302)
    if stays:
        said = answer.content.decode()
        assert "Archive it" in said
        assert f'href="{conference.get_absolute_url()}"' in said
        assert "Yes, I’m sure" not in said


def test_none_of_the_chosen_is_deleted(
    admin_client: Client, conference: Conference, mara: User
) -> None:
    other = making.conference(mara, meeting_link=None, title="Without a meeting")
    made(conference, mara)
    chosen = {"action": "delete_selected", "_selected_action": [conference.pk, other.pk]}
    asked = admin_client.post(LIST, chosen).content.decode()
    answer = admin_client.post(LIST, {**chosen, "post": "yes"}).content.decode()
    for page in (asked, answer):
        assert conference.get_absolute_url() in page
        assert other.get_absolute_url() not in page
    assert Conference.objects.count() == 2
