"""Moments of a run, as PostgreSQL meets them, and what can be made to happen there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg2

from scripts.servers.process import wait_until

LOCK = 83
STOP = f"PERFORM pg_advisory_xact_lock({LOCK})"
WAITS = f"SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = {LOCK} AND NOT granted"


@dataclass(frozen=True)
class Moment:
    """The writing of a row that is as ``when`` says, or the commit of what wrote it. ``number``:
    not the first such row, but a later one.
    """

    writing: str
    table: str
    when: str = "TRUE"
    number: int = 1
    is_commit: bool = False


RUN, STEP = "syncing_syncrun", "syncing_syncstep"
SESSION = "conferences_attendancesession"
ENDS = "NEW.status = 'finished'"

REQUEST = Moment("INSERT", RUN)
REQUEST_COMMIT = Moment("INSERT", RUN, is_commit=True)
CLAIM = Moment("UPDATE", RUN, "NEW.attempt > OLD.attempt")
FIRST_PAGE = Moment("INSERT", SESSION)
PAGE = Moment("INSERT", SESSION, number=450)  # in the middle of the fourth page
PAGE_COMMIT = Moment("INSERT", SESSION, number=450, is_commit=True)
RECORDS = Moment("INSERT", "conferences_attendancerecord", number=500)
STEP_END = Moment("UPDATE", STEP, "NEW.outcome IS NOT NULL")
VERDICT = Moment("UPDATE", RUN, ENDS)
VERDICT_COMMIT = Moment("UPDATE", RUN, ENDS, is_commit=True)


@contextmanager
def struck(database: str, moment: Moment, deed: str, times: int = 1) -> Iterator[None]:
    """At this moment PostgreSQL does ``deed`` (PL/pgSQL), and once it has done so, nothing."""
    trigger = "CREATE TRIGGER strike BEFORE {} ON {}"
    if moment.is_commit:
        trigger = "CREATE CONSTRAINT TRIGGER strike AFTER {} ON {} DEFERRABLE INITIALLY DEFERRED"
    _execute(
        database,
        f"""
        CREATE SEQUENCE strikes;  -- counts on, also when its transaction is lost
        CREATE FUNCTION strike() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            number bigint := nextval('strikes');
        BEGIN
            IF number BETWEEN {moment.number} AND {moment.number + times - 1} THEN
                {deed};
            END IF;
            RETURN NEW;
        END $$;
        {trigger.format(moment.writing, moment.table)}
        FOR EACH ROW WHEN ({moment.when}) EXECUTE FUNCTION strike();
        """,
    )
    try:
        yield
    finally:
        _execute(database, "DROP FUNCTION strike CASCADE; DROP SEQUENCE strikes")


@contextmanager
def stopped(database: str, moment: Moment, then: str = "NULL") -> Iterator["Stop"]:
    """Whoever comes first to this moment waits there, until ``go()`` or the block's end. Then
    PostgreSQL does what ``then`` says.
    """
    with struck(database, moment, f"{STOP}; {then}"), connected(database) as cursor:
        cursor.execute(f"SELECT pg_advisory_lock({LOCK})")
        yield Stop(cursor)


class Stop:
    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def wait_until_reached(self) -> None:
        wait_until(self._is_reached, "somebody at the stop")

    def go(self) -> None:
        self._cursor.execute("SELECT pg_advisory_unlock_all()")

    def _is_reached(self) -> bool:
        self._cursor.execute(WAITS)
        return bool(self._cursor.fetchall())


def _execute(database: str, statement: str) -> None:
    with connected(database) as cursor:
        cursor.execute(statement)


@contextmanager
def connected(database: str) -> Iterator[Any]:
    connection = psycopg2.connect(database)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


@contextmanager
def read_only(database: str) -> Iterator[None]:
    """For whoever connects from now on, as to a standby."""
    name = database.rpartition("/")[2]
    with connected(database) as cursor:
        cursor.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        try:
            yield
        finally:
            cursor.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")
