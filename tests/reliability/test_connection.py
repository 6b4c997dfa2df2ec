"""ensure_db_connection: a connection that answers, or one clear error after three tries."""

import pytest
from django.db import OperationalError, connection, connections, transaction

from syncing.database import DatabaseLostError, ensure_db_connection, with_database

pytestmark = pytest.mark.django_db(transaction=True)


class Refusing:
    """Stands before the database and loses the first ``times`` questions whether it is there."""

    def __init__(self, times: int) -> None:
        self.times, self.tries = times, 0

    def __call__(self, execute, sql, params, many, context):
        if sql == "SELECT 1":
            self.tries += 1
            if self.tries <= self.times:
                raise OperationalError("server closed the connection unexpectedly")
        return execute(sql, params, many, context)


def test_a_working_connection_is_kept():
    ensure_db_connection()
    kept = connection.connection
    ensure_db_connection()
    assert connection.connection is kept


def test_a_broken_connection_is_replaced():
    ensure_db_connection()
    broken, refusing = connection.connection, Refusing(times=2)
    with connection.execute_wrapper(refusing):
        ensure_db_connection()
    assert refusing.tries == 3
    assert connection.connection is not None
    assert connection.connection is not broken


def test_inside_a_transaction_it_is_an_error_of_the_caller():
    with (
        transaction.atomic(),
        pytest.raises(RuntimeError, match="was called inside a transaction"),
    ):
        ensure_db_connection()


def test_three_tries_and_the_broken_connection_is_closed():
    refusing = Refusing(times=3)
    with (
        connection.execute_wrapper(refusing),
        pytest.raises(DatabaseLostError, match="closed the connection unexpectedly"),
    ):
        ensure_db_connection()
    assert refusing.tries == 3
    assert connections["default"].connection is None
    ensure_db_connection()  # it comes back when the database does


def test_the_number_of_tries_is_the_callers():
    refusing = Refusing(times=3)
    with connection.execute_wrapper(refusing), pytest.raises(DatabaseLostError):
        ensure_db_connection(max_retries=1)
    assert refusing.tries == 1


def test_work_is_done_once_more_after_a_lost_connection():
    calls = []

    def work() -> str:
        calls.append(connection.connection)
        if len(calls) == 1:
            raise OperationalError("SSL SYSCALL error: EOF detected")
        return "done"

    assert with_database(work) == "done"
    assert len(calls) == 2


def test_work_that_loses_the_connection_twice_is_lost():
    def work() -> None:
        raise OperationalError("SSL SYSCALL error: EOF detected")

    with pytest.raises(DatabaseLostError, match="EOF detected"):
        with_database(work)
    assert connection.connection is None


def test_a_fault_that_is_not_the_connections_is_not_repeated():
    calls = []

    def work() -> None:
        calls.append(1)
        raise ValueError("no number")

    with pytest.raises(ValueError, match="no number"):
        with_database(work)
    assert calls == [1]
