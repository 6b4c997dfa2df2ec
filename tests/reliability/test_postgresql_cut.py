"""The connection to PostgreSQL is cut on its way, and the server does not know: a gate's restart,
as a pooler's, in the moments of a run.
"""

import pytest
from django.db import OperationalError

from scripts.servers.process import wait_until
from tests.reliability.gate import Gate
from tests.reliability.lecture import Lecture
from tests.reliability.moments import (
    CLAIM,
    PAGE,
    PAGE_COMMIT,
    STEP_END,
    VERDICT,
    VERDICT_COMMIT,
    Moment,
    stopped,
)


def test_between_two_pages(lecture: Lecture, door: Gate) -> None:
    with lecture.held_at(5) as work:
        door.cut()
    lecture.finish(work.run, work.result)
    lecture.assert_ended_well(work.run)


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(PAGE, id="a page"),
        pytest.param(PAGE_COMMIT, id="a page's commit"),
        pytest.param(STEP_END, id="the end of a step"),
        pytest.param(VERDICT, id="the verdict"),
        pytest.param(VERDICT_COMMIT, id="the verdict's commit"),
    ],
)
def test_what_was_under_way_is_done_once(lecture: Lecture, door: Gate, moment: Moment) -> None:
    """The server goes on with what it has, and may even commit it: nobody told it to stop."""
    with stopped(lecture.database, moment) as stop:
        run = lecture.request()
        work = lecture.work(run)
        stop.wait_until_reached()
        door.cut()
    lecture.finish(run, work)
    lecture.assert_ended_well(run)


def test_a_claim_that_nobody_heard_of(lecture: Lecture, door: Gate) -> None:
    """The server gives the run away and cannot say so: the lease's end tells."""
    with stopped(lecture.database, CLAIM) as stop:
        run = lecture.request()
        work = lecture.work(run)
        stop.wait_until_reached()
        door.cut()
    assert not work.exception(timeout=30) or isinstance(work.exception(), OperationalError)
    wait_until(lambda: lecture.look(run).attempt == 1, "the claim's commit")
    assert lecture.events(run) == ["requested"]
    assert lecture.finish(run).attempt == 1  # nobody else may have it yet
    lecture.leave_alone(run)
    assert lecture.finish(run).attempt == 2
    assert lecture.events(run)[:2] == ["requested", "taken_over"]
    lecture.assert_as_undisturbed()


def test_a_pooler_that_is_away_for_a_moment(
    lecture: Lecture, door: Gate, caplog: pytest.LogCaptureFixture
) -> None:
    with lecture.held_at(5) as work:
        door.shut()
        work.hold.release()
        wait_until(lambda: "try 1 of 3" in caplog.text, "the first try")
        door.open()
        lecture.finish(work.run, work.result)
    lecture.assert_ended_well(work.run)
