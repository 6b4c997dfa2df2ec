"""Who may start a sync: what a request for one writes is committed before a worker is rung."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection

from accounts.models import Act, AuditEntry
from syncing.models import SyncRun
from tests.access.addresses import path
from tests.access.answers import ANSWERS
from tests.access.world import ROLES, build

ROUTE = "/conferences/<pk>/sync/"


@pytest.mark.django_db(transaction=True)
def test_who_may_start_a_sync_is_that_of_the_table() -> None:
    world = build()
    before = SyncRun.objects.count()
    for role in ROLES:
        answer = world.client(role).post(path(ROUTE, world.ours))
        is_started = SyncRun.objects.count() > before
        assert is_started is (ANSWERS[ROUTE]["POST"][role] == "done"), role
        assert answer.status_code == (302 if is_started else answer.status_code)
        SyncRun.objects.filter(status="queued").delete()


@pytest.mark.django_db(transaction=True)
def test_the_same_part_twice_is_asked_for_once() -> None:
    world = build()
    form = {"operation": ["chat", "chat"]}
    answer = world.client("instructor").post(path(ROUTE, world.ours), form)
    assert answer.status_code == 302
    assert SyncRun.objects.get(status="queued").operations == ["chat"]


class Losing:
    """Stands before the database and loses the connection when the audit log is written."""

    def __init__(self, times: int) -> None:
        self.times = times

    def __call__(self, execute: Callable[..., Any], sql: str, *asked: Any) -> Any:
        if sql.startswith('INSERT INTO "accounts_auditentry"') and self.times:
            self.times -= 1
            raise OperationalError("server closed the connection unexpectedly")
        return execute(sql, *asked)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("times", "status", "more"), [(0, 302, 1), (1, 302, 1), (2, 503, 0)])
def test_a_run_and_its_entry_or_neither(times: int, status: int, more: int) -> None:
    world = build()
    runs, client = SyncRun.objects.count(), world.client("instructor")
    with connection.execute_wrapper(Losing(times)):
        answer = client.post(path(ROUTE, world.ours))
    assert answer.status_code == status
    assert SyncRun.objects.count() == runs + more
    entries = AuditEntry.objects.filter(act=Act.ASKED_FOR_SYNC)
    assert [entry.details for entry in entries] == [
        {"run": run.pk} for run in SyncRun.objects.filter(status="queued")
    ]


@pytest.mark.django_db(transaction=True)
def test_who_joins_a_run_is_written_down_too() -> None:
    world = build()
    for role in ("instructor", "administrator"):
        assert world.client(role).post(path(ROUTE, world.ours)).status_code == 302
    run = SyncRun.objects.get(status="queued")
    asked = AuditEntry.objects.filter(act=Act.ASKED_FOR_SYNC).order_by("pk")
    assert [(entry.actor, entry.details) for entry in asked] == [
        (world.people[role], {"run": run.pk}) for role in ("instructor", "administrator")
    ]
