"""Everything a sandbox remembers, in one object that ``reset`` makes new."""

from datetime import UTC, datetime

from starlette.requests import HTTPConnection

from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.holds import Holds
from sandbox.log import RequestLog
from sandbox.tenant import Tenant
from sandbox.throttling import Throttle
from sandbox.tokens import Tokens
from sandbox.world import build_world


class Sandbox:
    """World, clock, tenant, faults, holds and the log of requests."""

    def __init__(self, world: str, now: datetime | None) -> None:
        self.tokens = Tokens()
        self.holds = Holds()
        self._first_world, self._first_anchor = world, now
        self.reset(world, now)

    def reset(self, world: str | None, now: datetime | None) -> None:
        """A fresh world around ``now``; faults, holds and log gone, tokens stay good.

        What is None is as it was at the start; an anchor that was not given then is
        this moment, in whole seconds.
        """
        world = world or self._first_world
        now = now or self._first_anchor or datetime.now(UTC).replace(microsecond=0)
        self.world = build_world(world, now)
        self.world_name = world
        self.clock = Clock(now)
        self.tenant = Tenant()
        self.faults = Faults()
        self.throttle = Throttle()
        self.log = RequestLog()
        self.holds.release_all()


def sandbox_of(connection: HTTPConnection) -> Sandbox:
    sandbox = connection.app.state.sandbox
    assert isinstance(sandbox, Sandbox)
    return sandbox
