"""What the vendor may do wrong on the way from a plan to a recorded meeting: told as it is, nothing
known is lost, and "try again" ends where nothing had gone wrong.
"""

import pytest

from conferences.models import ConferenceTimeSlot
from platforms.reasons import ReasonCode, who_acts
from syncing.outcomes import Reason
from syncing.phrases import sentence
from tests.faults.asked import REQUESTS
from tests.faults.desk import Desk, known_of
from tests.faults.meeting_table import FAULTS, PASSING, REASONS

ALL = [(fault, name) for fault, row in FAULTS.items() for name in REQUESTS if name in row.asked]
WISHES = {asked.asking.__name__: asked.asking for asked in REQUESTS.values()}
HINDERED = {"make_without_licence": "no_teams_licence"}  # for as long as there is none
LOST = {"404", "410"}


@pytest.mark.parametrize(("fault", "name"), ALL)
def test_a_fault_that_stays_is_told_and_what_is_left_is_done_later(
    desk: Desk, fault: str, name: str
) -> None:
    asked, code = REQUESTS[name], FAULTS[fault].code_of(name)
    who, begins = REASONS[code]
    slot = asked.asking(desk)
    known = known_of(slot)
    with desk.struck(asked, **FAULTS[fault].does):
        said = desk.work(slot)
    assert known.items() <= known_of(slot).items()
    assert (slot.problem_code, str(who_acts(ReasonCode(code)))) == (code, who)
    assert sentence_of(slot).startswith(begins.format(permission=asked.permission))
    lost = asked.lost if fault in LOST else ""
    assert sentence_of(slot) in said
    assert slot.auto_recording_status == (lost or asked.status)
    assert bool(slot.meeting_link) is asked.has_link
    desk.try_again(slot)
    desk.check(slot, asked.asking)


@pytest.mark.parametrize("wish", WISHES)
@pytest.mark.parametrize("fault", PASSING)
def test_faults_that_pass_leave_no_trace(desk: Desk, fault: str, wish: str) -> None:
    """Each kind of request of this change is struck once."""
    asking = WISHES[wish]
    requests = [asked for asked in REQUESTS.values() if asked.asking is asking]
    slot = asking(desk)
    with desk.struck(*requests, times=1, **PASSING[fault]):
        desk.work(slot)
    assert slot.problem_code == HINDERED.get(wish)
    if wish in HINDERED:
        desk.try_again(slot)
    desk.clear()
    desk.check(slot, asking)


def sentence_of(slot: ConferenceTimeSlot) -> str:
    return sentence(Reason(ReasonCode(slot.problem_code or ""), slot.problem_params))
