"""Hundreds of syncs while the vendor fails and workers are killed; prints one line of figures.

PostgreSQL, Redis, sandbox, pages and workers are its own, on 127.0.0.1 and in a temporary folder.
Exits 1 if a row was lost or doubled, a run is stuck or the time was over. Started by scripts/soak.
"""

import argparse
import json
import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

from scripts.servers.postgres import PostgresServer, create_database
from scripts.servers.process import children_of, temporary_folder
from scripts.servers.redis import RedisServer
from scripts.servers.site import Site
from scripts.soaking.books import Books, Rows, lost_and_doubled
from scripts.soaking.person import Person
from scripts.soaking.plan import FAULTS, Kill, Sync, plan_kills, plan_syncs

WORKERS = 2
STUCK_AFTER_SECONDS = 240
LATENCY_MS = 50
JUST_OVER = 82  # what the platform holds of it grows while a soak lasts
# One account presses for all; leases end between two kills; no pacing: the sandbox has no limits.
SETTINGS = {
    "SYNC_RUNS_PER_PERSON": "1000000",
    "SYNC_LEASE_SECONDS": "6",
    "SYNC_HEARTBEAT_SECONDS": "2",
    "GRAPH_RATE": "10000",
    "GRAPH_CALL_RECORD_RATE": "10000",
    "GRAPH_CHAT_RATE": "10000",
}


@dataclass(frozen=True)
class Usual:
    """What an undisturbed sync of a conference comes to."""

    verdict: str
    requests: int
    rows: Rows


@dataclass
class Figures:
    syncs: int = 0
    first_syncs: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    attempts: Counter[int] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    verdicts_unlike_undisturbed: int = 0
    rows_lost: int = 0
    rows_doubled: int = 0
    runs_stuck: int = 0


class Soak:
    def __init__(self, site: Site, books: Books) -> None:
        self._site, self._books = site, books
        self._plan: list[Sync] = []
        self._busy: set[int] = set()
        self._workers: list[str] = []
        self._numbers = count(1)
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._deadline = 0.0
        self.figures = Figures()
        known = [entry["id"] for entry in site.sandbox.conferences()["conferences"]]
        self._usual = self._rehearse([pk for pk in known if pk != JUST_OVER])
        self._digest = site.manage("data_digest").stdout

    def run(self, wish: argparse.Namespace) -> None:
        requests = {pk: usual.requests for pk, usual in self._usual.items()}
        self._plan = plan_syncs(wish.seed, wish.syncs, requests, wish.faults)
        self._deadline = time.monotonic() + 60 * wish.minutes
        self._site.sandbox.tenant(latency_ms=LATENCY_MS)
        while len(self._workers) < WORKERS:
            self._start_worker()
        killer = threading.Thread(target=self._kill_now_and_then, args=(wish.seed, wish.kill_every))
        killer.start()
        try:
            with ThreadPoolExecutor(wish.people) as pool:
                for person in [pool.submit(self._press_on) for _ in range(wish.people)]:
                    person.result()
        finally:
            self._over.set()
            killer.join()

    def faults_struck(self) -> Counter[str]:
        struck: Counter[str] = Counter()
        for fault in self._site.sandbox.call("GET", "faults"):
            if fault["hits"] > fault["skip"]:
                struck[str(fault["status"]) if "status" in fault else _action(fault)] += 1
        return struck

    def is_as_undisturbed(self) -> bool:
        """Once what a fault had the last word in was synced again, without faults."""
        self._site.sandbox.end_faults()
        for pk, usual in self._usual.items():
            if self._books.last_run(pk).verdict != usual.verdict:
                self._site.manage("sync_conference", str(pk), check=False)
        return self._site.manage("data_digest").stdout == self._digest

    # -- people --------------------------------------------------------------------------------

    def _press_on(self) -> None:
        person = Person(self._site.url)
        while (sync := self._next()) is not None:
            self._sync(person, sync)
            with self._lock:
                self._busy.remove(sync.conference)

    def _next(self) -> Sync | None:
        """The next one whose conference nobody syncs."""
        with self._lock:
            if time.monotonic() > self._deadline:
                return None
            free = (sync for sync in self._plan if sync.conference not in self._busy)
            if (sync := next(free, None)) is not None:
                self._plan.remove(sync)
                self._busy.add(sync.conference)
            return sync

    def _sync(self, person: Person, sync: Sync) -> None:
        pk, usual = sync.conference, self._usual[sync.conference]
        if sync.is_first:
            self._books.forget(pk)
        before = self._books.rows(pk)
        for name, skip in sync.faults:
            self._site.sandbox.script(path="", times=1, skip=skip, **FAULTS[name])
        run = person.press(pk)
        is_stuck = not person.watch(pk, run, STUCK_AFTER_SECONDS)
        ended = self._books.run(run)
        is_usual = ended.verdict == usual.verdict
        lost, doubled = lost_and_doubled(
            self._books.rows(pk), at_least=usual.rows if is_usual else before, at_most=usual.rows
        )
        doubled += max(0, ended.ends - 1)
        with self._lock:
            figures = self.figures
            figures.syncs += 1
            figures.first_syncs += sync.is_first
            figures.attempts[ended.attempt] += 1
            figures.verdicts[ended.verdict or "none"] += 1
            figures.verdicts_unlike_undisturbed += not is_usual
            figures.rows_lost += lost
            figures.rows_doubled += doubled
            figures.runs_stuck += is_stuck
            if lost or doubled or is_stuck or figures.syncs % 25 == 0:
                say(f"{figures.syncs}: conference {pk}, run {run}, {lost=}, {doubled=}, {ended}")

    # -- kills ---------------------------------------------------------------------------------

    def _kill_now_and_then(self, seed: int, seconds: float) -> None:
        for kill in plan_kills(seed):
            if self._over.wait(seconds):
                return
            self._kill(kill)

    def _kill(self, kill: Kill) -> None:
        name = self._workers[kill.worker % len(self._workers)]
        if kill.victim == "worker":
            self._workers.remove(name)
            self._site.kill_worker(name)
            self._start_worker()
        else:
            children = children_of(self._site.pid(name))
            os.kill(children[kill.child % len(children)], signal.SIGKILL)
        self.figures.kills[kill.victim] += 1

    def _start_worker(self) -> None:
        name = f"worker-{next(self._numbers)}"
        self._site.start_worker(name, beat=False)
        self._workers.append(name)

    def _rehearse(self, conferences: list[int]) -> dict[int, Usual]:
        ids = map(str, conferences)
        printed = self._site.manage("sync_conference", *ids, "--json", check=False).stdout
        told = {entry["conference"]: entry for entry in map(json.loads, printed.splitlines())}
        return {
            pk: Usual(told[pk]["verdict"], told[pk]["requests"], self._books.rows(pk))
            for pk in conferences
        }


