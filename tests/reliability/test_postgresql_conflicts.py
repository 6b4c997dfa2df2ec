"""Somebody else's transaction and a page's are in each other's way: the page is done again."""

from concurrent.futures import ThreadPoolExecutor

import psycopg2
import pytest
from psycopg2.extensions import ISOLATION_LEVEL_REPEATABLE_READ

from scripts.servers.process import wait_until
from tests.reliability.lecture import Lecture, led_to
from tests.reliability.moments import PAGE, connected, stopped

OTHER_LOCK = 84
TOUCH = "UPDATE syncing_syncrun SET rung_at = now() WHERE id = {}"
BLOCKED = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '{}%%'"


def wait_until_blocked(database: str, query: str) -> None:
    with connected(database) as cursor:

        def is_blocked() -> bool:
            cursor.execute(BLOCKED.format(query))
            return bool(cursor.fetchall())

        wait_until(is_blocked, f"a blocked {query}")


def test_a_deadlock_costs_a_page_one_more_try(
    lecture: Lecture, caplog: pytest.LogCaptureFixture
) -> None:
    """The page holds its run's row and wants the other lock, we hold the lock and want the row.
    Of the two the last to wait looks for a deadlock first, and gives way.
    """
    with (
        ThreadPoolExecutor(1) as pool,
        connected(lecture.database) as ours,
        stopped(lecture.database, PAGE, f"PERFORM pg_advisory_xact_lock({OTHER_LOCK})") as stop,
    ):
        ours.execute("SET deadlock_timeout = '10min'")
        ours.execute(f"SELECT pg_advisory_lock({OTHER_LOCK})")
        run = lecture.request()
        work = lecture.work(run)
        stop.wait_until_reached()
        touching = pool.submit(ours.execute, TOUCH.format(run))
        wait_until_blocked(lecture.database, "UPDATE syncing_syncrun")
        stop.go()
        touching.result(timeout=60)
        ours.execute("SELECT pg_advisory_unlock_all()")
    lecture.finish(run, work)
    assert "deadlock detected" in caplog.text
    lecture.assert_ended_well(run)


def test_a_serialization_failure_costs_a_page_one_more_try(
    lecture: Lecture, caplog: pytest.LogCaptureFixture
) -> None:
    """On a server whose transactions are stricter than PostgreSQL's usual ones."""
    ours = psycopg2.connect(lecture.database)
    stricter = {"isolation_level": ISOLATION_LEVEL_REPEATABLE_READ}
    with led_to(OPTIONS=stricter), lecture.held_at(5) as work, ours.cursor() as cursor:
        cursor.execute(TOUCH.format(work.run))
        work.hold.release()
        wait_until_blocked(lecture.database, 'UPDATE "syncing_syncrun"')
        ours.commit()
        lecture.finish(work.run, work.result)
    ours.close()
    assert "could not serialize access" in caplog.text
    lecture.assert_ended_well(work.run)
