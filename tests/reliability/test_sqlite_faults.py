"""The database file takes no more: locked for too long, full, only to be read, or not there."""

import sqlite3
from concurrent.futures import wait
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from scripts.servers.process import wait_until
from syncing.database import DatabaseLostError
from syncing.models import SyncRun
from tests.reliability.lecture import PATIENCE_SECONDS, SENTENCE, Lecture, led_to
from tests.reliability.reader import Reader

TIMEOUT = {"timeout": 1}  # seconds that a connection waits for another writer
ROOM = 60  # pages of the file, of which a sync of the lecture needs about twice as many


def database() -> str:
    return str(connection.settings_dict["NAME"])


def assert_told(answer: Any) -> None:
    assert (answer.status_code, answer.json()) == (503, {"error": SENTENCE})


def test_another_writer_has_it_for_too_long(
    lecture: Lecture, reader: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody can write down how it ended: the run is left, and taken over when its lease ends."""
    with led_to(OPTIONS=TIMEOUT), lecture.held_at(5) as work:
        wait_until(lambda: lecture.people_kept() == 400, "the pages before")
        with closing(sqlite3.connect(database(), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            work.hold.release()
            pressing = reader.press_sync()
            assert isinstance(work.result.exception(timeout=60), DatabaseLostError)
            assert_told(pressing.result(timeout=60))
            assert reader.look().result(timeout=60).status_code == 200
            other.execute("ROLLBACK")
    assert "database is locked" in caplog.text
    assert (lecture.look(work.run).status, lecture.people_kept()) == ("running", 400)
    lecture.leave_alone(work.run)
    lecture.finish(work.run)
    lecture.assert_ended_well(work.run, attempt=2)


def test_a_full_file_leaves_no_half_page(
    lecture: Lecture, caplog: pytest.LogCaptureFixture
) -> None:
    """Whether there is room enough left to write down the end is up to SQLite."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # what others have left empty is given back
        [pages] = cursor.execute("PRAGMA page_count").fetchone()
    usual = connection.settings_dict["OPTIONS"]["init_command"]
    full = f"{usual} PRAGMA max_page_count = {pages + ROOM};"
    run = lecture.request()
    with led_to(OPTIONS={"init_command": full}):
        work = lecture.work(run)
        wait([work], PATIENCE_SECONDS)
    assert "database or disk is full" in caplog.text
    assert lecture.people_kept() in range(100, 1000, 100)
    lecture.see_through(run, work)


def test_a_file_that_may_only_be_read(lecture: Lecture, reader: Reader) -> None:
    """Nobody can take the run, so it waits as it did."""
    run = lecture.request()
    with led_to(NAME=f"file:{database()}?mode=ro"):
        assert "readonly" in str(lecture.work(run).exception(timeout=60))
        assert_told(reader.press_sync().result(timeout=60))
        assert reader.look().result(timeout=60).status_code == 200
    assert lecture.look(run).status == "queued"
    lecture.finish(run)
    lecture.assert_ended_well(run)


@pytest.mark.parametrize(
    "name", [pytest.param("new.sqlite3", id="empty"), pytest.param("none/db.sqlite3", id="missing")]
)
def test_another_file_in_its_place(
    lecture: Lecture, reader: Reader, tmp_path: Path, name: str
) -> None:
    with led_to(NAME=str(tmp_path / name)):
        assert_told(reader.look().result(timeout=60))
        assert_told(reader.press_sync().result(timeout=60))
    assert reader.press_sync().result(timeout=60).status_code == 202
    assert SyncRun.objects.count() == 1
