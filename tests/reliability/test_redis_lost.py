"""Redis forgets everything while runs are under work and others wait: all of it is still done."""

from collections.abc import Callable

import pytest
import redis

from scripts.servers.process import wait_until
from scripts.servers.redis import RedisServer
from tests.reliability.crew import UNPACED
from tests.reliability.stage import Stage
from tests.reliability.visitor import Visitor

AT_WORK, WAITING = (83, 86), (51, 74, 94, 96)  # a worker has two processes, and takes two more


def restarted(server: RedisServer) -> None:
    """Without a file that it could read again."""
    server.restart()


def wiped(server: RedisServer) -> None:
    with redis.Redis.from_url(server.url) as client:
        client.flushall()


@pytest.mark.parametrize("forgets", [restarted, wiped])
def test_what_was_asked_for_is_done_once(
    stage: Stage,
    visitor: Visitor,
    redis_server: RedisServer,
    forgets: Callable[[RedisServer], None],
) -> None:
    stage.start_worker(settings=UNPACED)
    with stage.site.sandbox.hold("/v1.0/") as hold:
        runs = {pk: visitor.press_sync(pk)["run"] for pk in AT_WORK}
        hold.wait_until_reached(len(AT_WORK))
        runs |= {pk: visitor.press_sync(pk)["run"] for pk in WAITING}
        wait_until(lambda: queued(redis_server) == len(WAITING) - 2, "messages in Redis")

        forgets(redis_server)

        assert queued(redis_server) == 0
    stage.rows("UPDATE syncing_syncrun SET rung_at = NULL WHERE status = 'queued'")  # long ago
    for pk, run in runs.items():
        watch(visitor, pk, run)
    assert stage.runs() == len(runs)
    assert_done_once(stage, runs)
    # and the worker that has seen it takes what comes next, without having to be looked for
    again = visitor.press_sync(86)["run"]
    assert stage.wait_for_end(again)["verdict"] == "success"


def watch(visitor: Visitor, pk: int, run: int) -> None:
    """As a page does that is open."""
    wait_until(lambda: visitor.look(pk, run)["status"] == "finished", f"the end of run {run}")


def assert_done_once(stage: Stage, runs: dict[int, int]) -> None:
    for run in runs.values():
        ended = stage.run(run)
        assert (ended["verdict"], ended["attempt"]) == ("success", 1)
        assert stage.events(run).count("finished") == 1
    digest = stage.digest()
    stage.forget()
    stage.site.manage("sync_conference", *map(str, runs), settings=UNPACED)
    assert stage.digest() == digest


def queued(server: RedisServer) -> int:
    with redis.Redis.from_url(server.url) as client:
        return int(client.llen("celery"))
