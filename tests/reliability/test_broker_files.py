"""The broker of the demo, a folder, is not there when somebody presses the button."""

from collections.abc import Iterator
from contextlib import contextmanager

from scripts.servers.process import wait_until
from tests.reliability.stage import LECTURE, PEOPLE, Stage
from tests.reliability.visitor import Visitor


@contextmanager
def without_queue(stage: Stage) -> Iterator[None]:
    """A file in the folder's place: neither written to nor made anew, not even by root."""
    kept = stage.queue.with_name("queue-kept")
    stage.queue.rename(kept)
    stage.queue.touch()
    try:
        yield
    finally:
        stage.queue.unlink()
        kept.rename(stage.queue)


def test_a_click_without_a_queue_is_kept(stage: Stage, visitor: Visitor) -> None:
    """No worker runs meanwhile: kombu's ends itself when its folder is gone."""
    with without_queue(stage):
        told = visitor.press_sync(LECTURE)
        run = told["run"]
        assert told["status"] == "queued"
        wait_until(lambda: visitor.look(LECTURE, run)["no_worker"], "the news")
        page = visitor.read(LECTURE, run)
        assert "The queue could not be reached; the run will be offered again" in page
        assert "No worker is running" in page
    stage.start_worker()

    wait_until(lambda: visitor.look(LECTURE, run)["status"] == "finished", "the end of the run")

    ended = stage.run(run)
    assert (ended["verdict"], ended["attempt"], ended["items"]) == ("success", 1, PEOPLE)
    assert stage.runs() == 1
    stage.assert_as_undisturbed()
