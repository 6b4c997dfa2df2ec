"""PostgreSQL itself goes away in the middle of a run: shut down, crashed, or standing still."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from scripts.servers.postgres import PostgresServer
from scripts.servers.process import wait_until
from syncing.database import DatabaseLostError, ensure_db_connection
from tests.reliability.lecture import Lecture, led_to
from tests.reliability.moments import PAGE, VERDICT_COMMIT, Moment, stopped
from tests.reliability.reader import Reader

SHUTDOWN, CRASH = signal.SIGINT, signal.SIGQUIT
signs = pytest.mark.parametrize(
    "sign", [pytest.param(SHUTDOWN, id="shutdown"), pytest.param(CRASH, id="crash")]
)


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """Of our own, because we break it."""
    server = PostgresServer(outlives_crashes=True)
    yield server
    server.stop()


@pytest.fixture
def database(transactional_db: None, server: PostgresServer) -> Iterator[str]:
    """That server's, for everything that this process does."""
    at = urlsplit(server.url)
    with led_to(HOST=at.hostname, PORT=at.port, NAME="postgres", USER="postgres"):
        connection.close()
        ContentType.objects.clear_cache()
        call_command("migrate", verbosity=0)
        yield server.url
        call_command("flush", verbosity=0, interactive=False)
        connection.close()
    ContentType.objects.clear_cache()


@pytest.fixture
def lecture(database: str, lecture: Lecture) -> Lecture:
    lecture.database = database
    return lecture


def restart(server: PostgresServer, sign: signal.Signals) -> None:
    server.halt(sign)
    server.start()
    assert ("automatic recovery" in server.said()) == (sign is CRASH)
    connection.close()  # ours, with which the test looks on


@signs
def test_a_restart_between_two_pages(
    lecture: Lecture, server: PostgresServer, sign: signal.Signals
) -> None:
    with lecture.held_at(5) as work:
        restart(server, sign)
    lecture.finish(work.run, work.result)
    lecture.assert_ended_well(work.run)


@pytest.mark.parametrize(
    ("moment", "sign"),
    [
        pytest.param(PAGE, SHUTDOWN, id="a page, shutdown"),
        pytest.param(PAGE, CRASH, id="a page, crash"),
        pytest.param(VERDICT_COMMIT, CRASH, id="the verdict, crash"),
    ],
)
def test_a_restart_in_a_transaction(
    lecture: Lecture, server: PostgresServer, moment: Moment, sign: signal.Signals
) -> None:
    """How far the run gets depends on how long the server takes; that nothing is lost does not."""
    with stopped(lecture.database, moment) as stop:
        run = lecture.request()
        work = lecture.work(run)
        stop.wait_until_reached()
        restart(server, sign)
    lecture.see_through(run, work)


@contextmanager
def standing_still(server: PostgresServer) -> Iterator[None]:
    """All its processes, as on a machine that is suspended. The kernel goes on taking what is
    sent to it, so nobody is told anything.
    """
    os.kill(server.pid, signal.SIGSTOP)
    children = children_of(server.pid)
    for pid in children:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in [*children, server.pid]:
            os.kill(pid, signal.SIGCONT)


def children_of(pid: int) -> list[int]:
    statuses = Path("/proc").glob("[0-9]*/status")
    return [int(path.parent.name) for path in statuses if f"\nPPid:\t{pid}\n" in path.read_text()]


def test_a_server_that_stands_still_keeps_all_waiting_and_loses_nothing(
    lecture: Lecture, server: PostgresServer, reader: Reader, settings: Settings
) -> None:
    """For longer than a lease: the lease ends on the clock of the database, and so does the run
    of whoever comes first. A new connection is given up.
    """
    settings.SYNC_LEASE_SECONDS, settings.SYNC_HEARTBEAT_SECONDS = 2, 1
    with lecture.held_at(5) as work:
        lease_end = lecture.look(work.run).lease_expires_at
        with standing_still(server), led_to(OPTIONS={"connect_timeout": 2}):
            work.hold.release()
            looking = reader.look()
            connection.close()
            with pytest.raises(DatabaseLostError, match="timeout expired"):
                ensure_db_connection(max_retries=1)
            wait_until(lambda: lecture.pages_asked() == 10, "the last page's request")
            wait_until(lambda: timezone.now() > lease_end, "the end of the lease")
            assert not looking.done()
            assert not work.result.done()
    assert looking.result(timeout=60).status_code == 200
    lecture.finish(work.run, work.result)
    lecture.assert_ended_well(work.run)
