"""A worker that stands still for longer than its lease, and wakes up when all is done."""

from tests.reliability.stage import LECTURE, PEOPLE, Stage
from tests.reliability.visitor import Visitor


def test_a_frozen_worker_that_wakes_writes_nothing(stage: Stage, visitor: Visitor) -> None:
    frozen = stage.start_worker()
    with stage.hold_page(5) as hold:
        run = visitor.press_sync(LECTURE)["run"]
        hold.wait_until_reached()
        stage.start_worker()
        stage.freeze_worker(frozen)
    stage.wait_until_left_alone(run)
    visitor.look(LECTURE, run)
    ended = stage.wait_for_end(run)
    assert (ended["verdict"], ended["attempt"], ended["items"]) == ("success", 2, PEOPLE)
    events, steps = stage.events(run), stage.steps(run)
    stage.assert_as_undisturbed()
    # what the frozen worker has yet to read says something else now: it must not store it
    for page in (5, 7, 9):
        stage.site.sandbox.change("remove_record", conference=LECTURE, record=page * 100 + 50)

    stage.site.thaw_worker(frozen)

    stage.wait_for_words(frozen, f"Run {run} is no longer attempt 1's.")
    stage.wait_for_words(frozen, "succeeded in")  # its task has come to an end
    assert (stage.run(run), stage.events(run), stage.steps(run)) == (ended, events, steps)
    stage.assert_as_undisturbed()


def test_a_worker_that_wakes_in_time_goes_on(stage: Stage, visitor: Visitor) -> None:
    """Its lease is over, but nobody has taken the run: nothing has to be done twice."""
    frozen = stage.start_worker()
    with stage.hold_page(5) as hold:
        run = visitor.press_sync(LECTURE)["run"]
        hold.wait_until_reached()
        stage.freeze_worker(frozen)
        stage.wait_until_left_alone(run)
        stage.site.thaw_worker(frozen)
    ended = stage.wait_for_end(run)
    assert (ended["verdict"], ended["attempt"]) == ("success", 1)
    stage.assert_as_undisturbed()
