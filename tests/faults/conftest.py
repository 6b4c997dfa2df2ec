"""One world for the whole folder, because a thousand syncs cannot each have their own.

A case ends with what it began with: the digest of the undisturbed run. That is what it asserts,
and so the next one goes on from there, on the same database, sandbox and connections. It syncs the
one operation of the one conference that the feed is for; "as before the first sync" deletes that
conference's rows instead of importing anew. Only after a case that failed is everything made anew,
so that one failure is not followed by hundreds.

That is why ``transactional_db`` is the folder's here and is emptied once, at its end.
"""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from scripts.servers.sandbox import SandboxServer
from tests.faults.desk import Desk
from tests.faults.world import World

UNPACED = dict.fromkeys(("GRAPH_RATE", "GRAPH_CALL_RECORD_RATE", "GRAPH_CHAT_RATE"), 10_000.0)


@pytest.fixture(scope="package")
def transactional_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="package")
def small_world(transactional_db: None, sandbox_server: SandboxServer) -> Iterator[World]:
    sandbox_server.control.reset()
    with override_settings(**sandbox_server.control.environment(), **UNPACED):
        yield World(sandbox_server.control)


@pytest.fixture
def world(small_world: World) -> Iterator[World]:
    small_world.is_whole = False
    yield small_world
    if not small_world.is_whole:
        small_world.restore()


@pytest.fixture(scope="module")
def desk_of_all(small_world: World) -> Iterator[Desk]:
    desk = Desk(small_world)
    yield desk
    desk.leave()


@pytest.fixture
def desk(desk_of_all: Desk) -> Iterator[Desk]:
    desk_of_all.is_whole = False
    yield desk_of_all
    if not desk_of_all.is_whole:
        desk_of_all.leave()
