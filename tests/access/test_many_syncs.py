"""Who starts too many syncs is told when to press again; who joins one is never refused."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Act, AuditEntry
from conferences.models import Conference
from syncing.models import SyncRun
from syncing.outcomes import RunStatus
from tests.access.world import World, build
from tests.pages import making
from tests.pages.reading import words

LIMIT = 2


@pytest.fixture
def own_world(transactional_db: None, settings: Settings) -> World:
    """What a request for a sync writes is committed: a world for each test."""
    settings.SYNC_RUNS_PER_PERSON = LIMIT
    return build()


def end_all() -> None:
    """Each conference is free for another run."""
    SyncRun.objects.filter(status=RunStatus.QUEUED).update(
        status=RunStatus.FINISHED, finished_at=timezone.now()
    )


def press(world: World, role: str = "instructor", **headers: str) -> tuple[int, str, str]:
    address = f"/conferences/{world.ours['pk']}/sync/"
    answer = world.client(role).post(address, headers=headers)
    return answer.status_code, answer.get("Retry-After", ""), answer.content.decode()


def wear_out(world: World) -> None:
    for _ in range(LIMIT):
        assert press(world)[0] == 302
        end_all()


def test_enough_is_refused_and_said(own_world: World) -> None:
    wear_out(own_world)
    runs = SyncRun.objects.count()
    status, again, page = press(own_world)
    assert (status, SyncRun.objects.count()) == (429, runs)
    assert 0 < int(again) <= 600
    assert "Press again in 10 minutes." in words(page)
    asked = AuditEntry.objects.filter(act=Act.ASKED_FOR_SYNC)
    assert asked.count() == LIMIT


def test_as_json(own_world: World) -> None:
    wear_out(own_world)
    status, again, text = press(own_world, Accept="application/json")
    assert (status, int(again) > 0) == (429, True)
    assert text.startswith('{"error": "You have started many syncs')


def test_nobody_else_waits(own_world: World) -> None:
    wear_out(own_world)
    assert press(own_world, "administrator")[0] == 302


def test_to_join_is_always_allowed(own_world: World) -> None:
    wear_out(own_world)
    making.open_run(Conference.objects.get(pk=own_world.ours["pk"]))
    runs = SyncRun.objects.count()
    assert press(own_world)[0] == 302
    assert SyncRun.objects.count() == runs


def test_the_pause_ends(own_world: World) -> None:
    wear_out(own_world)
    mine = SyncRun.objects.filter(requested_by=own_world.people["instructor"])
    mine.update(created_at=timezone.now() - timedelta(minutes=10, seconds=1))
    assert press(own_world)[0] == 302
