"""Somebody else writes to the database file, for longer than a page takes."""

from scripts.servers.process import wait_until
from tests.reliability.stage import LECTURE, PEOPLE, STEPS, Stage
from tests.reliability.visitor import Visitor


def test_a_run_waits_for_another_writer(stage: Stage, visitor: Visitor) -> None:
    stage.start_worker()
    with stage.connection() as ours:
        with stage.hold_page(5) as hold:
            run = visitor.press_sync(LECTURE)["run"]
            hold.wait_until_reached()
            ours.execute("BEGIN IMMEDIATE")
        # reading goes on until the last page, while the first of them waits to be saved
        wait_until(lambda: stage.pages_asked() == 10, "the last page's request")
        assert stage.run(run)["status"] == "running"
        ours.execute("COMMIT")
    ended = stage.wait_for_end(run)
    assert (ended["verdict"], ended["attempt"], ended["items"]) == ("success", 1, PEOPLE)
    assert stage.steps(run) == STEPS
    stage.assert_as_undisturbed()
