"""Who may start a sync: what a request for one writes is committed before a worker is rung."""

import pytest

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
