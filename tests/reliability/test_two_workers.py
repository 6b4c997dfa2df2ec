"""Messages that come twice, and people who are in a hurry: one run, one set of steps."""

import json
from concurrent.futures import ThreadPoolExecutor

from scripts.servers.process import wait_until
from tests.reliability.stage import LECTURE, PEOPLE, STEPS, Stage
from tests.reliability.visitor import Visitor

RING_THRICE = "from syncing.tasks import run_sync; [run_sync.delay({run}) for _ in range(3)]"


def test_a_task_that_is_delivered_again_ends_without_a_trace(
    stage: Stage, visitor: Visitor
) -> None:
    workers = [stage.start_worker(), stage.start_worker()]

    def tasks_done() -> int:
        return sum(stage.site.log(name).count("succeeded in") for name in workers)

    with stage.hold_page(5) as hold:
        run = visitor.press_sync(LECTURE)["run"]
        hold.wait_until_reached()
        stage.site.manage("shell", "-c", RING_THRICE.format(run=run))
        wait_until(lambda: tasks_done() == 3, "the end of three tasks that have nothing to do")
        assert stage.run(run)["attempt"] == 1
        assert stage.events(run).count("started") == 1
    ended = stage.wait_for_end(run)
    wait_until(lambda: tasks_done() == 4, "the end of the task that works")
    stage.site.manage("shell", "-c", RING_THRICE.format(run=run))
    wait_until(lambda: tasks_done() == 7, "the end of three tasks of a finished run")

    assert stage.run(run) == ended
    assert (ended["verdict"], ended["attempt"], ended["items"]) == ("success", 1, PEOPLE)
    assert stage.steps(run) == STEPS
    assert stage.events(run).count("finished") == 1
    assert stage.pages_asked() == 10
    stage.assert_as_undisturbed()


def test_the_command_joins_a_run_and_tells_its_result(stage: Stage, visitor: Visitor) -> None:
    stage.start_worker()
    with ThreadPoolExecutor(1) as pool, stage.hold_page(5) as hold:
        run = visitor.press_sync(LECTURE)["run"]
        hold.wait_until_reached()
        # 86 comes first and has an end that can be seen; what follows it at once is the joining
        command = pool.submit(
            stage.site.manage, "sync_conference", "86", str(LECTURE), "--json", check=False
        )
        stage.wait_for_conference(86)
        stage.wait_for_beats(run, 2)
        assert not command.done()
        hold.release()
        done = command.result(timeout=60)
    assert done.returncode == 0
    first, second = [json.loads(line) for line in done.stdout.splitlines()]
    assert (first["conference"], first["verdict"], first["items"]) == (86, "success", 14)
    told = visitor.look(LECTURE, run)
    assert (second["run"], second["verdict"], second["items"]) == (run, "success", PEOPLE)
    assert (second["message"], second["operations"]) == (told["message"], told["operations"])
    assert stage.run(run)["attempt"] == 1
    assert stage.runs() == 2


def test_the_command_ends_as_badly_as_the_run_it_joined(stage: Stage, visitor: Visitor) -> None:
    stage.start_worker()
    stage.site.sandbox.script(path="skiptoken", status=403, skip=4)
    with ThreadPoolExecutor(1) as pool, stage.hold_page(5) as hold:
        run = visitor.press_sync(LECTURE)["run"]
        hold.wait_until_reached()
        command = pool.submit(
            stage.site.manage, "sync_conference", "86", str(LECTURE), "--json", check=False
        )
        stage.wait_for_conference(86)
        stage.wait_for_beats(run, 2)
        hold.release()
        done = command.result(timeout=60)
    _, result = [json.loads(line) for line in done.stdout.splitlines()]
    assert (result["run"], result["verdict"]) == (run, "partial")
    assert done.returncode == 3
