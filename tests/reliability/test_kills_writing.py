"""SIGKILL in the middle of a transaction: half a page, half a verdict, is none."""

import pytest

from tests.reliability.crew import ALGEBRA, Crew
from tests.reliability.stage import LECTURE
from tests.reliability.standstill import Moment, standstill

MOMENTS = {
    "the meeting is kept": (
        ALGEBRA,
        Moment("UPDATE", "conferences_conference", "NEW.chat_thread_id <> ''"),
    ),
    "the fifth page is stored": (
        LECTURE,
        Moment("INSERT", "conferences_attendancesession", "NEW.entry_id LIKE '%450%'"),
    ),
    "the chat is stored": (ALGEBRA, Moment("INSERT", "conferences_chatmessage")),
    "a transcript is stored": (ALGEBRA, Moment("INSERT", "conferences_transcriptcue")),
    "people are put together": (LECTURE, Moment("INSERT", "conferences_attendancerecord")),
    "the last step ends": (
        ALGEBRA,
        Moment("UPDATE", "syncing_syncstep", "NEW.operation = 'files' AND NEW.outcome <> ''"),
    ),
    "the end is told": (LECTURE, Moment("INSERT", "syncing_syncevent", "NEW.key = 'finished'")),
    "the verdict is passed": (
        ALGEBRA,
        Moment("UPDATE", "syncing_syncrun", "NEW.status = 'finished'"),
    ),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_while_something_is_written(crew: Crew, moment: str) -> None:
    pk, standing = MOMENTS[moment]
    with standstill(crew.stage, standing) as wait_until_reached:
        crew.press(pk)
        wait_until_reached()
        crew.kill_child()
    crew.stage.wait_until_left_alone(crew.run())

    crew.visitor.look(pk, crew.run())

    crew.assert_as_usual(pk, attempt=2)
