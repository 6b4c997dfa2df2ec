"""A process stands still in the middle of a transaction, as one that hangs in C code does."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from scripts.servers.process import wait_until
from tests.reliability.stage import Stage

FOREVER = """
    CREATE VIEW forever AS WITH RECURSIVE numbers(n) AS
    (SELECT 1 UNION ALL SELECT n + 1 FROM numbers LIMIT 1000000000) SELECT n FROM numbers
"""
LOCK = 2
WAIT = f"""
    CREATE FUNCTION stand_still() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_advisory_xact_lock({LOCK}); RETURN NEW; END $$
"""
WAITING = f"SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = {LOCK} AND NOT granted"


@dataclass(frozen=True)
class Moment:
    """The writing of a row that is as ``when`` says."""

    writing: str
    table: str
    when: str = "TRUE"


@contextmanager
def standstill(stage: Stage, moment: Moment) -> Iterator[Callable[[], None]]:
    """Who comes to this moment goes no further: on PostgreSQL while the block lasts, on SQLite
    until counting to a billion is done. Yields what waits for somebody to be there.
    """
    stand = _on_postgresql if stage.on_postgresql else _on_sqlite
    with stand(stage, moment) as is_reached:
        yield lambda: wait_until(is_reached, f"somebody at {moment}")


@contextmanager
def _on_postgresql(stage: Stage, moment: Moment) -> Iterator[Callable[[], bool]]:
    stage.rows(WAIT)
    try:
        with stage.connection() as ours:
            ours.cursor().execute(f"SELECT pg_advisory_lock({LOCK})")
            stage.rows(
                f"CREATE TRIGGER stand BEFORE {moment.writing} ON {moment.table} "
                f"FOR EACH ROW WHEN ({moment.when}) EXECUTE FUNCTION stand_still()"
            )
            yield lambda: bool(stage.rows(WAITING))
    finally:
        stage.rows("DROP FUNCTION stand_still CASCADE")


@contextmanager
def _on_sqlite(stage: Stage, moment: Moment) -> Iterator[Callable[[], bool]]:
    stage.rows(FOREVER)
    stage.rows(
        f"CREATE TRIGGER stand BEFORE {moment.writing} ON {moment.table} WHEN {moment.when} "
        "BEGIN SELECT COUNT(*) FROM forever; END"
    )
    try:
        yield lambda: _is_taken(stage)
    finally:
        stage.rows("DROP TRIGGER stand")
        stage.rows("DROP VIEW forever")


def _is_taken(stage: Stage) -> bool:
    """Whether somebody has been writing for longer than any of our transactions takes."""
    ours = sqlite3.connect(stage.site.folder / "db.sqlite3", timeout=0.7, isolation_level=None)
    try:
        ours.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return True
    finally:
        ours.close()
    return False
