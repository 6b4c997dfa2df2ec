"""Every kind of request that a meeting needs, one row each: what is hit, and whose work it is."""

from dataclasses import dataclass
from functools import partial

from tests.faults import wishes
from tests.faults.desk import Asking

ONE_EVENT = r"/users/[^/]+/events/[^/?]+\?"
ONE_MEETING = r"/onlineMeetings/[^/?]+\?"


@dataclass(frozen=True)
class Asked:
    """``asking`` makes this ``method`` of ``path``. Who fails there has ``status`` for its
    recording, and a link if ``has_link``. ``absent``, ``meant``: the code of a 404, and of a 403
    although the permission is granted. ``lost``: the status after a 404, where that is another.
    """

    asking: Asking
    method: str
    path: str
    permission: str = "OnlineMeetings.ReadWrite.All"
    status: str = "not_attempted"
    has_link: bool = True
    absent: str = "meeting_not_found"
    meant: str = "permission_missing"
    lost: str = ""


OfCalendar = partial(
    Asked, permission="Calendars.ReadWrite", meant="calendar_closed", absent="event_gone"
)
NoLinkYet = partial(OfCalendar, has_link=False)
Recorded = partial(OfCalendar, status="verified")

REQUESTS = {
    "organizer": Asked(
        wishes.make, "GET", r"/users/[^/]+\?", "User.Read.All", absent="organizer_unknown"
    ),
    "event made": NoLinkYet(wishes.make, "POST", "/events", absent="no_mailbox"),
    "event read": NoLinkYet(wishes.make_with_late_link, "GET", ONE_EVENT),
    "link read": NoLinkYet(wishes.wait_for_link, "GET", ONE_EVENT),
    "calendar": NoLinkYet(
        wishes.make_without_licence, "GET", r"/calendar\?", absent="not_available"
    ),
    "event moved": Recorded(wishes.move, "PATCH", ONE_EVENT),
    "event removed": Recorded(wishes.cancel, "DELETE", ONE_EVENT),
    "old event removed": Recorded(wishes.recreate, "DELETE", ONE_EVENT),
    "meeting": Asked(wishes.make, "GET", r"/onlineMeetings\?"),
    "recording": Asked(
        wishes.make, "PATCH", ONE_MEETING, status="failed", meant="recording_refused"
    ),
    "read back": Asked(wishes.make, "GET", ONE_MEETING, status="failed"),
    "setting": Asked(wishes.check, "GET", ONE_MEETING, status="verified", lost="failed"),
    "switched off": Asked(
        wishes.switch, "PATCH", ONE_MEETING, status="pending", meant="recording_refused"
    ),
}
