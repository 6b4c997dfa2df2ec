"""Work that takes too long is ended, and what it was to do is done by somebody else."""

import os
import signal

from tests.reliability.crew import ALGEBRA, SETTINGS
from tests.reliability.stage import LECTURE, PEOPLE, Stage, process_of
from tests.reliability.visitor import Visitor

HASTY = {**SETTINGS, "DJANGO_SETTINGS_MODULE": "tests.reliability.hasty"}
CHANNEL = 93


def test_processes_that_hang_are_replaced_and_their_runs_taken_over(
    stage: Stage, visitor: Visitor
) -> None:
    """Both of a worker's: without a limit nobody would sync any more. Frozen, as in C code.

    A message carries the limit of whoever sent it: here it is the worker that rings, when it
    starts, for what was asked for before.
    """
    hung = {pk: visitor.press_sync(pk)["run"] for pk in (ALGEBRA, LECTURE)}
    stage.lose_messages()
    stage.rows("UPDATE syncing_syncrun SET rung_at = NULL")
    with stage.site.sandbox.hold("/v1.0/") as hold:
        worker = stage.start_worker(settings={**HASTY, "HASTY_TASK_SECONDS": "6"})
        hold.wait_until_reached(2)
        for run in hung.values():
            os.kill(process_of(stage.run(run)), signal.SIGSTOP)
        waits = visitor.press_sync(CHANNEL)["run"]
    for run in hung.values():
        stage.wait_until_left_alone(run)
    assert stage.run(waits)["status"] == "queued"

    ended = stage.wait_for_end(waits)

    assert (ended["verdict"], ended["attempt"]) == ("success", 1)
    assert stage.site.log(worker).count("Hard time limit (6s) exceeded") == 2
    for pk, run in hung.items():
        assert visitor.look(pk, run)["status"] == "running"
        ended = stage.wait_for_end(run)
        assert (ended["verdict"], ended["attempt"]) == ("success", 2)
        assert stage.events(run).count("finished") == 1


def test_a_run_that_reads_for_too_long_says_so_and_loses_nothing(
    stage: Stage, visitor: Visitor
) -> None:
    stage.start_worker(settings={**HASTY, "HASTY_RUN_SECONDS": "4"})
    stage.site.sandbox.script(path="skiptoken", delay_seconds=2)

    run = visitor.press_sync(LECTURE)["run"]

    ended = stage.wait_for_end(run)
    assert (ended["verdict"], ended["message_key"]) == ("partial", "issues_others_synced")
    assert 0 < ended["items"] < PEOPLE
    [attendance] = [
        step
        for step in visitor.look(LECTURE, run)["operations"]
        if step["operation"] == "attendance"
    ]
    assert attendance["outcome"] == "partial"
    assert attendance["reason"]["message"] == "The time for one run was used up"

    stage.site.sandbox.end_faults()
    stage.site.manage("sync_conference", str(LECTURE))

    stage.assert_as_undisturbed()
