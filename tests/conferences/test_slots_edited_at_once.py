"""Two people have the same time slot before them: what one saved, the other does not undo."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from conferences.actions import meetings
from conferences.actions.changes import NotPossibleError
from conferences.models import Conference, ConferenceTimeSlot
from tests.conferences.test_slot_views import LINK, NEW, conference, kinds, post, to_come
from tests.pages.conftest import as_mara, mara

__all__ = ["as_mara", "conference", "mara"]
pytestmark = pytest.mark.django_db

MEANWHILE = "Somebody has changed this time slot meanwhile."
LATER = {"starts_at": "2031-05-02T12:00", "ends_at": "2031-05-02T13:00"}


def opened(client: Client, slot: ConferenceTimeSlot) -> dict[str, Any]:
    """The form as a browser would send it."""
    form = client.get(reverse("edit_slot", args=[slot.conference_id, slot.pk])).context["form"]
    return {**NEW, "capacity": form["capacity"].value() or "", "seen": form.seen}


def edit(client: Client, slot: ConferenceTimeSlot, form: dict[str, Any]) -> tuple[int, str]:
    return post(client, "edit_slot", slot.conference_id, slot.pk, **form)


@pytest.mark.parametrize("theirs", [LATER, {"capacity": "30"}, {"capacity": ""}])
def test_what_a_colleague_saved_is_not_undone(
    as_mara: Client, conference: Conference, theirs: dict[str, str]
) -> None:
    slot = to_come(conference, capacity=10)
    form = opened(as_mara, slot)
    assert edit(as_mara, slot, {**form, **theirs})[0] == 302
    slot.refresh_from_db()
    saved = (slot.starts_at, slot.capacity)
    for wrong in ({"capacity": "none"}, {}, {"starts_at": "yesterday"}):
        status, said = edit(as_mara, slot, {**form, **wrong})
        assert status == 400
        assert (MEANWHILE in said) is not bool(wrong)
    slot.refresh_from_db()
    assert (slot.starts_at, slot.capacity) == saved


def test_a_form_that_was_told_may_be_saved(as_mara: Client, conference: Conference) -> None:
    slot = to_come(conference, capacity=10)
    form = opened(as_mara, slot)
    ConferenceTimeSlot.objects.update(capacity=30)
    answer = as_mara.post(reverse("edit_slot", args=[conference.pk, slot.pk]), form)
    page = answer.content.decode()
    assert "0 of 30 seats booked" in page  # what is stored, beside what was typed
    assert 'name="capacity" value="10"' in page
    again = {**form, "seen": answer.context["form"].seen}
    assert again["seen"] != form["seen"]
    assert edit(as_mara, slot, again)[0] == 302
    slot.refresh_from_db()
    assert slot.capacity == 10


def test_a_mistake_does_not_make_one_forget_what_was_seen(
    as_mara: Client, conference: Conference
) -> None:
    slot = to_come(conference, capacity=10)
    form = opened(as_mara, slot)
    ConferenceTimeSlot.objects.update(capacity=30)
    address = reverse("edit_slot", args=[conference.pk, slot.pk])
    wrong = as_mara.post(address, {**form, "ends_at": "tomorrow"})
    corrected = {**form, "seen": wrong.context["form"].seen}
    assert MEANWHILE in edit(as_mara, slot, corrected)[1]


def test_another_link_meanwhile_hinders_nobody(as_mara: Client, conference: Conference) -> None:
    """The form shows neither link nor recording, so it undoes nothing there."""
    slot = to_come(conference, capacity=10)
    form = opened(as_mara, slot)
    assert post(as_mara, "slot", conference.pk, slot.pk, decision="attach", link=LINK)[0] == 302
    assert edit(as_mara, slot, {**form, "capacity": "12"})[0] == 302
    slot.refresh_from_db()
    assert (slot.capacity, slot.meeting_link) == (12, LINK)


def test_a_cancelled_slot_is_neither_moved_nor_linked(conference: Conference, mara: User) -> None:
    """Whoever asks: it was cancelled after they had looked."""
    slot = to_come(conference, meeting_link=LINK)
    ConferenceTimeSlot.objects.update(cancelled_at=timezone.now())
    times = (slot.starts_at + 2 * (slot.ends_at - slot.starts_at),) * 2
    with pytest.raises(NotPossibleError, match="A cancelled time slot stays as it is"):
        meetings.move_slot(slot, times[0], times[1] + (slot.ends_at - slot.starts_at), by=mara)
    with pytest.raises(NotPossibleError, match="A cancelled time slot stays as it is"):
        meetings.attach_link(slot, f"{LINK}/other", mara)
    slot.refresh_from_db()
    assert (slot.meeting_link, kinds(conference)) == (LINK, [])
