"""Who works on a run: claims, take-over, the frozen worker, the bell."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from conferences.models import Conference
from syncing import engine, leases
from syncing.journal import Journal
from syncing.models import SyncRun
from syncing.models.run import Trigger
from syncing.outcomes import RunStatus
from syncing.requesting import request_run

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def conference() -> Conference:
    now = timezone.now()
    return Conference.objects.create(
        title="Seminar",
        platform="teams",
        organizer_email="mara.lindqvist@example.edu",
        starts_at=now - timedelta(hours=2),
        ends_at=now - timedelta(hours=1),
        timezone="Europe/Berlin",
        meeting_link="https://teams.microsoft.com/l/meetup-join/x",
    )


def request(conference: Conference) -> SyncRun:
    return request_run(conference, requested_by=None, trigger=Trigger.PAGE)[0]


def expire(run: SyncRun) -> None:
    SyncRun.objects.filter(pk=run.pk).update(lease_expires_at=timezone.now() - timedelta(seconds=1))


class BrokenPlatform:
    """A platform with a fault of ours: not even its settings can be checked."""

    def check_configured(self) -> None:
        raise ZeroDivisionError


def in_threads(count: int, work):
    def closed(_number: int):
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(closed, range(count)))


def test_eight_clicks_at_once_make_one_run(conference):
    pks = in_threads(8, lambda: request(conference).pk)
    assert len(set(pks)) == 1
    assert SyncRun.objects.count() == 1


def test_of_eight_workers_one_gets_the_run(conference):
    run = request(conference)
    taken = in_threads(8, lambda: leases.claim(run.pk, "worker"))
    assert [lease for lease in taken if lease] == [leases.Lease(run.pk, 1)]


def test_a_run_under_work_is_not_taken(conference):
    run = request(conference)
    assert leases.claim(run.pk, "one")
    assert leases.claim(run.pk, "two") is None


def test_an_expired_lease_is_taken_over_exactly_once(conference):
    run = request(conference)
    leases.claim(run.pk, "one")
    expire(run)
    taken = in_threads(8, lambda: leases.claim(run.pk, "two"))
    assert [lease for lease in taken if lease] == [leases.Lease(run.pk, 2)]


def test_a_frozen_worker_that_wakes_writes_nothing(conference):
    run = request(conference)
    frozen = leases.claim(run.pk, "one")
    expire(run)
    leases.claim(run.pk, "two")
    journal = Journal(run, frozen, "conference 1")
    with pytest.raises(leases.LeaseLostError):
        journal.write(lambda: Conference.objects.update(title="overwritten"))
    conference.refresh_from_db()
    assert conference.title == "Seminar"


def test_a_beat_lengthens_the_lease(conference):
    run = request(conference)
    lease = leases.claim(run.pk, "one")
    expire(run)
    lease.beat()
    assert leases.claim(run.pk, "two") is None


def test_a_finished_run_cannot_be_taken(conference):
    run = request(conference)
    SyncRun.objects.filter(pk=run.pk).update(status=RunStatus.FINISHED)
    assert leases.claim(run.pk, "one") is None
    assert engine.run(run.pk) is False


def test_a_run_that_does_not_exist_cannot_be_taken():
    assert leases.claim(4711, "one") is None


def test_after_the_end_a_new_run_can_be_requested(conference):
    first = request(conference)
    SyncRun.objects.filter(pk=first.pk).update(status=RunStatus.FINISHED)
    second, is_new = request_run(conference, requested_by=None, trigger=Trigger.PAGE)
    assert is_new
    assert second.pk != first.pk
    conference.refresh_from_db()
    assert conference.last_run_id == second.pk


def test_the_bell_rings_once_in_ten_seconds(conference):
    run = request(conference)
    assert in_threads(4, lambda: leases.ring(run.pk)).count(True) == 1
    SyncRun.objects.filter(pk=run.pk).update(rung_at=timezone.now() - timedelta(seconds=11))
    assert leases.sweep() == 1
    assert leases.sweep() == 0


def test_a_run_left_five_times_ends_as_failed(conference):
    run = request(conference)
    SyncRun.objects.filter(pk=run.pk).update(attempt=5)
    assert engine.run(run.pk) is True
    run.refresh_from_db()
    assert (run.status, run.verdict) == (RunStatus.FINISHED, "failed")


def test_a_fault_of_ours_ends_the_run_with_a_sentence(conference):
    run, _ = request_run(conference, requested_by=None, trigger=Trigger.PAGE)
    SyncRun.objects.filter(pk=run.pk).update(operations=["juggling"])
    engine.run(run.pk)
    run.refresh_from_db()
    assert run.message.startswith("Sync failed: A fault of this site stopped it.")
    assert run.lease_expires_at is None


def test_a_run_of_something_deleted_is_cancelled(conference):
    run = request(conference)
    conference.delete()
    assert engine.run(run.pk) is True
    run.refresh_from_db()
    assert run.status == RunStatus.CANCELLED
    assert leases.sweep() == 0


def test_a_fault_of_ours_leaves_no_step_without_an_end(conference, settings):
    settings.MEETING_PLATFORMS = {"teams": "tests.syncing.test_leases.BrokenPlatform"}
    run = request(conference)
    engine.run(run.pk)
    told = {(step.outcome, step.reason_code) for step in run.steps.all()}
    assert told == {("failed", "internal_error")}
    run.refresh_from_db()
    assert run.verdict == "failed"


def test_an_unknown_operation_is_refused(conference):
    with pytest.raises(ValueError, match=r"Unknown operation juggling\. Choose from: attendance"):
        request_run(conference, requested_by=None, trigger=Trigger.PAGE, operations=["juggling"])


def test_an_operation_asked_for_twice_is_done_once(conference):
    asked = ["chat", "attendance", "chat"]
    run, _ = request_run(conference, requested_by=None, trigger=Trigger.COMMAND, operations=asked)
    assert run.operations == ["chat", "attendance"]
    assert engine.run(run.pk) is True
    assert sorted(step.operation for step in run.steps.all()) == ["attendance", "chat"]


def test_no_worker_is_told_after_half_a_minute(conference):
    run = request(conference)
    assert not run.has_no_worker
    run.created_at = timezone.now() - timedelta(seconds=31)
    assert run.has_no_worker
