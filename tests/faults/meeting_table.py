"""The table of what the vendor does wrong while a meeting is made, moved, cancelled or recorded.

A row holds for every request; where one is different, ``but`` names it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.faults.asked import REQUESTS
from tests.faults.table import FAULTS as OF_FEEDS
from tests.faults.table import REASONS as OF_SYNCS
from tests.faults.table import error
from tests.faults.world import ELSEWHERE

REASONS = {
    **OF_SYNCS,
    "calendar_without_teams": ("administrator", "The calendar of mara.lindqvist@example.edu off"),
    "calendar_closed": ("administrator", "Exchange refuses this application the organizer's cal"),
    "event_gone": ("instructor", "The meeting's event is no longer in the organizer's calendar"),
    "no_mailbox": ("administrator", "mara.lindqvist@example.edu is in the directory and has no"),
    "recording_not_kept": ("administrator", "Teams took the setting and did not keep it"),
    "recording_refused": ("administrator", "Teams refused to switch recording on although"),
}
EVERY = frozenset(REQUESTS)
# One of each way in which an answer is read: what is the same everywhere is tried on these.
SOME = frozenset({"organizer", "event made", "event moved", "meeting", "recording"})
MOST = SOME | {"event read", "event removed", "read back"}
WRITES = frozenset({"event made", "event moved", "event removed", "recording"})
OF_MEETINGS = frozenset({"meeting", "recording", "setting"})
REMOVED = frozenset({"event removed", "old event removed"})  # no body comes, and a 404 is welcome
READ = EVERY - REMOVED - {"event moved", "recording", "switched off"}
TOLD = frozenset({"organizer", "event made", "event read", "meeting", "read back"})
ABSENT, MEANT = "absent", "meant"  # a code that the request names
NO_TEAMS = {"calendar": "calendar_without_teams"}


@dataclass(frozen=True)
class Wrong:
    does: Mapping[str, Any]
    code: str
    asked: Collection[str] = EVERY
    but: Mapping[str, str] = field(default_factory=dict)

    def code_of(self, name: str) -> str:
        code = self.but.get(name, self.code)
        return {ABSENT: REQUESTS[name].absent, MEANT: REQUESTS[name].meant}.get(code, code)


def like(
    name: str, asked: Collection[str], code: str = "", but: Mapping[str, str] | None = None
) -> Wrong:
    """What is done to feeds in this way."""
    return Wrong(OF_FEEDS[name].does, code or OF_FEEDS[name].code, asked, but or {})


ODD_LEAVES = {"id": 7, "joinUrl": 7, "recordAutomatically": "on"}
FAULTS: Mapping[str, Wrong] = {
    "202, no body": like("202, no body", SOME),
    "302, to another host": like("302, to another host", SOME),
    "400": like("400", MOST),
    "401": like("401", MOST),
    "403, no role": like("403, no role", EVERY, MEANT),
    "403, no policy": like("403, no policy", OF_MEETINGS),
    "403, not theirs": like("403, not theirs", OF_MEETINGS),
    "403, as if throttled": like("403, as if throttled", SOME, MEANT),
    "404": like("404", EVERY - REMOVED - {"link read"}, ABSENT),
    "409": like("409", SOME),
    "410": like("410", SOME, ABSENT),
    "412": Wrong({"status": 412}, "bad_response", WRITES),
    "423": like("423", MOST),
    "429": like("429", EVERY),
    "429, for an hour": like("429, for an hour", MOST),
    "500": like("500", EVERY),
    "501": Wrong(error(501, "NotImplemented", "No."), "platform_fault", WRITES),
    "502, a page": like("502, a page", SOME),
    "503": like("503", SOME),
    "503, for an hour": like("503, for an hour", SOME),
    "504": like("504", SOME),
    "reset": like("reset", EVERY),
    "cut": like("cut", EVERY - REMOVED),
    "HTML": like("HTML", READ),
    "a list": like("a list", SOME & READ),
    "missing keys": like("missing keys", READ),
    "nulls": like("nulls", READ, but=NO_TEAMS),
    "wrong types": Wrong({"leaves": ODD_LEAVES}, "bad_response", TOLD),
    "huge": like("huge", {"event made", "read back"}),
    "a link elsewhere": Wrong(
        {"json": {"value": [], "@odata.nextLink": ELSEWHERE}}, "foreign_link", {"meeting"}
    ),
    "no rows": Wrong({"json": {"value": []}}, "meeting_not_found", {"meeting"}),
    "another's id": Wrong({"leaves": {"id": "of somebody else"}}, "organizer_differs", {"meeting"}),
    "yes, and not done": Wrong(
        {"leaves": {"recordAutomatically": False}}, "recording_not_kept", {"read back"}
    ),
}
# What a repetition gets over, if it happens once.
PASSING: Mapping[str, Mapping[str, Any]] = {
    "401": {"status": 401},
    "429": {"status": 429},
    "503": {"status": 503},
    "reset": {"reset": True},
    "cut": {"cut": True},
}
