"""A black hole between the site and its PostgreSQL: what is sent is swallowed, without a word."""

import os
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from django.db import connections
from pytest_django import Settings

from scripts.servers.process import wait_until
from syncing.database import DatabaseLostError, ensure_db_connection
from tests.conftest import DATABASE_URL
from tests.reliability.hole import FarGate
from tests.reliability.lecture import SENTENCE, Lecture, led_to
from tests.reliability.reader import Reader

PROMISED_SECONDS = 15


@pytest.fixture
def door(lecture: Lecture) -> Iterator[FarGate]:
    if os.getuid() != 0:
        pytest.skip("Only root can make a network.")
    door = FarGate(urlsplit(DATABASE_URL).port or 5432)
    with led_to(HOST=door.host, PORT=door.port):
        yield door
    door.close()


def test_a_query_that_nobody_answers_fails_in_time(
    lecture: Lecture, door: FarGate, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """The promise is a time, so this test looks at a clock. Afterwards the run goes on.

    The server got the query, and waits for the next one with the run's row locked until it loses
    patience, after the time of a lease.
    """
    settings.SYNC_LEASE_SECONDS = 10
    reader = Reader(gives_up_after=2)
    with lecture.held_at(5) as work:
        wait_until(lambda: lecture.people_kept() == 400, "the pages before")
        with door.out_of_reach():
            began = time.time()
            work.hold.release()
            looking = reader.look()
            wait_until(lambda: "trying again" in caplog.text, "the error")
            answer = looking.result(timeout=60)
        error = next(line for line in caplog.records if "trying again" in line.message)
        assert error.created - began < PROMISED_SECONDS
        assert (answer.status_code, answer.json()) == (503, {"error": SENTENCE})
        assert reader.look().result(timeout=60).status_code == 200
    lecture.see_through(work.run, work.result)
    reader.leave()


@pytest.fixture
def silent(transactional_db: None) -> Iterator[socket.socket]:
    """A server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        host, port = listener.getsockname()
        with led_to(HOST=host, PORT=port, OPTIONS={"connect_timeout": 60}):
            yield listener


def test_one_deadline_for_all_tries(silent: socket.socket) -> None:
    """Although a single try may take longer than that."""
    with ThreadPoolExecutor(1) as thread:
        trying = thread.submit(ensure_db_connection, seconds=3)
        assert isinstance(trying.exception(timeout=30), DatabaseLostError)


def test_two_who_wait_do_not_shorten_the_time_of_later_ones(silent: socket.socket) -> None:
    with ThreadPoolExecutor(2) as threads:
        tries = []
        for _ in range(2):
            trying = threads.submit(ensure_db_connection, max_retries=1)
            tries.append((trying, silent.accept()[0]))
        for trying, server in tries:  # the first to come is the first to go
            server.close()
            assert isinstance(trying.exception(timeout=30), DatabaseLostError)
    assert connections.settings["default"]["OPTIONS"]["connect_timeout"] == 60
