"""JSON of Microsoft Graph to Remote* records. Pure; BadResponseError names the wrong field."""

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from platforms.errors import BadResponseError
from platforms.records import RemoteInterval, RemoteMeeting, RemotePerson, RemoteSitting

LONGEST_ID, LONGEST_EMAIL = 64, 254  # what a directory and the mail standards allow
# Kinds of identity that are no person: recording bots, call queues, auto attendants.
_BOTS = {"application", "applicationInstance"}
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?")


def instant(source: dict[str, Any], key: str) -> datetime:
    """An ISO instant in UTC; the vendor's seventh fraction digit is cut, not rounded."""
    value = source.get(key)
    match = _INSTANT.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise BadResponseError(f"“{key}” is {type(value).__name__}, not a time.")
    seconds, fraction, zone = match.groups()
    offset = "+00:00" if zone in (None, "Z") else zone
    try:
        moment = datetime.fromisoformat(f"{seconds}{(fraction or '')[:7]}{offset}")
    except ValueError as error:
        raise BadResponseError(f"“{key}” is not a time that exists.") from error
    return moment.astimezone(UTC)


def text(source: dict[str, Any], key: str) -> str:
    """A text that must be there."""
    if (value := optional_text(source, key)) is None:
        raise BadResponseError(f"“{key}” is missing or empty.")
    return value


def optional_text(source: dict[str, Any], key: str) -> str | None:
    """A text or None; "" counts as None. NUL and lone surrogates are taken out."""
    value = source.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadResponseError(f"“{key}” is {type(value).__name__}, not text.")
    clean = value.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8").strip()
    return clean or None


def child(source: dict[str, Any], key: str) -> dict[str, Any]:
    """An object, or {} where there is none."""
    value = source.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise BadResponseError(f"“{key}” is {type(value).__name__}, not an object.")
    return value


def meeting(source: dict[str, Any]) -> RemoteMeeting:
    """An onlineMeeting. https://learn.microsoft.com/graph/api/resources/onlinemeeting"""
    organizer = child(child(child(source, "participants"), "organizer"), "identity")
    return RemoteMeeting(
        meeting_id=text(source, "id"),
        organizer_id=optional_text(child(organizer, "user"), "id") or "",
        join_urls=tuple(filter(None, [optional_text(source, "joinWebUrl")])),
        thread_id=optional_text(child(source, "chatInfo"), "threadId"),
    )


def report(source: dict[str, Any]) -> RemoteSitting:
    """A meetingAttendanceReport without its records."""
    return _sitting(source, "meetingStartDateTime", "meetingEndDateTime")


def call_record(source: dict[str, Any], *, is_guess: bool) -> RemoteSitting:
    """A callRecord without its sessions."""
    return _sitting(source, "startDateTime", "endDateTime", is_guess=is_guess)


def attendance_record(source: dict[str, Any]) -> list[RemoteInterval]:
    """The intervals of one attendanceRecord, in order of joining.

    https://learn.microsoft.com/graph/api/resources/attendancerecord
    """
    identity = child(source, "identity")
    person = RemotePerson(
        directory_id=_id(optional_text(identity, "id")),
        email=_email(optional_text(source, "emailAddress")),
        label=optional_text(identity, "displayName") or "",
    )
    entry_id = text(source, "id")
    spans = source.get("attendanceIntervals")
    if spans is None:
        spans = []
    if not isinstance(spans, list) or not all(isinstance(span, dict) for span in spans):
        raise BadResponseError("“attendanceIntervals” is not a list of objects.")
    times = sorted(_span(span, "joinDateTime", "leaveDateTime") for span in spans)
    return [
        RemoteInterval(
            source_id=f"{entry_id}/{number}",
            entry_id=entry_id,
            person=person,
            role=optional_text(source, "role") or "",
            joined_at=joined,
            left_at=left,
        )
        for number, (joined, left) in enumerate(times)
    ]


def call_session(source: dict[str, Any]) -> RemoteInterval | None:
    """The caller's interval of one callRecords.session; None for the service's own end and bots.

    https://learn.microsoft.com/graph/api/resources/callrecords-session
    """
    caller = child(source, "caller")
    person = _caller(caller)
    if person is None:
        return None
    joined, left = _span(source, "startDateTime", "endDateTime")
    session_id = text(source, "id")
    entry_id = person.directory_id or _id_in_call(caller) or session_id
    return RemoteInterval(session_id, entry_id, person, "", joined, left)


def same_join_url(one: str | None, other: str | None) -> bool:
    """Vendors spell one URL in several ways: compare decoded and without letter case."""
    return bool(one and other) and _plain(one or "") == _plain(other or "")


def _plain(url: str) -> str:
    return unquote(url).casefold().rstrip("/")


def _caller(caller: dict[str, Any]) -> RemotePerson | None:
    associated, identity = child(caller, "associatedIdentity"), child(caller, "identity")
    if "communicationsApplication" in str(associated.get("@odata.type")):
        return None
    user = child(identity, "user")
    if directory_id := optional_text(associated, "id") or optional_text(user, "id"):
        return RemotePerson(
            directory_id=_id(directory_id),
            email=_email(optional_text(associated, "userPrincipalName")),
            label=optional_text(associated, "displayName")
            or optional_text(user, "displayName")
            or "",
        )
    kind, other = _other_identity(caller)
    if kind is None:
        return None
    label = optional_text(other, "displayName") or optional_text(other, "id") or ""
    return RemotePerson(directory_id=None, email=None, label=label)


def _id_in_call(caller: dict[str, Any]) -> str | None:
    """The id of somebody without an account, stable within its call record."""
    kind, other = _other_identity(caller)
    value = optional_text(other, "id")
    return f"{kind}:{value}" if kind and value else None


def _other_identity(caller: dict[str, Any]) -> tuple[str | None, dict[str, Any]]:
    """Kind and identity of somebody without a directory id who has a name or an id, else None.

    https://learn.microsoft.com/graph/api/resources/communicationsidentityset
    """
    identity = child(caller, "identity")
    named = {kind: child(identity, kind) for kind in ("guest", "phone")}
    for kind in sorted(identity.keys() - named.keys() - _BOTS):
        if isinstance(identity[kind], dict):  # else no identity: its @odata.type, endpointType
            named[kind] = identity[kind]
    named["associated"] = child(caller, "associatedIdentity")
    for kind, other in named.items():
        if optional_text(other, "displayName") or optional_text(other, "id"):
            return kind, other
    return None, {}


def _sitting(
    source: dict[str, Any], start: str, end: str, *, is_guess: bool = False
) -> RemoteSitting:
    starts_at, ends_at = _span(source, start, end)
    return RemoteSitting(text(source, "id"), starts_at, ends_at, is_guess)


def _span(source: dict[str, Any], start: str, end: str) -> tuple[datetime, datetime]:
    """Two instants; an end before its start (clock skew) is taken as the start: no time at all."""
    begins = instant(source, start)
    return begins, max(begins, instant(source, end))


def _id(value: str | None) -> str | None:
    return value.lower() if value and len(value) <= LONGEST_ID else None


def _email(value: str | None) -> str | None:
    """Lower-cased; None for what cannot be an address (a telephone number, an essay)."""
    return value.lower() if value and "@" in value and len(value) <= LONGEST_EMAIL else None
