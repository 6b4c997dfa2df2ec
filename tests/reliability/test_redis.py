"""Redis is away when somebody presses the button, or the processes that it rings for are dead."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import redis

from scripts.servers.process import children_of, wait_until
from tests.reliability.gate import Gate
from tests.reliability.stage import LECTURE, PEOPLE, Stage, process_of
from tests.reliability.visitor import Visitor


@contextmanager
def away(gate: Gate, _stage: Stage) -> Iterator[None]:
    gate.shut()
    try:
        yield
    finally:
        gate.open()


@contextmanager
def silent(_gate: Gate, stage: Stage) -> Iterator[None]:
    """It takes connections and answers nobody."""
    with redis.Redis.from_url(stage.broker_url) as client:
        pid = int(client.info("server")["process_id"])
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@pytest.mark.parametrize("outage", [away, silent])
def test_a_click_without_redis_is_kept(
    stage: Stage, visitor: Visitor, gate: Gate, outage: object
) -> None:
    worker = stage.start_worker()
    with outage(gate, stage):
        told = visitor.press_sync(LECTURE)  # answered within the visitor's patience
        run = told["run"]
        assert told["status"] == "queued"
        assert "The queue could not be reached; the run will be offered again" in [
            event["text"] for event in told["events"]
        ]
    assert stage.runs() == 1

    wait_until(lambda: visitor.look(LECTURE, run)["status"] == "finished", "the end of the run")

    ended = stage.run(run)
    assert (ended["verdict"], ended["attempt"], ended["items"]) == ("success", 1, PEOPLE)
    assert "Traceback" not in stage.site.log("web")
    assert worker
    stage.assert_as_undisturbed()


def test_idle_processes_that_are_killed_are_replaced(stage: Stage, visitor: Visitor) -> None:
    """All of a worker's, at once."""
    idle = children_of(stage.site.pid(stage.start_worker()))
    for pid in idle:
        os.kill(pid, signal.SIGKILL)

    run = visitor.press_sync(LECTURE)["run"]

    ended = stage.wait_for_end(run)
    assert (ended["verdict"], ended["attempt"], ended["items"]) == ("success", 1, PEOPLE)
    assert process_of(ended) not in idle
    stage.assert_as_undisturbed()
