"""From one meeting to time slots and back: nothing is lost."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from conferences.actions.conferences import FIELDS, change_conference
from conferences.models import Conference, Membership, RetiredMeeting
from tests.conferences.planned import LINK, fields, planned
from tests.pages import making
from tests.pages import making_artifacts as artifacts

pytestmark = pytest.mark.django_db


@pytest.fixture
def mara(db: None) -> User:
    return making.account("mara.lindqvist@example.edu")


@pytest.fixture
def ada(db: None) -> User:
    return making.account("ada.miller@example.edu", is_staff=True, is_superuser=True)


def stored(conference: Conference) -> dict[str, Any]:
    return {name: getattr(conference, name) for name in FIELDS}


def everything_of(conference: Conference) -> dict[str, list[int | None]]:
    """Whose each row is that belongs to a meeting."""
    rows: dict[str, Any] = {
        "sittings": conference.sittings,
        "recordings": conference.recordings,
        "messages": conference.messages,
        "transcripts": conference.transcripts,
        "changes": conference.changes,
        "retired": conference.retired_meetings,
    }
    return {name: list(one.values_list("slot_id", flat=True)) for name, one in rows.items()}


def test_the_meeting_becomes_a_time_slot_and_the_time_slot_the_meeting(mara: User) -> None:
    conference = planned(mara)
    making.sitting(conference)
    artifacts.recording(conference)
    artifacts.message(conference, "Welcome")
    artifacts.transcript(conference, (1, "Ines", "Good morning"))
    conference.changes.create(kind="created", finished_at=timezone.now())
    RetiredMeeting.objects.create(conference=conference, meeting_link=LINK)
    before = dict(vars(conference))

    changed = change_conference(conference, {"use_time_slots": True}, mara)

    slot = conference.time_slots.get()
    assert changed.slot == slot
    assert changed.told == 0
    assert (slot.meeting_id, slot.meeting_link, slot.online_meeting_id) == ("event", LINK, "online")
    assert (slot.starts_at, slot.chat_thread_id) == (conference.starts_at, "19:x")
    conference = Conference.objects.get()
    assert conference.meeting_link is conference.meeting_id is conference.transaction_id is None
    assert not conference.wants_meeting
    assert all(of == [slot.pk] for of in everything_of(conference).values())

    changed = change_conference(
        conference, {"use_time_slots": False, "starts_at": timezone.now()}, mara
    )

    conference = Conference.objects.get()
    assert changed.told == 0
    assert all(of == [None] for of in everything_of(conference).values())
    assert not conference.time_slots.exists()
    after = vars(conference)
    same = [name for name in before if not name.startswith("_") and before[name] != after[name]]
    assert same == []


def test_a_conference_without_a_meeting_gets_no_empty_time_slot(mara: User) -> None:
    conference = making.conference(mara, **fields(mara), meeting_link=None)
    assert change_conference(conference, {"use_time_slots": True}, mara).slot is None
    assert change_conference(conference, {"use_time_slots": False}, mara).slot is None


def test_several_time_slots_do_not_become_one_meeting(mara: User) -> None:
    conference = making.conference(mara, **fields(mara), meeting_link=None, use_time_slots=True)
    times = {"starts_at": conference.starts_at, "ends_at": conference.ends_at}
    slots = [conference.time_slots.create(**times, meeting_link=f"{LINK}{n}") for n in range(3)]
    before = stored(conference)
    with pytest.raises(ValidationError) as refused:
        change_conference(conference, {"use_time_slots": False, "title": "Other"}, mara)
    assert refused.value.message_dict == {
        "use_time_slots": [
            "3 time slots are planned. Cancel them until one is left: its meeting becomes that of "
            "the conference."
        ]
    }
    conference = Conference.objects.get()
    assert stored(conference) == before

    conference.time_slots.exclude(pk=slots[1].pk).update(cancelled_at=timezone.now())
    change_conference(conference, {"use_time_slots": False}, mara)
    assert Conference.objects.get().meeting_link == f"{LINK}1"
    assert conference.time_slots.count() == 2


def test_a_booked_time_slot_stays_as_a_cancelled_one(mara: User) -> None:
    conference = making.conference(mara, **fields(mara), meeting_link=None, use_time_slots=True)
    times = {"starts_at": conference.starts_at, "ends_at": conference.ends_at}
    slot = conference.time_slots.create(**times, meeting_link=LINK, capacity=1, booked=1)
    member = Membership.objects.create(conference=conference, name="N", email="n@example.edu")
    slot.bookings.create(member=member)
    change_conference(conference, {"use_time_slots": False}, mara)
    slot.refresh_from_db()
    assert slot.is_cancelled
    assert slot.meeting_link is None
    assert slot.bookings.count() == 1


def test_nothing_is_switched_while_a_worker_has_the_meeting(mara: User) -> None:
    conference = planned(mara)
    conference.changes.create(kind="created")
    with pytest.raises(ValidationError, match="is being changed just now"):
        change_conference(conference, {"use_time_slots": True}, mara)
    assert not Conference.objects.get().use_time_slots


def test_a_meeting_stays_on_its_platform(mara: User) -> None:
    conference = planned(mara)
    with pytest.raises(ValidationError, match="It has a meeting on Microsoft Teams"):
        change_conference(conference, {"platform": "zoom"}, mara)
