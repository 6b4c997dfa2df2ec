"""A database connection that works, or a clear error within 35 seconds."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import Error, InterfaceError, InternalError, OperationalError, connection

logger = logging.getLogger(__name__)
Result = TypeVar("Result")

DEADLINE_SECONDS = 35.0
PAUSE_SECONDS = 1.0
READ_ONLY = "25006"  # PostgreSQL's code; Django files it under faults inside the database


class DatabaseLostError(Exception):
    """The database did not come back within three tries."""


def is_lost(error: BaseException | None) -> bool:
    """Whether the database is at fault and not what was asked of it: it went away, has no room or
    no time, or may only be read, as a standby that a failover leads to.
    """
    if isinstance(error, InternalError):
        return getattr(error.__cause__, "pgcode", None) == READ_ONLY
    return isinstance(error, OperationalError | InterfaceError | DatabaseLostError)


def ensure_db_connection(max_retries: int = 3, seconds: float = DEADLINE_SECONDS) -> None:
    """Leave with a connection that answers, or raise DatabaseLostError: after ``max_retries``
    tries, or after about ``seconds``.

    Never inside a transaction: there a broken connection means that the transaction is lost.
    """
    if connection.in_atomic_block:
        raise RuntimeError("ensure_db_connection() was called inside a transaction.")
    deadline = time.monotonic() + seconds
    for attempt in range(1, max_retries + 1):
        try:
            with _connecting_within(deadline - time.monotonic()):
                connection.ensure_connection()
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            return
        except (OperationalError, InterfaceError) as error:
            logger.warning("Database connection, try %s of %s: %s", attempt, max_retries, error)
            connection.close()
            if attempt == max_retries or time.monotonic() + PAUSE_SECONDS > deadline:
                raise DatabaseLostError(str(error)) from error
            threading.Event().wait(PAUSE_SECONDS)


@contextmanager
def _connecting_within(seconds: float) -> Iterator[None]:
    """A server that says nothing may take so long, and no more (2 seconds are libpq's least)."""
    usual = connection.settings_dict  # all threads share it: ours gets one of its own
    configured = usual["OPTIONS"].get("connect_timeout")
    if configured is None:  # SQLite connects to no server
        yield
        return
    options = {**usual["OPTIONS"], "connect_timeout": max(2, min(configured, int(seconds)))}
    connection.settings_dict = {**usual, "OPTIONS": options}
    try:
        yield
    finally:
        connection.settings_dict = usual


def with_database(work: Callable[[], Result]) -> Result:
    """Do ``work`` (one transaction, safe to repeat); once more after a fault of the database."""
    try:
        return _once(work)
    except Error as error:
        if not is_lost(error):
            raise
        logger.warning("The database connection broke, trying again: %s", error)
        connection.close()
        ensure_db_connection()
    try:
        return _once(work)
    except Error as error:
        if not is_lost(error):
            raise
        connection.close()
        raise DatabaseLostError(str(error)) from error


def _once(work: Callable[[], Result]) -> Result:
    """At the end of a transaction that was lost, Django connects anew before it says so. It must
    not take long: who has waited for an answer in vain is to hear of it.
    """
    connection.ensure_connection()
    with _connecting_within(0):
        return work()
