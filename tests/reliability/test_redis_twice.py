"""Redis gives a message to a second worker while the first is still at it, as it does with every
one that is not acknowledged within its visibility timeout.
"""

from scripts.servers.process import wait_until
from tests.reliability.crew import SETTINGS
from tests.reliability.stage import LECTURE, PEOPLE, STEPS, Stage
from tests.reliability.visitor import Visitor

# Our workers acknowledge before they begin; these do it after the end, and have a second for it.
HASTY = {
    **SETTINGS,
    "DJANGO_SETTINGS_MODULE": "tests.reliability.hasty",
    "HASTY_VISIBILITY_SECONDS": "1",
}


def test_a_message_that_comes_again_in_mid_run(stage: Stage, visitor: Visitor) -> None:
    workers = [stage.start_worker(settings=HASTY) for _ in range(2)]

    def told(words: str) -> int:
        return sum(stage.site.log(name).count(words) for name in workers)

    with stage.hold_page(5) as hold:
        run = visitor.press_sync(LECTURE)["run"]
        hold.wait_until_reached()
        wait_until(lambda: told("succeeded in") == 1, "one who found somebody else at work")
        assert told("received") == 2
        assert stage.run(run)["status"] == "running"
    ended = stage.wait_for_end(run)
    assert (ended["verdict"], ended["attempt"], ended["items"]) == ("success", 1, PEOPLE)
    assert stage.steps(run) == STEPS
    events = stage.events(run)
    assert (events.count("started"), events.count("finished")) == (1, 1)
    assert stage.pages_asked() == 10
    stage.assert_as_undisturbed()
