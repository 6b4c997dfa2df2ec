"""Somebody switches a meeting's recording off: the next sync notices, and tells."""

import pytest

from accounts.models import User
from conferences.actions import meetings, recording_decisions
from conferences.models import Conference, ConferenceTimeSlot
from conferences.planning import plan_sync
from platforms.records import RemoteMeeting
from syncing import phrases
from tests.conferences.carrying import carry_out_all, tomorrow
from tests.conferences.commands import sync
from tests.feeds.artifacts import outcome, seen, small_world
from tests.feeds.retired import events, mara

demo_world = small_world
__all__ = ["mara"]


@pytest.fixture
def slot(mara: User) -> ConferenceTimeSlot:
    """Of tomorrow; its meeting records by itself. The slots of the past are accepted."""
    conference = Conference.objects.get(pk=51)
    conference.time_slots.update(auto_recording_status="accepted")
    slot = meetings.plan_slot(conference, tomorrow(), tomorrow(1), by=mara)
    carry_out_all()
    return stored(slot)


def stored(slot: ConferenceTimeSlot) -> ConferenceTimeSlot:
    return ConferenceTimeSlot.objects.select_related("conference").get(pk=slot.pk)


def recording(slot: ConferenceTimeSlot) -> tuple[str, str | None, str]:
    """Its status and why, and the status of its conference."""
    now = stored(slot)
    return (
        now.auto_recording_status,
        now.recording_code,
        now.conference.auto_recording_status,
    )


def switch(sandbox, slot: ConferenceTimeSlot, on: bool) -> None:
    sandbox.change("switch_recording", join_url=slot.meeting_link, on=on)


VERIFIED = ("verified", None, "accepted")
DRIFTED = ("drifted", "recording_switched_off", "drifted")


def test_what_was_switched_off_is_noticed_and_what_is_on_again_too(demo_world, slot):
    assert recording(slot) == VERIFIED
    switch(demo_world, slot, on=False)
    sync(51)
    assert recording(slot) == DRIFTED
    assert "recording_switched_off" in events()
    assert stored(slot).recording_checked_at > slot.recording_checked_at
    sync(51)
    assert recording(slot) == DRIFTED
    assert "recording_switched_off" in events()  # as long as it is so
    switch(demo_world, slot, on=True)
    sync(51)
    assert recording(slot) == VERIFIED
    assert "recording_switched_off" not in events()


def test_a_conference_without_slots_is_watched_too(demo_world, mara):
    conference = Conference.objects.get(pk=81)
    meetings.try_again(conference, mara)
    carry_out_all()
    conference.refresh_from_db()
    assert conference.auto_recording_status == "verified"
    demo_world.change("switch_recording", conference=81, on=False)
    sync(81)
    conference.refresh_from_db()
    assert conference.auto_recording_status == "drifted"
    assert conference.recording_code == "recording_switched_off"


def test_what_was_asked_for_is_verified_by_a_look(demo_world, slot):
    ConferenceTimeSlot.objects.filter(pk=slot.pk).update(auto_recording_status="enabled")
    sync(51)
    assert recording(slot) == VERIFIED


@pytest.mark.parametrize("status", ["pending", "failed", "not_attempted", "accepted"])
def test_what_was_never_on_is_not_looked_at(demo_world, slot, status):
    ConferenceTimeSlot.objects.filter(pk=slot.pk).update(auto_recording_status=status)
    sync(51)  # finds the others
    switch(demo_world, slot, on=False)
    demo_world.forget_requests()
    sync(51)
    assert seen(demo_world)["meeting"] == 0
    assert stored(slot).auto_recording_status == status


def test_a_look_costs_one_request_and_none_once_the_meeting_is_over(demo_world, slot):
    sync(51)
    demo_world.forget_requests()
    sync(51)
    assert seen(demo_world)["meeting"] == 1
    past = {"starts_at": tomorrow(-48), "ends_at": tomorrow(-47)}
    ConferenceTimeSlot.objects.filter(pk=slot.pk).update(**past)
    switch(demo_world, slot, on=False)
    demo_world.forget_requests()
    sync(51)
    assert seen(demo_world)["meeting"] == 0
    assert recording(slot) == VERIFIED


@pytest.mark.parametrize(
    "fault", [{"status": 403}, {"status": 404}, {"status": 503}, {"raw_body": "no"}]
)
def test_a_look_that_is_refused_changes_nothing(demo_world, slot, fault):
    """Neither the status nor what the sync comes to."""
    sync(51)
    expected = outcome(sync(51)[1], "chat", slot.pk)
    switch(demo_world, slot, on=False)
    demo_world.script(path=r"/onlineMeetings/[^/]+\?*$", **fault)
    _, result = sync(51)
    assert outcome(result, "chat", slot.pk) == expected
    assert recording(slot) == VERIFIED
    demo_world.end_faults()
    sync(51)
    assert recording(slot) == DRIFTED


def test_a_decision_made_meanwhile_is_not_overruled(demo_world, slot, mara):
    """The look was on its way when an administrator let it be."""
    targets = plan_sync(slot.conference, ["chat"]).targets
    [target] = [one for one in targets if one.slot == slot.pk]
    recording_decisions.accept_as_it_is(slot, mara, "The room records")
    found = RemoteMeeting(
        slot.online_meeting_id, "mara", (), slot.chat_thread_id, records_itself=False
    )
    slot.conference.keep_meeting(target, found)
    assert stored(slot).auto_recording_status == "accepted"


def test_the_log_says_it_in_words():
    said = phrases.event("recording_switched_off", {})
    assert said == "Automatic recording is switched off in the meeting, and was on before"
