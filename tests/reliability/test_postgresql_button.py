"""PostgreSQL is lost to somebody who presses Sync Data: told so, and the next press is as good as
the first.
"""

from typing import Any

import pytest

from syncing.models import SyncRun
from tests.reliability.gate import Gate
from tests.reliability.lecture import SENTENCE, Lecture
from tests.reliability.moments import REQUEST, REQUEST_COMMIT, Moment, read_only, stopped
from tests.reliability.reader import Reader


def assert_told(answer: Any) -> None:
    assert (answer.status_code, answer.json()) == (503, {"error": SENTENCE})


def assert_taken(answer: Any, lecture: Lecture) -> None:
    """As the one run, and it can be worked on."""
    assert answer.status_code == 202
    run = answer.json()["run"]
    assert list(SyncRun.objects.values_list("pk", flat=True)) == [run]
    assert lecture.finish(run).verdict == "success"
    lecture.assert_as_undisturbed()


def test_a_connection_that_was_cut_meanwhile_is_opened_anew(
    lecture: Lecture, door: Gate, reader: Reader
) -> None:
    door.cut()
    assert reader.look().result(timeout=60).status_code == 200
    door.cut()
    assert_taken(reader.press_sync().result(timeout=60), lecture)


def test_nobody_there(lecture: Lecture, door: Gate, reader: Reader) -> None:
    door.shut()
    assert_told(reader.look().result(timeout=60))
    assert_told(reader.press_sync().result(timeout=60))
    assert not SyncRun.objects.exists()
    door.open()
    assert_taken(reader.press_sync().result(timeout=60), lecture)


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(REQUEST, id="before the run is written down"),
        pytest.param(REQUEST_COMMIT, id="and the run is kept without a word"),
    ],
)
def test_cut_off_while_a_run_is_made(
    lecture: Lecture, door: Gate, reader: Reader, moment: Moment
) -> None:
    with stopped(lecture.database, moment) as stop:
        pressing = reader.press_sync()
        stop.wait_until_reached()
        door.cut()
        stop.go()
        answer = pressing.result(timeout=60)
    assert_taken(answer, lecture)


def test_only_to_be_read(lecture: Lecture, door: Gate, reader: Reader) -> None:
    with read_only(lecture.database):
        door.cut()
        assert_told(reader.press_sync().result(timeout=60))
    door.cut()
    assert_taken(reader.press_sync().result(timeout=60), lecture)
