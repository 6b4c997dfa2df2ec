"""The database server cuts its clients off in the middle of a run."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg2
import pytest

from scripts.servers.process import wait_until
from tests.conftest import DATABASE_URL
from tests.reliability.stage import LECTURE, PEOPLE, STEPS, Stage
from tests.reliability.visitor import Visitor

OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def cut_off(stage: Stage, which: str = "TRUE") -> int:
    """End the server's side of connections to the site's database. How many."""
    return len(stage.rows(f"SELECT pg_terminate_backend(pid) {OTHERS} AND {which}"))


@contextmanager
def closed_to_everyone(stage: Stage) -> Iterator[None]:
    """As while a server restarts: who is in is cut off, who comes is refused."""
    administration = psycopg2.connect(DATABASE_URL)
    administration.autocommit = True
    database = stage.database_url.rpartition("/")[2]
    try:
        with administration.cursor() as cursor:
            cursor.execute(f"ALTER DATABASE {database} ALLOW_CONNECTIONS false")
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                f"WHERE datname = '{database}'"
            )
            yield
            cursor.execute(f"ALTER DATABASE {database} ALLOW_CONNECTIONS true")
    finally:
        with administration.cursor() as cursor:
            cursor.execute(f"ALTER DATABASE {database} ALLOW_CONNECTIONS true")
        administration.close()


def assert_ended_well(stage: Stage, run: int, attempt: int = 1) -> None:
    ended = stage.wait_for_end(run)
    assert (ended["verdict"], ended["attempt"], ended["items"]) == ("success", attempt, PEOPLE)
    assert stage.steps(run) == STEPS
    assert stage.events(run).count("finished") == 1
    stage.assert_as_undisturbed()


def test_a_terminated_connection_is_opened_again(stage: Stage, visitor: Visitor) -> None:
    worker = stage.start_worker()
    with stage.hold_page(5) as hold:
        run = visitor.press_sync(LECTURE)["run"]
        hold.wait_until_reached()
        assert cut_off(stage) >= 1
    assert_ended_well(stage, run)
    assert "The database connection broke, trying again" in stage.site.log(worker)
    assert visitor.look(LECTURE, run)["percent"] == 100  # the pages' connections were cut as well


def wait_until_stopped(stage: Stage, what: str) -> str:
    """Until somebody waits for a lock of ours with a query like ``what``; how to find them."""
    stopped = f"wait_event_type = 'Lock' AND query LIKE '{what}'"
    wait_until(lambda: bool(stage.rows(f"SELECT 1 {OTHERS} AND {stopped}")), f"a stopped {what}")
    return stopped


@pytest.mark.parametrize(
    ("table", "statement"),
    [
        pytest.param("attendancesitting", "COMMIT", id="a page"),
        pytest.param("membership", "COMMIT", id="the people"),
    ],
)
def test_a_transaction_that_is_lost_at_its_commit_is_done_again(
    stage: Stage, visitor: Visitor, table: str, statement: str
) -> None:
    """Foreign keys are checked at the commit: a lock on the rows of ``table`` stops it there."""
    stage.start_worker()
    with stage.connection() as ours, ours.cursor() as cursor:
        ours.autocommit = False
        with stage.hold_page(10) as hold:
            run = visitor.press_sync(LECTURE)["run"]
            hold.wait_until_reached()
            stage.wait_for_beats(run, 1)  # the pages before are saved
            cursor.execute(f"SELECT 1 FROM conferences_{table} FOR UPDATE")
        stopped = wait_until_stopped(stage, statement)
        assert cut_off(stage, stopped) == 1
        ours.rollback()
    assert_ended_well(stage, run)


def test_the_end_of_a_report_that_is_lost_marks_nobody_as_vanished(
    stage: Stage, visitor: Visitor
) -> None:
    """After the last record the report is closed: what it no longer holds is marked then.

    A second lock waits in line behind the save of the last records and before the closing.
    """
    stage.start_worker()
    with (
        ThreadPoolExecutor(1) as pool,
        stage.connection() as first,
        stage.connection() as second,
        first.cursor() as on_sitting,
        second.cursor() as on_sessions,
    ):
        first.autocommit = second.autocommit = False
        with stage.hold_page(10) as hold:
            run = visitor.press_sync(LECTURE)["run"]
            hold.wait_until_reached()
            stage.wait_for_beats(run, 1)
            on_sitting.execute("SELECT 1 FROM conferences_attendancesitting FOR UPDATE")
        wait_until_stopped(stage, "COMMIT")
        table = "conferences_attendancesession"
        locked = pool.submit(on_sessions.execute, f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        wait_until_stopped(stage, "LOCK TABLE%")
        first.rollback()
        locked.result(timeout=30)
        assert cut_off(stage, wait_until_stopped(stage, f"SELECT%{table}%")) == 1
        second.rollback()
    assert_ended_well(stage, run)


def test_a_step_whose_writing_is_lost_is_written_again(stage: Stage, visitor: Visitor) -> None:
    stage.start_worker()
    with stage.connection() as ours, ours.cursor() as cursor:
        ours.autocommit = False
        with stage.hold_page(10) as hold:
            run = visitor.press_sync(LECTURE)["run"]
            hold.wait_until_reached()
            cursor.execute("LOCK TABLE syncing_syncstep IN ACCESS EXCLUSIVE MODE")
        assert cut_off(stage, wait_until_stopped(stage, "%syncing_syncstep%")) == 1
        ours.rollback()
    assert_ended_well(stage, run)


@pytest.mark.parametrize(
    ("words", "attempt"),
    [
        pytest.param("raised unexpected: DatabaseLostError", 2, id="longer than it tries"),
        pytest.param("try 1 of 3", 1, id="shorter"),
    ],
)
def test_a_run_outlives_an_outage_of_the_database(
    stage: Stage, visitor: Visitor, words: str, attempt: int
) -> None:
    worker = stage.start_worker()
    with stage.hold_page(5) as hold:
        run = visitor.press_sync(LECTURE)["run"]
        hold.wait_until_reached()
        with closed_to_everyone(stage):
            hold.release()
            stage.wait_for_words(worker, words)
    wait_until(lambda: visitor.look(LECTURE, run)["status"] == "finished", "the end of the run")
    assert_ended_well(stage, run, attempt)


def test_a_worker_frozen_in_a_transaction_keeps_nobody_waiting(
    stage: Stage, visitor: Visitor
) -> None:
    """It holds the lock on its run's row until the server loses patience with it."""
    frozen = stage.start_worker()
    with stage.connection() as ours, ours.cursor() as cursor:
        ours.autocommit = False
        with stage.hold_page(5) as hold:
            run = visitor.press_sync(LECTURE)["run"]
            hold.wait_until_reached()
            stage.start_worker()
            cursor.execute("LOCK TABLE conferences_attendancesession IN ACCESS EXCLUSIVE MODE")
        wait_until_stopped(stage, "%attendancesession%")
        stage.site.freeze_worker(frozen)
        ours.rollback()
    wait_until(lambda: visitor.look(LECTURE, run)["status"] == "finished", "the end of the run")
    ended = stage.run(run)
    stage.site.thaw_worker(frozen)
    stage.wait_for_words(frozen, f"Run {run} is no longer attempt 1's.")
    assert stage.run(run) == ended
    assert_ended_well(stage, run, attempt=2)
