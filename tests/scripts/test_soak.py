"""What scripts/soak plans and counts; docs/reliability.md has the figures of a whole one."""

from collections import Counter
from itertools import islice

import pytest

from scripts.soaking.books import OF_A_CONFERENCE, lost_and_doubled
from scripts.soaking.plan import FAULTS, plan_kills, plan_syncs

REQUESTS = {46: 16, 83: 17, 86: 11}
USUAL = dict.fromkeys(OF_A_CONFERENCE, 3)


def test_a_seed_is_a_plan() -> None:
    assert plan_syncs(7, 50, REQUESTS, 0.1) == plan_syncs(7, 50, REQUESTS, 0.1)
    assert plan_syncs(7, 50, REQUESTS, 0.1) != plan_syncs(8, 50, REQUESTS, 0.1)
    assert list(islice(plan_kills(7), 50)) == list(islice(plan_kills(7), 50))
    assert list(islice(plan_kills(7), 50)) != list(islice(plan_kills(8), 50))


def test_a_tenth_of_the_requests_is_struck_by_faults_of_every_kind() -> None:
    plan = plan_syncs(1, 500, REQUESTS, 0.1)
    assert {sync.conference for sync in plan} == set(REQUESTS)
    assert 200 < sum(sync.is_first for sync in plan) < 300
    requests = sum(REQUESTS[sync.conference] for sync in plan)
    struck = Counter(name for sync in plan for name, _ in sync.faults)
    assert set(struck) == set(FAULTS)
    assert 0.08 < sum(struck.values()) / requests < 0.12
    assert all(skip < REQUESTS[sync.conference] for sync in plan for _, skip in sync.faults)


def test_processes_are_killed_more_often_than_workers() -> None:
    kills = Counter(kill.victim for kill in islice(plan_kills(1), 400))
    assert 250 < kills["child"] < 350
    assert kills["worker"] == 400 - kills["child"]


@pytest.mark.parametrize(
    ("changed", "lost", "doubled"),
    [
        ({}, 0, 0),
        ({"chatmessage": 1}, 2, 0),
        ({"chatmessage": 5}, 0, 2),
        ({"chatmessage": 1, "recording": 4}, 2, 1),
    ],
)
def test_rows_are_lost_or_doubled(changed: dict[str, int], lost: int, doubled: int) -> None:
    rows = {**USUAL, **changed}
    assert lost_and_doubled(rows, at_least=USUAL, at_most=USUAL) == (lost, doubled)


def test_a_sync_that_a_fault_had_the_last_word_in_loses_nothing_of_before() -> None:
    nothing = dict.fromkeys(OF_A_CONFERENCE, 0)
    half = {**USUAL, "chatmessage": 1}
    assert lost_and_doubled(half, at_least=nothing, at_most=USUAL) == (0, 0)
    assert lost_and_doubled(nothing, at_least=half, at_most=USUAL) == (34, 0)
