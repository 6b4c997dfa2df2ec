"""What the vendor seems to say while a meeting is made is believed only if it can be an answer."""

import pytest

from tests.faults.asked import REQUESTS
from tests.faults.desk import Desk, events_of
from tests.faults.table import FAULTS
from tests.faults.wishes import make, wait_for_link

WRITES = ("event moved", "event removed", "old event removed", "recording", "switched off")


@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize("fault", ["HTML", "a list", "missing keys"])
def test_an_answer_that_is_none_is_not_believed(desk: Desk, fault: str, name: str) -> None:
    asked = REQUESTS[name]
    slot = asked.asking(desk)
    with desk.struck(asked, **FAULTS[fault].does):
        desk.work(slot)
    assert slot.problem_code == "bad_response"
    desk.try_again(slot)
    desk.check(slot, asked.asking)


def test_an_event_that_is_not_found_for_once_is_not_left_behind(desk: Desk) -> None:
    """As a mailbox does that is being moved, or read from a copy that is behind."""
    slot = wait_for_link(desk)
    with desk.struck(REQUESTS["link read"], status=404, times=1):
        desk.work(slot)
    desk.try_again(slot)
    desk.check(slot, wait_for_link)


ODD_LINKS = {"an essay": "x" * 3000, "no address": "soon", "of another kind": "tel:+49301"}


@pytest.mark.parametrize("link", ODD_LINKS.values(), ids=ODD_LINKS)
def test_an_event_with_an_odd_link_is_known_and_its_link_is_not_believed(
    desk: Desk, link: str
) -> None:
    """It was made: who forgot its id would leave it behind."""
    slot = make(desk)
    with desk.struck(REQUESTS["event made"], REQUESTS["event read"], leaves={"joinUrl": link}):
        desk.work(slot)
    assert (slot.problem_code, slot.meeting_link) == ("bad_response", None)
    [event] = events_of(desk.sandbox, slot)
    assert slot.meeting_id == event["event_id"]
    desk.try_again(slot)
    desk.check(slot, make)


@pytest.mark.parametrize("name", ["event made", "event moved"])
def test_an_odd_link_that_nobody_needs_is_nobodys_concern(desk: Desk, name: str) -> None:
    """A new event is read again if it did not tell its link; a moved one has its own."""
    asked = REQUESTS[name]
    slot = asked.asking(desk)
    with desk.struck(asked, leaves={"joinUrl": "x" * 3000}):
        desk.work(slot)
    assert slot.problem_code is None
    desk.clear()
    desk.check(slot, asked.asking)
