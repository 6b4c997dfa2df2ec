"""The pages die under a click: it is kept or visibly refused, never lost, never doubled."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from scripts.servers.process import children_of, wait_until
from tests.reliability.crew import ALGEBRA, Crew, insist
from tests.reliability.stage import Stage
from tests.reliability.standstill import Moment, standstill

ASKED = Moment("INSERT", "syncing_syncevent", "NEW.key = 'requested'")
BELL = Moment("UPDATE", "syncing_syncrun", "NEW.rung_at IS NOT NULL")


@pytest.mark.parametrize("everything", [False, True], ids=["children", "master and children"])
def test_who_is_killed_before_the_click_is_kept_has_kept_nothing(
    crew: Crew, everything: bool
) -> None:
    stage = crew.stage
    with press_cut_off_at(ASKED, crew):
        if everything:
            stage.site.kill_web()
        else:
            crew.kill_web_children()
    assert stage.runs() == 0
    if everything:
        stage.site.start_web()

    insist(lambda: crew.visitor.press_sync(ALGEBRA), "an answer to the next click")

    crew.assert_as_usual(ALGEBRA, attempt=1)


def test_who_is_killed_before_the_bell_has_kept_the_click(crew: Crew) -> None:
    """The bell may be written down without having been rung: looking rings it ten seconds later."""
    with press_cut_off_at(BELL, crew):
        crew.kill_web_children()
    run = crew.run()

    insist(lambda: crew.visitor.press_sync(ALGEBRA), "an answer to the next click")
    wait_until(lambda: crew.visitor.look(ALGEBRA, run)["status"] == "finished", "the end")

    crew.assert_as_usual(ALGEBRA, attempt=1)


@contextmanager
def press_cut_off_at(moment: Moment, crew: Crew) -> Iterator[None]:
    """Who has pressed is told by a broken connection."""
    with ThreadPoolExecutor(1) as pool, standstill(crew.stage, moment) as wait_until_reached:
        answer = pool.submit(crew.visitor.answer_to_press, ALGEBRA)
        wait_until_reached()
        yield
        with pytest.raises(requests.ConnectionError):
            answer.result()


@contextmanager
def nobody_writes(stage: Stage) -> Iterator[Callable[[], None]]:
    """Yields what waits until somebody tries."""
    with stage.connection() as ours:
        cursor = ours.cursor()
        if stage.on_postgresql:
            cursor.execute("BEGIN; LOCK TABLE syncing_syncrun IN EXCLUSIVE MODE")
        else:
            cursor.execute("BEGIN IMMEDIATE")
        yield lambda: wait_until(lambda: tries_to_write(stage), "a click that wants to be kept")
        cursor.execute("COMMIT")


def tries_to_write(stage: Stage) -> bool:
    """On SQLite: whether a page has the database open. Nobody but the click's does."""
    if stage.on_postgresql:
        waiting = "SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = 'relation'"
        return bool(stage.rows(waiting))
    database = str(stage.site.folder / "db.sqlite3")
    pages = children_of(stage.site.pid("web"))
    return any(os.path.realpath(fd) == database for pid in pages for fd in open_files(pid))


def open_files(pid: int) -> list[Path]:
    return list(Path(f"/proc/{pid}/fd").iterdir())


def test_only_gunicorns_master_is_killed(crew: Crew) -> None:
    """Its children answer whom they are serving, and go."""
    stage = crew.stage
    master = stage.site.pid("web")
    children = children_of(master)
    with ThreadPoolExecutor(1) as pool:
        with nobody_writes(stage) as wait_until_tried:
            answer = pool.submit(crew.visitor.answer_to_press, ALGEBRA)
            wait_until_tried()
            os.kill(master, signal.SIGKILL)
        assert answer.result().status_code == 202
    gone = [Path(f"/proc/{pid}") for pid in children]
    wait_until(lambda: not any(path.exists() for path in gone), "the end of gunicorn's children")
    with pytest.raises(requests.ConnectionError):
        crew.visitor.look(ALGEBRA, crew.run())

    stage.site.start_web()

    crew.assert_as_usual(ALGEBRA, attempt=1)
    assert crew.visitor.look(ALGEBRA, crew.run())["percent"] == 100