def main() -> int:
    wish = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # let the servers be stopped
    began = time.monotonic()
    with site_of_our_own() as (site, books):
        soak = Soak(site, books)
        soak.run(wish)
        figures = {
            "seed": wish.seed,
            **vars(soak.figures),
            "faults": soak.faults_struck(),
            "requests": len(site.sandbox.requests_seen()),
            "is_as_undisturbed": soak.is_as_undisturbed(),
            "seconds": round(time.monotonic() - began),
        }
    sys.stdout.write(json.dumps(figures) + "\n")
    bad = ("rows_lost", "rows_doubled", "runs_stuck")
    is_good = figures["is_as_undisturbed"] and not any(figures[name] for name in bad)
    return 0 if is_good and figures["syncs"] == wish.syncs else 1


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/soak", description=__doc__)
    parser.add_argument("--syncs", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60, help="no sync begins after them")
    parser.add_argument("--people", type=int, default=4, help="who press at the same time")
    parser.add_argument("--faults", type=float, default=0.1, help="share of the requests")
    parser.add_argument("--kill-every", type=float, default=20, metavar="SECONDS")
    return parser.parse_args()


@contextmanager
def site_of_our_own() -> Iterator[tuple[Site, Books]]:
    """Everything but its workers."""
    with temporary_folder("soak") as folder:
        postgres = PostgresServer()
        redis = RedisServer(folder / "redis")
        url = create_database(postgres.url, "soak")
        site = Site(folder / "site", database_url=url, broker_url=redis.url, settings=SETTINGS)
        try:
            site.start_sandbox()
            site.prepare_database()
            site.import_conferences()
            site.start_web()
            yield site, Books(url)
        finally:
            site.kill()
            redis.stop()
            postgres.stop()


def say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _action(fault: dict[str, object]) -> str:
    return "reset" if "reset" in fault else "cut"


if __name__ == "__main__":
    sys.exit(main())
