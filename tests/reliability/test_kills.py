"""SIGKILL at seeded moments: whoever looks next has the run taken over, and nothing is lost."""

import random
from dataclasses import dataclass

import pytest

from tests.conftest import ON_POSTGRESQL
from tests.reliability.crew import ALGEBRA, REQUESTS, SETTINGS, Crew, insist
from tests.reliability.stage import LECTURE

SEED = 20261120
VICTIMS = {"child": 8, "worker": 4, "command": 4}  # and how often each
FINDERS = ("look", "click", "click", "command")
WEB_KILLS = 4


@dataclass(frozen=True)
class Point:
    """``victim`` is killed at a run's ``request`` to the platform; ``finder`` comes after it."""

    conference: int
    request: int
    victim: str
    finder: str

    def __str__(self) -> str:
        return f"{self.conference}-request-{self.request}-{self.victim}-{self.finder}"


def points(victim: str, times: int) -> list[Point]:
    """As many of each conference, and no request twice."""
    chance = random.Random(f"{SEED} {victim}")
    return [
        Point(conference, request, victim, chance.choice(FINDERS))
        for conference in (ALGEBRA, LECTURE)
        for request in chance.sample(range(1, REQUESTS[conference] + 1), times // 2)
    ]


POINTS = [point for victim, times in VICTIMS.items() for point in points(victim, times)]
if not ON_POSTGRESQL:  # every second one: it takes long
    POINTS = POINTS[::2]


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_a_kill_loses_nothing_and_doubles_nothing(crew: Crew, point: Point) -> None:
    stage, pk = crew.stage, point.conference
    begin = crew.begin_command if point.victim == "command" else crew.press
    kill = crew.kill_worker if point.victim == "worker" else crew.kill_child
    with stage.site.sandbox.hold("/v1.0/", skip=point.request - 1) as hold:
        begin(pk)
        hold.wait_until_reached()
        kill()
    stage.wait_until_left_alone(crew.run())

    if point.finder == "look":
        assert crew.visitor.look(pk, crew.run())["status"] == "running"
    elif point.finder == "click":
        assert crew.visitor.press_sync(pk)["run"] == crew.run()
    else:
        stage.site.manage("sync_conference", str(pk), settings=SETTINGS)

    crew.assert_as_usual(pk, attempt=2)


@pytest.mark.parametrize("point", points("web", WEB_KILLS), ids=str)
def test_the_pages_death_is_no_matter_to_a_run(crew: Crew, point: Point) -> None:
    pk = point.conference
    with crew.stage.site.sandbox.hold("/v1.0/", skip=point.request - 1) as hold:
        crew.press(pk)
        hold.wait_until_reached()
        crew.kill_web_children()
        insist(lambda: crew.visitor.look(pk, crew.run()), "an answer of gunicorn's next process")
        assert crew.visitor.press_sync(pk)["run"] == crew.run()
    crew.assert_as_usual(pk, attempt=1)
