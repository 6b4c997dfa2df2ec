"""What is left where a repair cannot help: nothing but what the meeting's page offers."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils import timezone

from conferences.actions.changes import open_change
from conferences.arranging.repairing import Repair, Repaired
from conferences.models.meeting import PlannedMeeting
from conferences.queries.access import Access
from conferences.queries.decisions import Decision, possible
from syncing.database import with_database


class WayOut(StrEnum):
    RECORD_BY_HAND = "record_by_hand"
    RECREATE = "recreate"
    MAKE = "make"
    TRY_AGAIN = "try_again"
    ATTACH = "attach"
    ACCEPT = "accept"


DECISIONS: Mapping[WayOut, Decision] = {
    WayOut.RECREATE: Decision.RECREATE,
    WayOut.MAKE: Decision.MAKE,
    WayOut.TRY_AGAIN: Decision.TRY_AGAIN,
    WayOut.ATTACH: Decision.ATTACH,
    WayOut.ACCEPT: Decision.ACCEPT,
}
OF_NO_MEETING = {WayOut.MAKE, WayOut.TRY_AGAIN, WayOut.ATTACH}  # to come by one


def ways_out(repaired: Repaired) -> tuple[WayOut, ...]:
    """What an administrator can do, in order. A meeting that is over can only be accepted."""
    if repaired.result is not Repair.CANNOT:
        return ()
    offered = _offered(repaired.meeting)
    return tuple(way for way in WayOut if way in offered)


def _offered(meeting: PlannedMeeting) -> set[WayOut]:
    now = timezone.now()
    is_under_way = with_database(lambda: open_change(meeting)) is not None
    decisions = possible(meeting, Access.ADMINISTRATOR, now, is_under_way=is_under_way)
    offered = {way for way, decision in DECISIONS.items() if decision in decisions}
    if meeting.ends_at <= now:
        return offered & {WayOut.ACCEPT}
    if not meeting.meeting_link:
        return offered
    by_hand = {WayOut.RECORD_BY_HAND} if meeting.is_recording_wanted else set()
    return offered - OF_NO_MEETING | by_hand
