"""Holding matching requests until someone lets them go."""

import asyncio
import re
from dataclasses import dataclass, field
from itertools import count


@dataclass
class Hold:
    """``path``: a regular expression searched in the decoded ``path?query``."""

    id: str
    path: re.Pattern[str]
    waiting: int = 0
    released: asyncio.Event = field(default_factory=asyncio.Event)


class Holds:
    def __init__(self) -> None:
        self._holds: dict[str, Hold] = {}
        self._numbers = count(1)

    def add(self, pattern: str) -> Hold:
        """re.error for a bad pattern."""
        hold = Hold(f"hold-{next(self._numbers)}", re.compile(pattern))
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

    async def wait(self, target: str, gone: asyncio.Task[None]) -> None:
        """Until every hold that matches ``target`` is released, or the client is ``gone``."""
        while held := [hold for hold in self._holds.values() if hold.path.search(target)]:
            held[0].waiting += 1
            release = asyncio.ensure_future(held[0].released.wait())
            try:
                await asyncio.wait({release, gone}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                held[0].waiting -= 1
                release.cancel()
            if gone.done():
                return
