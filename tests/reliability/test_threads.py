"""What a run leaves behind in the process that worked on it: nothing."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from conferences.models import AttendanceRecord, Conference
from scripts.servers.process import wait_until
from scripts.servers.sandbox import SandboxControl
from syncing import engine, leases
from syncing.models import SyncRun
from syncing.models.run import Trigger
from syncing.requesting import request_run
from tests.reliability.stage import LECTURE, PEOPLE, page_of_lecture

pytestmark = pytest.mark.django_db(transaction=True)


def feed_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("feed")]


def request(pk: int) -> SyncRun:
    subject = Conference.objects.get(pk=pk)
    return request_run(subject, requested_by=None, trigger=Trigger.COMMAND)[0]


def disconnected(work: Callable[[], bool]) -> bool:
    try:
        return work()
    finally:
        connection.close()


def test_no_thread_outlives_its_run(demo_world: SandboxControl) -> None:
    assert engine.run(request(LECTURE).pk)
    assert AttendanceRecord.objects.filter(conference=LECTURE).count() == PEOPLE
    wait_until(lambda: not feed_threads(), "the end of all feeds' threads")


def test_a_blocked_thread_of_a_lost_run_is_not_in_the_way_of_the_next(
    demo_world: SandboxControl, settings: Settings
) -> None:
    settings.SYNC_HEARTBEAT_SECONDS = 1
    lost = request(LECTURE)
    with ThreadPoolExecutor(1) as process, demo_world.hold(page_of_lecture(5)) as hold:
        working = process.submit(disconnected, lambda: engine.run(lost.pk))
        hold.wait_until_reached()
        with transaction.atomic():  # no beat comes between the two
            SyncRun.objects.filter(pk=lost.pk).update(
                lease_expires_at=timezone.now() - timedelta(seconds=1)
            )
            assert leases.claim(lost.pk, "another worker") == leases.Lease(lost.pk, 2)
        assert working.result(timeout=30) is False  # although its thread still waits for page 5
        assert hold.waiting == 1
        assert feed_threads()

        following = request(86)
        assert process.submit(disconnected, lambda: engine.run(following.pk)).result(timeout=60)
        assert hold.waiting == 1
        following.refresh_from_db()
        assert (following.verdict, following.items) == ("success", 14)
        asked = len(demo_world.requests_seen("attendanceReports/"))
    wait_until(lambda: not feed_threads(), "the end of the blocked thread")
    assert len(demo_world.requests_seen("attendanceReports/")) == asked  # it reads no further
    lost.refresh_from_db()
    assert (lost.attempt, lost.worker, lost.verdict) == (2, "another worker", None)
