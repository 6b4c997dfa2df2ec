"""What a soak is going to do, from its seed alone."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

# As the sandbox takes them. All of them pass: they strike one request, once.
FAULTS: Mapping[str, dict[str, Any]] = {
    "429": {"status": 429, "headers": {"Retry-After": "1"}},
    "500": {"status": 500},
    "502": {"status": 502},
    "503": {"status": 503, "headers": {"Retry-After": "1"}},
    "504": {"status": 504},
    "reset": {"reset": True},
    "cut": {"cut": True},
}
CHILDREN_FOR_A_WORKER = 3  # so many processes are killed for one worker with all of its


@dataclass(frozen=True)
class Sync:
    """``is_first``: as if it had never been synced. ``faults``: which, and after how many of the
    next requests.
    """

    conference: int
    is_first: bool
    faults: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Kill:
    """The numbers choose among those who are alive then."""

    victim: str
    worker: int
    child: int


def plan_syncs(seed: int, times: int, requests: Mapping[int, int], share: float) -> list[Sync]:
    """``requests``: of an undisturbed sync, by conference; ``share`` of them is struck."""
    chance = random.Random(f"{seed} syncs")  # noqa: S311 (to be repeated)
    names = sorted(FAULTS)
    plan = []
    for _ in range(times):
        pk = chance.choice(sorted(requests))
        struck = [number for number in range(requests[pk]) if chance.random() < share]
        faults = tuple((chance.choice(names), number) for number in struck)
        plan.append(Sync(pk, chance.random() < 0.5, faults))
    return plan


def plan_kills(seed: int) -> Iterator[Kill]:
    chance = random.Random(f"{seed} kills")  # noqa: S311 (to be repeated)
    victims = ["child"] * CHILDREN_FOR_A_WORKER + ["worker"]
    while True:
        yield Kill(chance.choice(victims), chance.randrange(1000), chance.randrange(1000))
