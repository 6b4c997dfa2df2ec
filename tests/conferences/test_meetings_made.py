"""From the plan to a meeting that records itself: each action with its remote half, carried out."""

import pytest

from accounts.models import User
from conferences import phrases
from conferences.actions import meetings
from conferences.models import Conference, ConferenceTimeSlot, RecordingNotice
from scripts.servers.sandbox import SandboxControl
from tests.conferences.carrying import carry_out_all, tomorrow

MARA = "mara.lindqvist@example.edu"


@pytest.fixture
def mara(demo_world: SandboxControl) -> User:
    return User.objects.create(username="mara", email=MARA)


@pytest.fixture
def conference(demo_world: SandboxControl) -> Conference:
    return Conference.objects.get(pk=51)


def planned(conference: Conference, by: User) -> ConferenceTimeSlot:
    slot = meetings.plan_slot(conference, tomorrow(), tomorrow(1), by=by)
    carry_out_all()
    slot.refresh_from_db()
    return slot


def test_a_new_slot_gets_a_meeting_that_records_itself(
    demo_world: SandboxControl, conference: Conference, mara: User
) -> None:
    slot = planned(conference, mara)
    assert slot.auto_recording_status == "verified"
    assert None not in {slot.meeting_id, slot.online_meeting_id, slot.meeting_link}
    assert slot.problem_code is None
    change = slot.changes.get()
    assert phrases.change(change) == (
        "Created time slot with Teams meeting link (Recording enabled)"
    )


def test_a_link_of_a_platform_that_cannot_be_asked_is_kept_without_an_alarm(
    conference: Conference, mara: User
) -> None:
    Conference.objects.filter(pk=51).update(platform="zoom")
    conference.refresh_from_db()
    link = "https://example.zoom.us/j/123456789"
    slot = meetings.plan_slot(conference, tomorrow(), tomorrow(1), by=mara, link=link)
    carry_out_all()
    slot.refresh_from_db()
    assert (slot.meeting_link, slot.problem_code) == (link, None)
    assert slot.auto_recording_status == "pending"
    assert phrases.change(slot.changes.get()) == (
        "Attached the meeting link to the time slot (Recording is not set up here)"
    )
    assert not RecordingNotice.objects.exists()
