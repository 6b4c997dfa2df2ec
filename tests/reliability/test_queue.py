"""The broker is only a doorbell: without it a sync starts late, but it starts."""

from scripts.servers.process import wait_until
from tests.reliability.stage import LECTURE, PEOPLE, Stage
from tests.reliability.visitor import Visitor


def test_a_run_without_a_worker_says_so(stage: Stage, visitor: Visitor) -> None:
    run = visitor.press_sync(LECTURE)["run"]
    wait_until(lambda: visitor.look(LECTURE, run)["no_worker"], "the news that no worker runs")
    told = visitor.look(LECTURE, run)
    assert (told["status"], told["verdict"], told["percent"]) == ("queued", None, 0)
    assert "No worker is running" in visitor.read(LECTURE, run)

    stage.start_worker()

    assert stage.wait_for_end(run)["verdict"] == "success"
    assert not visitor.look(LECTURE, run)["no_worker"]
    assert "No worker is running" not in visitor.read(LECTURE, run)


def test_a_lost_message_is_sent_again(stage: Stage, visitor: Visitor) -> None:
    run = visitor.press_sync(LECTURE)["run"]
    assert stage.lose_messages() == 1
    worker = stage.start_worker()
    assert "rang for 0 unfinished runs" in stage.site.log(worker)  # it had been rung for just now
    assert stage.run(run)["status"] == "queued"

    wait_until(lambda: visitor.look(LECTURE, run)["status"] == "finished", "the end of the run")

    ended = stage.run(run)
    assert (ended["verdict"], ended["attempt"], ended["items"]) == ("success", 1, PEOPLE)
    stage.assert_as_undisturbed()
