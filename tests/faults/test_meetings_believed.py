"""What the vendor seems to say while a meeting is made is believed only if it can be an answer."""

import pytest

from tests.faults.asked import REQUESTS
from tests.faults.desk import Desk
from tests.faults.table import FAULTS
from tests.faults.wishes import wait_for_link

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
