"""Many messages for one run, all at the same time: one of them is work, the others are nothing."""

import pytest

from scripts.servers.process import wait_until
from tests.reliability.crew import ALGEBRA, Crew
from tests.reliability.stage import Stage

TIMES = 8  # twice as many as there are processes
RING = f"from syncing.tasks import run_sync; [run_sync.delay({{run}}) for _ in range({TIMES})]"


@pytest.mark.parametrize("is_left", [False, True], ids=["a run that waits", "a run left alone"])
def test_of_many_messages_one_is_work(crew: Crew, is_left: bool) -> None:
    stage, expected = crew.stage, TIMES
    if is_left:
        with stage.site.sandbox.hold("/v1.0/") as hold:
            crew.press(ALGEBRA)
            hold.wait_until_reached()
            crew.kill_child()
        stage.wait_until_left_alone(crew.run())
    done = tasks_done(stage)
    for name in stage.workers:
        stage.freeze_worker(name)
    if not is_left:
        crew.press(ALGEBRA)
        expected += 1
    stage.site.manage("shell", "-c", RING.format(run=crew.run()))
    for name in stage.workers:
        stage.site.thaw_worker(name)
    wait_until(lambda: tasks_done(stage) == done + expected, "the end of all these tasks")
    crew.assert_as_usual(ALGEBRA, attempt=2 if is_left else 1)


def tasks_done(stage: Stage) -> int:
    return sum(stage.site.log(name).count("succeeded in") for name in stage.workers)
