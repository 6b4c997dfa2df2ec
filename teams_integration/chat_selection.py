"""Which messages of a chat are a meeting's, and how far a reading of it has come. Pure."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from platforms.contract import Known, Window
from platforms.errors import BadResponseError
from platforms.paging import MAX_PAGES
from platforms.records import RemoteMessage
from teams_integration.parse import messages
from teams_integration.parse.values import instant

# Messages of the same instant, and those that come to light a little later than others.
OVERLAP = timedelta(minutes=1)
LATE_WORD = timedelta(hours=24)  # how long after the window word of a recording may come


class Selection:
    """Takes the pages of one reading, as Graph lists them.

    ``has_order``: newest first by what the reading asked for, creation or modification. Word of
    a call that comes after the window is held back until it is known when the call was. ``odd``:
    the first message that could not be understood; the others are not lost for it.
    """

    def __init__(self, window: Window, known: Known, *, has_order: bool = True) -> None:
        self._window = window
        self._known_until = known.changed_until if has_order else None
        self._has_order = has_order
        self._calls = dict(known.calls)
        self.listed: frozenset[str] = frozenset()  # where nothing tells of deletions: what is kept
        self._held: list[RemoteMessage] = []
        self.odd: BadResponseError | None = None
        self.changed_until = self._known_until  # after the first page: what is complete by then
        self.is_over = False  # everything that follows is older than what is asked for
        self.read = self.kept = self._pages = 0
        self._newest: datetime | None = None
        self._oldest: datetime | None = None
        self._is_mixed = False  # a page came that is newer than the one before

    def add(self, sources: list[dict[str, Any]]) -> tuple[RemoteMessage, ...]:
        """The messages of one page that are within the window."""
        if not self.read and self._has_order:
            moments = [self._known_until, *map(_modified_at, sources)]
            self.changed_until = max(filter(None, moments), default=None)
        self._pages += 1
        self.read += len(sources)
        found = []
        for source in sources:
            if self._is_known(source):
                self.is_over = True  # Graph ignores a filter that it does not like
                break
            try:
                message = messages.message(source)
            except BadResponseError as error:
                self.odd = self.odd or error
                continue
            if message is not None and self._is_wanted(message):
                found.append(message)
        if self._has_order and self._known_until is None:
            self.is_over = bool(sources) and self._ends_before_window(sources)
        self.kept += len(found)
        if not self._has_order:
            self.listed |= {message.source_id for message in found}
        return tuple(found)

    @property
    def pages_left(self) -> int:
        """About how many pages follow, if people wrote as often before; at least 1."""
        if self._newest is None or self._oldest is None or self._pages < 2:
            return 1
        of_a_page = (self._newest - self._oldest) / (self._pages - 1)
        begins = min(start for start, _ in self._window.spans)
        if of_a_page <= timedelta() or self._oldest <= begins:
            return 1
        return max(1, min(MAX_PAGES, round((self._oldest - begins) / of_a_page)))

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

    def _ends_before_window(self, sources: list[dict[str, Any]]) -> bool:
        """Whether what follows is older too. A page proves that by coming after a newer one, or by
        reaching over the whole window; pages in any other order are read to the last.
        """
        first, last = (_moment(sources[n], "createdDateTime") for n in (0, -1))
        before, self._oldest = self._oldest, last or self._oldest
        self._newest = self._newest or last
        if last is None:
            return False
        self._is_mixed |= before is not None and last > before
        has_proof = before is not None or (first is not None and first > self._window.closes_at)
        return has_proof and not self._is_mixed and last < self._window.opens_at

    def _is_known(self, source: dict[str, Any]) -> bool:
        """Whether it, and what follows, was read before."""
        changed_at = _modified_at(source)
        if self._known_until is None or changed_at is None:
            return False
        return changed_at <= self._known_until - OVERLAP

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


def _moment(source: dict[str, Any], *names: str) -> datetime | None:
    """Of the first name that is there; None for what is no moment."""
    try:
        return next((instant(source, name) for name in names if source.get(name)), None)
    except BadResponseError:
        return None


def _modified_at(source: dict[str, Any]) -> datetime | None:
    return _moment(source, "lastModifiedDateTime", "createdDateTime")
