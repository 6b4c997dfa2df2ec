"""PostgreSQL is lost while the command makes its run or takes it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from tests.reliability.gate import Gate
from tests.reliability.lecture import SENTENCE, Lecture
from tests.reliability.moments import CLAIM, REQUEST, Moment, stopped


def command() -> None:
    try:
        call_command("sync_conference", "83", "--operation", "attendance")
    finally:
        connection.close()


@pytest.mark.parametrize("moment", [REQUEST, CLAIM])
def test_the_command_ends_well_or_with_the_sentence(
    lecture: Lecture, door: Gate, moment: Moment, settings: Settings
) -> None:
    """A claim that nobody heard of holds until its lease ends."""
    settings.SYNC_LEASE_SECONDS, settings.SYNC_HEARTBEAT_SECONDS = 4, 1
    with ThreadPoolExecutor(1) as pool, stopped(lecture.database, moment) as stop:
        syncing = pool.submit(command)
        stop.wait_until_reached()
        door.cut()
        stop.go()
        error = syncing.exception(timeout=150)
    assert error is None or (isinstance(error, CommandError) and str(error) == SENTENCE), repr(
        error
    )
