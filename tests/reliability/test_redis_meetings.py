"""Redis is away when somebody plans a meeting: the plan is kept, and carried out once."""

from scripts.servers.process import wait_until
from tests.reliability.crew import Crew
from tests.reliability.gate import Gate
from tests.reliability.planner import MAKING, Planner


def test_a_plan_without_redis_is_kept(crew: Crew, planner: Planner, gate: Gate) -> None:
    gate.shut()
    try:
        slot = planner.plan()  # answered within the visitor's patience
        assert planner.changes(slot) == [("created", 0, False)]
        assert "Making the Teams meeting" in planner.look_at_slots()
    finally:
        gate.open()
    assert "could not be put on the queue" in crew.stage.site.log("web")
    assert "Traceback" not in crew.stage.site.log("web")
    planner.forget_bells()
    planner.watch(slot)
    planner.assert_made_once(slot, is_taken_over=False)


def test_a_plan_whose_message_redis_lost_is_rung_for_again(crew: Crew, planner: Planner) -> None:
    for name in list(crew.stage.workers):
        crew.stage.kill_worker(name)
    slot = planner.plan()
    wait_until(lambda: crew.stage.lose_messages() > 0, "a message in Redis")
    crew.complete()
    planner.forget_bells()
    planner.watch(slot)
    planner.assert_made_once(slot, is_taken_over=False)
    assert planner.seen(MAKING) == 1
