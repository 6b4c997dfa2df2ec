"""Which messages of a chat are a meeting's, and how far a reading of it has come. Pure."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from platforms.contract import Known, Window
from platforms.records import RemoteMessage
from teams_integration.parse import messages
from teams_integration.parse.values import instant, optional_instant

LATE_WORD = timedelta(hours=24)  # how long after the window word of a recording may come


class Selection:
    """Takes the pages of one reading, as Graph lists them.

    ``has_order``: newest first by what the reading asked for, creation or modification. Word of
    a call that comes after the window is held back until it is known when the call was.
    """

    def __init__(self, window: Window, known: Known, *, has_order: bool = True) -> None:
        self._window = window
        self._known_until = known.changed_until if has_order else None
        self._has_order = has_order
        self._calls = dict(known.calls)
        self._held: list[RemoteMessage] = []
        self.changed_until = self._known_until  # after the first page: what is complete by then
        self.is_over = False  # everything that follows is older than what is asked for
        self.read = self.kept = 0
        self._is_first = True

    def add(self, sources: list[dict[str, Any]]) -> tuple[RemoteMessage, ...]:
        """The messages of one page that are within the window."""
        if self._is_first and self._has_order:
            self.changed_until = max(
                filter(None, [self._known_until, *map(_modified_at, sources)]), default=None
            )
        self._is_first = False
        self.read += len(sources)
        found = []
        for source in sources:
            if self._known_until is not None and _modified_at(source) <= self._known_until:
                self.is_over = True  # Graph ignores a filter that it does not like
                break
            message = messages.message(source)
            if message is not None and self._is_wanted(message):
                found.append(message)
        if sources and self._has_order and self._known_until is None:
            last = instant(sources[-1], "createdDateTime")
            self.is_over = last < self._window.opens_at
        self.kept += len(found)
        return tuple(found)

    def late(self) -> tuple[RemoteMessage, ...]:
        """Once everything was added: the late word of calls that took place in the window."""
        found = [
            replace(message, about=self._calls[message.event.call_id])
            for message in self._held
            if message.event and message.event.call_id in self._calls
        ]
        self._held.clear()
        self.kept += len(found)
        return tuple(found)

    def _is_wanted(self, message: RemoteMessage) -> bool:
        created_at, call_id = message.created_at, message.event and message.event.call_id
        if self._window.covers(created_at, created_at):
            if call_id:
                self._calls[call_id] = min(created_at, self._calls.get(call_id, created_at))
            return True
        since_closing = created_at - self._window.closes_at
        if call_id and self._window.opens_at < created_at and since_closing <= LATE_WORD:
            self._held.append(message)
        return False


def _modified_at(source: dict[str, Any]) -> datetime:
    return optional_instant(source, "lastModifiedDateTime") or instant(source, "createdDateTime")
