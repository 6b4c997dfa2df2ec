"""What a client asks of an event, checked as strictly as Exchange does (graph-api §1). Pure."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sandbox.graph.bodies import Json, flag, known, one_of, text, unreadable
from sandbox.graph.errors import GraphError
from sandbox.graph.timezones import zone_of
from sandbox.world.calendar import Attendee
from sandbox.world.planning import MOST_ATTENDEES

PROVIDERS = ("unknown", "skypeForBusiness", "skypeForConsumer", "teamsForBusiness")
_WALL_CLOCK = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(\.\d{1,7})?")
_ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
_READ_ONLY = (
    "id", "changeKey", "createdDateTime", "lastModifiedDateTime", "bodyPreview", "hasAttachments",
    "iCalUId", "isCancelled", "isDraft", "isOrganizer", "onlineMeeting", "onlineMeetingUrl",
    "organizer", "originalEndTimeZone", "originalStart", "originalStartTimeZone",
    "responseStatus", "seriesMasterId", "type", "webLink", "cancelledOccurrences",
)  # fmt: skip
_NOT_PLAYED = (
    "isAllDay", "locations", "recurrence", "attachments", "calendar", "exceptionOccurrences",
    "extensions", "instances", "multiValueExtendedProperties", "singleValueExtendedProperties",
)  # fmt: skip


def read_event(body: Json) -> dict[str, Any]:
    """Property → value: instants with the name of their zone, attendees, plain texts and flags."""
    allowed = {*_READERS, *_READ_ONLY, *_NOT_PLAYED}
    wanted: dict[str, Any] = {}
    for name, value in known(body, allowed, "event").items():
        if name in _READ_ONLY:
            raise GraphError(400, "ErrorInvalidPropertySet", f"'{name}' is read-only.")
        if name in _NOT_PLAYED and value not in (None, False, []):
            raise GraphError(400, "NotSupported", f"The sandbox does not play '{name}'.")
        if name in _READERS:
            wanted[name] = _READERS[name](value)
    return wanted


def failed() -> GraphError:
    """An impossible value; Exchange does not say which."""
    return GraphError(
        400, "ErrorPropertyValidationFailure", "At least one property failed validation."
    )


def _instant(value: object) -> tuple[datetime, str]:
    """``dateTime`` by the wall clock of ``timeZone``; without a zone it would be UTC by luck."""
    found = known(value, ("dateTime", "timeZone"), "dateTimeTimeZone")
    zone = zone_of(found.get("timeZone"))
    match = _WALL_CLOCK.fullmatch(text(found.get("dateTime")))
    if match is None:
        raise failed()
    try:
        wall = datetime.fromisoformat(match[1])
    except ValueError:
        raise failed() from None
    return wall.replace(tzinfo=zone).astimezone(UTC), found["timeZone"]


def _attendees(value: object) -> list[Attendee]:
    if not isinstance(value, list):
        raise unreadable("A collection of 'microsoft.graph.attendee' was expected.")
    if len(value) > MOST_ATTENDEES:
        raise GraphError(
            400, "ErrorInvalidRequest", f"An event has at most {MOST_ATTENDEES} attendees."
        )
    return [_attendee(one) for one in value]


def _attendee(value: object) -> Attendee:
    found = known(value, ("emailAddress", "type", "status", "proposedNewTime"), "attendee")
    mail = known(found.get("emailAddress"), ("address", "name"), "emailAddress")
    address = mail.get("address")
    if not isinstance(address, str) or not _ADDRESS.fullmatch(address):
        raise GraphError(400, "ErrorInvalidRecipients", "At least one recipient is not valid.")
    kind = one_of("required", "optional", "resource")(found.get("type") or "required")
    return Attendee(address, text(mail.get("name") or address), kind)


def _body(value: object) -> tuple[str, str]:
    found = known(value, ("contentType", "content"), "itemBody")
    kind = one_of("text", "html")(found.get("contentType") or "text")
    return kind, text(found.get("content") or "")


def _names(value: object) -> list[str]:
    if not isinstance(value, list):
        raise unreadable("A collection of 'Edm.String' was expected.")
    return [text(name) for name in value]


def _location(value: object) -> Json:
    return {"displayName": text(known(value, ("displayName",), "location").get("displayName"))}


def _minutes(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise unreadable(f"Cannot convert the literal '{value}' to the expected type 'Edm.Int32'.")
    return value


def _subject(value: object) -> str:
    return text(value or "")[:255]


_READERS: dict[str, Callable[[object], Any]] = {
    "subject": _subject,
    "body": _body,
    "start": _instant,
    "end": _instant,
    "attendees": _attendees,
    "isOnlineMeeting": flag,
    "onlineMeetingProvider": one_of(*PROVIDERS),
    "transactionId": text,
    "allowNewTimeProposals": flag,
    "categories": _names,
    "hideAttendees": flag,
    "importance": one_of("low", "normal", "high"),
    "isReminderOn": flag,
    "location": _location,
    "reminderMinutesBeforeStart": _minutes,
    "responseRequested": flag,
    "sensitivity": one_of("normal", "personal", "private", "confidential"),
    "showAs": one_of("unknown", "free", "tentative", "busy", "oof", "workingElsewhere"),
}
OPTIONS = (
    "allowNewTimeProposals", "categories", "hideAttendees", "importance", "isReminderOn",
    "location", "reminderMinutesBeforeStart", "responseRequested", "sensitivity", "showAs",
)  # fmt: skip
