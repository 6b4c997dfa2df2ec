"""What is asked of a time slot's meeting; a worker's part is still to come."""

from conferences.actions import changes, meetings, recording_decisions
from conferences.models import ConferenceTimeSlot
from conferences.models.change import ChangeKind
from tests.faults.desk import HOUR, Desk


def make(desk: Desk) -> ConferenceTimeSlot:
    return desk.new_slot()


def make_with_late_link(desk: Desk) -> ConferenceTimeSlot:
    desk.hinder(late_link=1)
    return desk.new_slot()


def make_without_licence(desk: Desk) -> ConferenceTimeSlot:
    desk.hinder(licence=False)
    return desk.new_slot()


def wait_for_link(desk: Desk) -> ConferenceTimeSlot:
    """Its event was made, and did not tell its link."""
    desk.hinder(late_link=2)
    slot = desk.new_slot()
    desk.work(slot)
    assert slot.meeting_id
    assert not slot.meeting_link
    meetings.try_again(slot, desk.mara)
    return slot


def move(desk: Desk) -> ConferenceTimeSlot:
    slot = desk.slot_with_meeting(move)
    meetings.move_slot(slot, slot.starts_at + HOUR, slot.ends_at + HOUR, by=desk.mara)
    return slot


def recreate(desk: Desk) -> ConferenceTimeSlot:
    slot = desk.slot_with_meeting(recreate)
    meetings.recreate_meeting(slot, desk.mara)
    return slot


def cancel(desk: Desk) -> ConferenceTimeSlot:
    slot = desk.new_slot()
    desk.work(slot)
    meetings.cancel_slot(slot, desk.mara)
    return slot


def switch(desk: Desk) -> ConferenceTimeSlot:
    """An administrator wants no recording, after somebody had wanted one again."""
    slot = desk.slot_with_meeting(switch)
    if not slot.is_recording_wanted:
        recording_decisions.opt_in(slot, desk.mara)
        desk.work(slot)
    recording_decisions.opt_out(slot, desk.mara, "Oral exam")
    return slot


def check(desk: Desk) -> ConferenceTimeSlot:
    slot = desk.slot_with_meeting(check)
    changes.request_change(slot, ChangeKind.REPAIRED, desk.mara)
    return slot
