"""Events and calendars as Exchange shows them (graph-api §1)."""

import re
from datetime import UTC, datetime
from hashlib import md5
from html import escape
from urllib.parse import quote

from sandbox.graph.bodies import Json
from sandbox.graph.times import graph_time
from sandbox.graph.timezones import zone_of
from sandbox.world.calendar import Attendee, Event
from sandbox.world.person import Person
from sandbox.world.planning import invitation

NEVER = "0001-01-01T00:00:00Z"


def event_json(event: Event, zone: str | None, late: bool = False, basic: bool = False) -> Json:
    """In UTC unless a ``zone`` is preferred; onlineMeeting holds the link and never an id (§1).

    ``late``: the link is not told yet. ``basic``: without what ReadBasic does not show.
    """
    change_key = _change_key(event)
    meeting = event.meeting if event.online else None
    online = meeting is not None
    written = event.body.replace(invitation(meeting), "") if meeting and late else event.body
    body: Json = {
        "bodyPreview": _preview(written),
        "body": {"contentType": "html", "content": written},
    }
    return {
        "@odata.etag": f'W/"{change_key}"',
        "id": event.id,
        "createdDateTime": graph_time(event.created_at),
        "lastModifiedDateTime": graph_time(event.modified_at),
        "changeKey": change_key,
        "categories": [],
        "transactionId": event.transaction_id,
        "originalStartTimeZone": event.zones[0],
        "originalEndTimeZone": event.zones[1],
        "iCalUId": f"040000008200E00074C5B7101A82E008{event.id.encode().hex().upper()}",
        "reminderMinutesBeforeStart": 15,
        "isReminderOn": True,
        "hasAttachments": False,
        "subject": event.subject,
        "importance": "normal",
        "sensitivity": "normal",
        "isAllDay": False,
        "isCancelled": False,
        "isOrganizer": True,
        "responseRequested": True,
        "seriesMasterId": None,
        "showAs": "busy",
        "type": _type(event),
        "webLink": f"https://outlook.office365.com/owa/?itemid={quote(event.id, safe='')}",
        "onlineMeetingUrl": None,
        "isOnlineMeeting": online,
        "onlineMeetingProvider": "teamsForBusiness" if online else "unknown",
        "allowNewTimeProposals": True,
        "hideAttendees": False,
        "recurrence": None,
        "responseStatus": {"response": "organizer", "time": NEVER},
        **({} if basic else body),
        "start": wall_clock(event.starts_at, zone),
        "end": wall_clock(event.ends_at, zone),
        "location": {"displayName": "Microsoft Teams Meeting" if online else ""},
        "attendees": [_attendee(one) for one in event.attendees],
        "organizer": _address(event.organizer.name, str(event.organizer.mail)),
        "onlineMeeting": {"joinUrl": meeting.join_web_url} if meeting and not late else None,
        **event.options,
    }


def calendar_json(person: Person, teams: bool) -> Json:
    """``teams``: whether the calendar names it; without it there is no provider at all."""
    return {
        "id": f"AAMkCalendar{str(person.id).replace('-', '')}",
        "name": "Calendar",
        "color": "auto",
        "hexColor": "",
        "isDefaultCalendar": True,
        "changeKey": md5(str(person.id).encode(), usedforsecurity=False).hexdigest(),
        "canShare": True,
        "canViewPrivateItems": True,
        "canEdit": True,
        "allowedOnlineMeetingProviders": ["teamsForBusiness"] if teams else [],
        "defaultOnlineMeetingProvider": "teamsForBusiness" if teams else "unknown",
        "isTallyingResponses": True,
        "isRemovable": False,
        "owner": {"name": person.name, "address": person.mail},
    }


def wall_clock(moment: datetime, zone: str | None) -> Json:
    """dateTimeTimeZone: seven digits and no offset."""
    wall = moment.astimezone(zone_of(zone) if zone else UTC)
    return {"dateTime": f"{wall:%Y-%m-%dT%H:%M:%S}.{wall:%f}0", "timeZone": zone or "UTC"}


def as_html(kind: str, content: str) -> str:
    return content if kind == "html" else escape(content).replace("\n", "<br>")


def _preview(body: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body)).strip()[:255]


def _attendee(one: Attendee) -> Json:
    status = {"response": "none", "time": NEVER}
    return {"type": one.type, "status": status, **_address(one.name, one.address)}


def _address(name: str, address: str) -> Json:
    return {"emailAddress": {"name": name, "address": address}}


def _type(event: Event) -> str:
    recurs = event.meeting is not None and event.meeting.meeting_type == "recurring"
    return "seriesMaster" if recurs else "singleInstance"


def _change_key(event: Event) -> str:
    return md5(f"{event.id} {event.version}".encode(), usedforsecurity=False).hexdigest()
