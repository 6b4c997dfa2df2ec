"""Two workers that stay from test to test, and what may be killed of the site."""

import os
import signal
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from typing import Any

import requests

from scripts.servers.process import ServerProcess, children_of, wait_until
from tests.reliability.stage import LECTURE, Stage, process_of
from tests.reliability.visitor import Visitor

ALGEBRA = 86  # five people, and something of every feed
REQUESTS = {ALGEBRA: 11, LECTURE: 17}  # of an undisturbed run, without those for a token
CREW_SIZE = 2
UNPACED = {"GRAPH_RATE": "10000", "GRAPH_CALL_RECORD_RATE": "10000", "GRAPH_CHAT_RATE": "10000"}
# A short lease, because every test waits for its end.
SETTINGS = {"SYNC_LEASE_SECONDS": "2", "SYNC_HEARTBEAT_SECONDS": "1", **UNPACED}
_numbers = count(1)


@dataclass(frozen=True)
class Usual:
    """What an undisturbed run of a conference comes to."""

    items: int
    steps: dict[str, str]
    digest: str


class Crew:
    """The stage's workers, all of them with a short lease. A test that wants others resets the
    stage; the next one that wants the crew has it complete again.
    """

    def __init__(self, stage: Stage) -> None:
        self.stage, self.visitor = stage, Visitor(stage.site.url)
        self._commands: list[ServerProcess] = []
        self.usual = {pk: self._rehearse(pk) for pk in REQUESTS}

    def complete(self) -> None:
        while len(self.stage.workers) < CREW_SIZE:
            self.stage.start_worker(settings=SETTINGS)

    def rest(self) -> None:
        """Everything as on the first day; who lives stays."""
        for command in self._commands:
            command.kill()
        self._commands.clear()
        self.stage.forget()

    def leave(self) -> None:
        with suppress(OSError):
            self.visitor.leave()

    # -- runs ----------------------------------------------------------------------------------

    def press(self, pk: int) -> None:
        self.visitor.press_sync(pk)

    def begin_command(self, pk: int) -> None:
        name = f"command-{next(_numbers)}"
        self._commands.append(
            self.stage.site.begin(name, "sync_conference", str(pk), settings=SETTINGS)
        )

    def run(self) -> int:
        """The only one there is."""
        [(run,)] = self.stage.rows("SELECT id FROM syncing_syncrun")
        return int(run)

    def assert_as_usual(self, pk: int, attempt: int) -> None:
        """One run, taken over so many times, came to what an undisturbed run comes to."""
        run, usual = self.run(), self.usual[pk]
        ended = self.stage.wait_for_end(run)
        assert (ended["verdict"], ended["attempt"]) == ("success", attempt)
        assert ended["items"] == usual.items
        assert self.stage.steps(run) == usual.steps
        events = Counter(self.stage.events(run))
        assert (events["started"], events["taken_over"]) == (1, attempt - 1)
        assert events["finished"] == 1
        assert self.stage.digest() == usual.digest
        assert self.run() == run

    def _rehearse(self, pk: int) -> Usual:
        stage = self.stage
        stage.site.sandbox.forget_requests()
        stage.site.manage("sync_conference", str(pk), settings=SETTINGS)
        assert len(stage.site.sandbox.requests_seen("/v1.0/")) == REQUESTS[pk]
        run = self.run()
        usual = Usual(stage.run(run)["items"], stage.steps(run), stage.digest())
        stage.forget()
        return usual

    # -- killing -------------------------------------------------------------------------------

    def kill_child(self) -> None:
        """The process that works on the run: one of a worker's children, as the kernel does when
        memory runs out, or a command.
        """
        os.kill(process_of(self._held()), signal.SIGKILL)

    def kill_worker(self) -> None:
        """With all its children, as when its machine is gone."""
        session = os.getsid(process_of(self._held()))
        [name] = [name for name in self.stage.workers if self.stage.site.pid(name) == session]
        self.stage.kill_worker(name)

    def kill_web_children(self) -> None:
        """All processes that answer; gunicorn starts others."""
        for pid in children_of(self.stage.site.pid("web")):
            os.kill(pid, signal.SIGKILL)

    def _held(self) -> dict[str, Any]:
        run = self.stage.run(self.run())
        assert run["status"] == "running"
        return run


def insist(work: Callable[[], Any], what: str) -> None:
    """Again and again, as somebody does whose connection broke."""

    def works() -> bool:
        try:
            work()
        except requests.ConnectionError:
            return False
        return True

    wait_until(works, what)
