"""Holding matching requests, or their answers, until someone lets them go."""

import asyncio
import re
from dataclasses import dataclass, field
from itertools import count


@dataclass
class Hold:
    """``path``: a regular expression searched in the decoded ``path?query``. ``skip``: how many
    requests may still pass. ``method`` None: every one. ``after``: the request is done and its
    answer is withheld.
    """

    id: str
    path: re.Pattern[str]
    skip: int = 0
    method: str | None = None
    after: bool = False
    waiting: int = 0
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def holds(self, method: str, target: str, after: bool) -> bool:
        return (
            self.after is after
            and self.method in (None, method)
            and self.path.search(target) is not None
        )

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "path": self.path.pattern,
            "method": self.method,
            "after": self.after,
            "waiting": self.waiting,
        }


class Holds:
    def __init__(self) -> None:
        self._holds: dict[str, Hold] = {}
        self._numbers = count(1)

    def add(
        self, pattern: str, skip: int = 0, method: str | None = None, after: bool = False
    ) -> Hold:
        """re.error for a bad pattern."""
        hold = Hold(f"hold-{next(self._numbers)}", re.compile(pattern), skip, method, after)
        self._holds[hold.id] = hold
        return hold

    def get(self, hold_id: str) -> Hold | None:
        return self._holds.get(hold_id)

    def all(self) -> list[Hold]:
        return list(self._holds.values())

    def release(self, hold_id: str) -> bool:
        hold = self._holds.pop(hold_id, None)
        if hold is not None:
            hold.released.set()
        return hold is not None

    def release_all(self) -> None:
        for hold_id in list(self._holds):
            self.release(hold_id)

    async def wait(
        self, method: str, target: str, gone: asyncio.Task[None], after: bool = False
    ) -> None:
        """Until every hold that matches is released, or the client is ``gone``."""
        passed: list[Hold] = []
        while hold := self._next(method, target, after, passed):
            if hold.skip:
                hold.skip -= 1
                passed.append(hold)
                continue
            hold.waiting += 1
            release = asyncio.ensure_future(hold.released.wait())
            try:
                await asyncio.wait({release, gone}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                hold.waiting -= 1
                release.cancel()
            if gone.done():
                return

    def _next(self, method: str, target: str, after: bool, passed: list[Hold]) -> Hold | None:
        matching = (hold for hold in self._holds.values() if hold.holds(method, target, after))
        return next((hold for hold in matching if hold not in passed), None)
