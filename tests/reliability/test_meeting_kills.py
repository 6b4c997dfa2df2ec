"""SIGKILL, SIGSTOP, two workers and many messages while a meeting is made: one event in the tenant,
one time slot here, and nothing that is left half done.
"""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from scripts.servers.process import wait_until
from tests.reliability.crew import SETTINGS, Crew
from tests.reliability.planner import MAKING, RECORDING, TESTING, Planner

TIMES = 8  # twice as many as there are processes
RING = (
    "from conferences.tasks import carry_out; from conferences.models import MeetingChange; "
    f"[carry_out.delay(MeetingChange.objects.latest('id').pk) for _ in range({TIMES})]"
)
TASK = "conferences.tasks.carry_out"


def received(crew: Crew) -> dict[str, int]:
    """Of each worker, how many changes it was told of."""
    return {name: crew.stage.site.log(name).count(f"{TASK}[") for name in crew.stage.workers}


def who_works(crew: Crew, before: dict[str, int]) -> str:
    """The worker that was told of the only change since."""
    [name] = [name for name, times in received(crew).items() if times > before[name]]
    return name


def kill_who_makes(crew: Crew, planner: Planner, kind: tuple[str, str], *, after: bool) -> None:
    """The whole worker, as when its machine is gone."""
    before = received(crew)
    with planner.hold(kind, after=after) as hold:
        planner.plan()
        hold.wait_until_reached()
        crew.stage.kill_worker(who_works(crew, before))


def tasks_done(crew: Crew) -> int:
    return sum(
        line.count("succeeded in")
        for name in crew.stage.workers
        for line in crew.stage.site.log(name).splitlines()
        if TASK in line
    )


@pytest.mark.parametrize(
    ("kind", "after", "finder"),
    [
        pytest.param(MAKING, False, "page", id="event, unsent"),
        pytest.param(MAKING, True, "worker", id="event, unanswered"),
        pytest.param(RECORDING, False, "worker", id="recording, unsent"),
        pytest.param(RECORDING, True, "page", id="recording, unanswered"),
    ],
)
def test_a_killed_workers_meeting_is_made_once(
    crew: Crew, planner: Planner, kind: tuple[str, str], after: bool, finder: str
) -> None:
    """Found by a page that is open, or by a worker that starts."""
    kill_who_makes(crew, planner, kind, after=after)
    [slot] = planner.new_slots()
    planner.wait_until_left_alone(slot)
    if finder == "page":
        planner.watch(slot)
    else:
        heir = crew.stage.start_worker(settings=SETTINGS)
        planner.wait_for_end(slot)
        crew.stage.wait_for_words(heir, "Worker start: rang for 1 unfinished changes")
    planner.assert_made_once(slot, is_taken_over=True)


@pytest.mark.parametrize("kind", [MAKING, RECORDING], ids=["event", "recording"])
def test_a_frozen_worker_that_wakes_changes_nothing(
    crew: Crew, planner: Planner, kind: tuple[str, str]
) -> None:
    before = received(crew)
    with planner.hold(kind, after=True) as hold:
        slot = planner.plan()
        hold.wait_until_reached()
        frozen = who_works(crew, before)
        crew.stage.freeze_worker(frozen)
    planner.wait_until_left_alone(slot)
    planner.watch(slot)
    planner.assert_made_once(slot, is_taken_over=True)
    done = tasks_done(crew)

    crew.stage.site.thaw_worker(frozen)

    wait_until(lambda: tasks_done(crew) > done, "the end of the frozen worker's task")
    planner.assert_made_once(slot, is_taken_over=True)


@pytest.mark.parametrize("kind", [MAKING, RECORDING], ids=["event", "recording"])
def test_who_waits_for_an_answer_is_left_to_it(
    crew: Crew, planner: Planner, kind: tuple[str, str]
) -> None:
    """Longer than a lease, while somebody looks and another worker is free."""
    with planner.hold(kind) as hold:
        slot = planner.plan()
        hold.wait_until_reached()
        planner.wait_for_beats(slot, 4)
        planner.forget_bells()
        planner.look_at_slots()
        planner.wait_for_beats(slot, 1)
    planner.watch(slot)
    planner.assert_made_once(slot, is_taken_over=False)
    assert planner.seen(kind) == 1


def test_of_many_messages_one_is_work(crew: Crew, planner: Planner) -> None:
    done = tasks_done(crew)
    for name in crew.stage.workers:
        crew.stage.freeze_worker(name)
    slot = planner.plan()
    crew.stage.site.manage("shell", "-c", RING)
    for name in crew.stage.workers:
        crew.stage.site.thaw_worker(name)
    wait_until(lambda: tasks_done(crew) == done + TIMES + 1, "the end of all these tasks")
    planner.assert_made_once(slot, is_taken_over=False)
    assert planner.seen(MAKING) == 1
    assert planner.seen(RECORDING) == 1


def test_a_double_click_makes_one_slot_and_one_meeting(crew: Crew, planner: Planner) -> None:
    form = planner.form()
    with planner.hold(MAKING) as hold, ThreadPoolExecutor(2) as pool:
        both = {planner.slot_of(one) for one in pool.map(planner.send_form, [form, form])}
        hold.wait_until_reached()
    [slot] = both
    planner.wait_for_end(slot)
    planner.assert_made_once(slot, is_taken_over=False)
    assert planner.seen(MAKING) == 1


def test_a_slot_that_is_cancelled_while_its_worker_dies_leaves_no_event(
    crew: Crew, planner: Planner
) -> None:
    kill_who_makes(crew, planner, MAKING, after=True)
    [slot] = planner.new_slots()
    planner.decide(slot, "cancel")
    planner.wait_until_left_alone(slot)
    planner.watch(slot)
    [event] = planner.events()
    assert event["cancelled"] or event["deleted"]
    assert [(kind, ended) for kind, _, ended in planner.changes(slot)] == [
        ("created", True),
        ("cancelled", True),
    ]
    assert planner.row(slot)["problem_code"] is None


def test_a_killed_repair_is_finished_by_the_next(crew: Crew, planner: Planner) -> None:
    site = crew.stage.site
    with planner.hold(RECORDING, after=True, skip=1) as hold:
        command = site.begin("repair", "fix_teams_recording", "--conference", str(TESTING))
        hold.wait_until_reached()
        command.kill()
    done = site.manage("fix_teams_recording", "--conference", str(TESTING), "--json")
    told = json.loads(done.stdout)
    assert told["counts"] == {"already_fine": 1, "fixed": 1}
    rows = [planner.row(one["slot"]) for one in told["meetings"]]
    assert [row["auto_recording_status"] for row in rows] == ["verified", "verified"]
    assert planner.seen(RECORDING) == 2  # the second was done, though nobody heard of it
