"""A worker dies in the middle: whoever looks next has the run taken over, and nothing is lost."""

import json
import os
import signal
from collections import Counter

from tests.reliability.stage import LECTURE, PEOPLE, STEPS, Stage, process_of
from tests.reliability.visitor import Visitor

HELD_PAGE = 5


def assert_taken_over(stage: Stage, run: int, attempt: int = 2) -> None:
    """Each time by exactly one worker, and with the data of an undisturbed run."""
    ended = stage.wait_for_end(run)
    assert (ended["verdict"], ended["attempt"], ended["items"]) == ("success", attempt, PEOPLE)
    assert stage.runs() == 1
    assert stage.steps(run) == STEPS
    events = Counter(stage.events(run))
    assert (events["started"], events["taken_over"], events["finished"]) == (1, attempt - 1, 1)
    stage.assert_as_undisturbed()


def test_a_page_that_looks_has_the_run_taken_over(stage: Stage, visitor: Visitor) -> None:
    victim = stage.start_worker()
    with stage.hold_page(HELD_PAGE) as hold:
        run = visitor.press_sync(LECTURE)["run"]
        hold.wait_until_reached()
        heir = stage.start_worker()  # long before the lease ends: its start cannot be what helps
        stage.wait_for_words(heir, "Worker start: rang for 0 unfinished runs")
        stage.kill_worker(victim)
    stage.wait_until_left_alone(run)
    assert stage.run(run)["attempt"] == 1

    visitor.look(LECTURE, run)

    assert_taken_over(stage, run)
    assert visitor.look(LECTURE, run)["percent"] == 100


def test_the_sweep_has_the_run_of_a_killed_process_taken_over(
    stage: Stage, visitor: Visitor
) -> None:
    """As the kernel does when memory runs out: one child dies, the worker lives and sweeps."""
    worker = stage.start_worker(beat=True)
    with stage.hold_page(HELD_PAGE) as hold:
        run = visitor.press_sync(LECTURE)["run"]
        hold.wait_until_reached()
        os.kill(process_of(stage.run(run)), signal.SIGKILL)

    assert_taken_over(stage, run)
    assert "syncing.tasks.sweep_runs" in stage.site.log(worker)


def test_the_command_takes_the_run_over(stage: Stage, visitor: Visitor) -> None:
    victim = stage.start_worker()
    with stage.hold_page(HELD_PAGE) as hold:
        run = visitor.press_sync(LECTURE)["run"]
        hold.wait_until_reached()
        stage.kill_worker(victim)

    done = stage.site.manage("sync_conference", str(LECTURE), "--json", check=False)

    assert done.returncode == 0
    result = json.loads(done.stdout)
    assert (result["run"], result["verdict"], result["items"]) == (run, "success", PEOPLE)
    assert_taken_over(stage, run)


def test_a_worker_that_starts_takes_it_over_and_after_its_death_a_click_does(
    stage: Stage, visitor: Visitor
) -> None:
    first = stage.start_worker()
    with stage.hold_page(HELD_PAGE) as hold:
        run = visitor.press_sync(LECTURE)["run"]
        hold.wait_until_reached()
        stage.kill_worker(first)
    stage.wait_until_left_alone(run)

    with stage.hold_page(10) as hold:
        second = stage.start_worker()
        hold.wait_until_reached()
        assert "Worker start: rang for 1 unfinished runs" in stage.site.log(second)
        assert stage.run(run)["attempt"] == 2
        third = stage.start_worker()
        stage.wait_for_words(third, "Worker start: rang for 0 unfinished runs")
        stage.kill_worker(second)
    stage.wait_until_left_alone(run)

    assert visitor.press_sync(LECTURE)["run"] == run

    assert_taken_over(stage, run, attempt=3)
