"""``GET /_sandbox/meetings``: every event and every meeting, also those that nobody finds."""

from datetime import UTC, datetime

from sandbox.world.calendar import Event
from sandbox.world.model import Meeting, World


def meetings_json(world: World) -> dict[str, object]:
    """In the order of making: events with their meetings, then meetings without an event."""
    events = world.calendars.events.values()
    planned = {id(event.meeting) for event in events}
    rows = [{**_event(event), **_meeting(event.meeting)} for event in events]
    rows += [
        {**_without_event(meeting), **_meeting(meeting)}
        for meeting in world.meetings
        if id(meeting) not in planned
    ]
    return {"meetings": rows}


def _event(event: Event) -> dict[str, object]:
    return {
        "event_id": event.id,
        "transaction_id": event.transaction_id,
        "subject": event.subject,
        "organizer": event.organizer.mail,
        "starts_at": iso(event.starts_at),
        "ends_at": iso(event.ends_at),
        "attendees": [attendee.address for attendee in event.attendees],
        "cancelled": event.state == "cancelled",
        "deleted": event.state == "deleted",
        "invitations": event.invitations,
        "updates": event.updates,
        "cancellations": event.cancellations,
    }


def _without_event(meeting: Meeting) -> dict[str, object]:
    return {
        "event_id": None,
        "transaction_id": None,
        "subject": meeting.subject,
        "organizer": meeting.organizer.mail,
        "starts_at": iso(meeting.starts_at),
        "ends_at": iso(meeting.ends_at),
        "attendees": [],
        "cancelled": False,
        "deleted": False,
        "invitations": 0,
        "updates": 0,
        "cancellations": 0,
    }


def _meeting(meeting: Meeting | None) -> dict[str, object]:
    """``found``: whether the vendor's routes still find the online meeting."""
    return {
        "join_url": meeting.join_web_url if meeting is not None else None,
        "online_meeting_id": meeting.id if meeting is not None else None,
        "record_automatically": meeting.record_automatically if meeting is not None else False,
        "found": meeting is not None and not meeting.gone,
    }


def iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
