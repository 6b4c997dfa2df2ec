"""What PostgreSQL answers in the middle of a page: once, and nobody notices; twice, and the run
says so and keeps what it has.
"""

import pytest

from conferences.models import AttendanceSitting
from tests.reliability.lecture import SENTENCE, Lecture
from tests.reliability.moments import FIRST_PAGE, PAGE, RECORDS, Moment, struck


def answer(code: str) -> str:
    return f"RAISE EXCEPTION 'by a test' USING ERRCODE = '{code}'"


TERMINATED = "PERFORM pg_terminate_backend(pg_backend_pid())"
ANSWERS = [
    pytest.param(TERMINATED, id="terminated"),
    pytest.param(answer("53100"), id="disk full"),
    pytest.param(answer("57014"), id="query cancelled"),
    pytest.param(answer("25006"), id="read-only"),
]


@pytest.mark.parametrize("deed", ANSWERS)
def test_once_is_no_matter(lecture: Lecture, deed: str) -> None:
    with struck(lecture.database, PAGE, deed):
        run = lecture.request()
        lecture.finish(run)
    lecture.assert_ended_well(run)


@pytest.mark.parametrize(
    ("moment", "deed", "people"),
    [
        pytest.param(FIRST_PAGE, TERMINATED, 0, id="terminated"),
        pytest.param(PAGE, answer("25006"), 300, id="read-only"),
        pytest.param(RECORDS, answer("53100"), 1000, id="disk full at the end"),
    ],
)
def test_twice_ends_the_run(lecture: Lecture, moment: Moment, deed: str, people: int) -> None:
    """Whole pages are kept, none is there by half, and whoever presses again gets the rest."""
    with struck(lecture.database, moment, deed, times=2):
        run = lecture.finish(lecture.request())
    assert (run.status, run.verdict, run.message) == ("finished", "failed", SENTENCE)
    assert [step.outcome for step in run.steps.all()] == ["failed"]
    assert lecture.people_kept() == people
    assert AttendanceSitting.objects.exists() == bool(people)  # written before its people

    again = lecture.request()
    lecture.finish(again)
    lecture.assert_ended_well(again)
