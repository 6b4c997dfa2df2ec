"""A platform that can be killed with its worker: before a call, or between its answer and us."""

from typing import Any, ClassVar

from teams_integration.platform import TeamsPlatform

WRITING = {"create_event", "change_event", "remove_event", "set_recording"}
ASKING = {"find_organizer", "fetch_event", "explain_no_meeting", "resolve_meeting"}
CALLS = WRITING | ASKING | {"fetch_recording_setting"}


class Killed(BaseException):
    """What no code may catch, as SIGKILL."""


class MortalPlatform:
    """``dies_at``: the number of the call, from 1; ``after``: it was made, and nobody heard."""

    dies_at: ClassVar[int | None] = None
    after: ClassVar[bool] = False
    calls: ClassVar[list[str]] = []

    def __init__(self) -> None:
        self._real = TeamsPlatform()

    @classmethod
    def live(cls, dies_at: int | None = None, *, after: bool = False) -> None:
        cls.dies_at, cls.after, cls.calls = dies_at, after, []

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._real, name)
        if name not in CALLS:
            return real

        def call(*arguments: Any) -> Any:
            self.calls.append(name)
            is_last = len(self.calls) == self.dies_at
            if is_last and not self.after:
                raise Killed
            answer = real(*arguments)
            if is_last:
                raise Killed
            return answer

        return call
