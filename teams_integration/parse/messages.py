"""Messages of chats and channels."""

from datetime import timedelta
from typing import Any

from django.utils.dateparse import parse_duration

from platforms.records import RemoteAttachment, RemoteEvent, RemoteMessage, RemotePerson
from platforms.redact import without_keys
from teams_integration.parse.values import (
    child,
    directory_id,
    identifier,
    instant,
    length,
    objects,
    optional_identifier,
    optional_instant,
    optional_text,
    verbatim,
)

# "unknownFutureValue" is how system messages are called unless the client asks for their name.
_SYSTEM = {"systemEventMessage", "unknownFutureValue"}
# Identities with an object id of a directory; others' ids are no account's.
_ACCOUNTS = {None, "aadUser", "onPremiseAadUser", "federatedUser"}
_EVENTS = {
    "callStarted": "call_started",
    "callEnded": "call_ended",
    "callTranscript": "transcript",
}
_RECORDINGS = {
    "initial": "recording_started",
    "success": "recording",
    "failure": "recording_failed",
}


def message(source: dict[str, Any]) -> RemoteMessage | None:
    """A chatMessage; None for what is neither a message nor tells of an event.

    https://learn.microsoft.com/graph/api/resources/chatmessage
    """
    kind_of_message = optional_text(source, "messageType")
    is_event = kind_of_message in _SYSTEM or source.get("eventDetail") is not None
    if not is_event and kind_of_message != "message":
        return None
    created_at = instant(source, "createdDateTime")
    sender, kind = _sender(child(source, "from"))
    body = child(source, "body")
    return RemoteMessage(
        source_id=identifier(source, "id"),
        about=created_at,
        created_at=created_at,
        modified_at=optional_instant(source, "lastModifiedDateTime") or created_at,
        edited_at=optional_instant(source, "lastEditedDateTime"),
        deleted_at=optional_instant(source, "deletedDateTime"),
        sender=sender,
        sender_kind=kind,
        body=verbatim(body, "content"),
        is_html=(optional_text(body, "contentType") or "").lower() == "html",
        attachments=_attachments(source),
        event=_event(child(source, "eventDetail")) if is_event else None,
    )


def _attachments(source: dict[str, Any]) -> tuple[RemoteAttachment, ...]:
    """The files; cards, forwarded messages and pictures are none."""
    found = []
    for one in objects(source, "attachments", required=False):
        url = optional_text(one, "contentUrl")
        if optional_text(one, "contentType") == "reference" and url:
            found.append(RemoteAttachment(without_keys(url), optional_text(one, "name") or ""))
    return tuple(found)


def _event(detail: dict[str, Any]) -> RemoteEvent:
    """https://learn.microsoft.com/graph/api/resources/eventmessagedetail"""
    name = (optional_text(detail, "@odata.type") or "").rpartition(".")[2]
    name = name.removesuffix("EventMessageDetail")
    if name == "callRecording":
        kind = _RECORDINGS.get(optional_text(detail, "callRecordingStatus") or "", "other")
    else:
        kind = _EVENTS.get(name, "other")
    return RemoteEvent(
        kind=kind,
        call_id=optional_identifier(detail, "callId"),
        url=without_keys(optional_text(detail, "callRecordingUrl") or "") or None,
        name=optional_text(detail, "callRecordingDisplayName"),
        seconds=_seconds(detail, "callRecordingDuration", "callDuration"),
        initiator=_sender(child(detail, "initiator"))[0],
    )


def _seconds(source: dict[str, Any], *keys: str) -> float | None:
    """The first of several ISO 8601 durations that is there, such as PT58M or PT1H2.5S.

    None for one that cannot be read: not knowing how long is better than losing the message.
    """
    for key in keys:
        if value := optional_text(source, key):
            found = _duration(value)
            return None if found is None else length(found.total_seconds())
    return None


def _duration(value: str) -> timedelta | None:
    if not value.lstrip("+-").startswith("P"):
        return None  # Django reads other forms too
    try:
        return parse_duration(value)
    except (ValueError, OverflowError):  # longer than a timedelta can be
        return None


def _sender(identities: dict[str, Any]) -> tuple[RemotePerson | None, str]:
    """The person and its kind; (None, "") where nobody is named.

    https://learn.microsoft.com/graph/api/resources/chatmessagefromidentityset
    """
    if user := child(identities, "user"):
        kind = optional_text(user, "userIdentityType")
        account = directory_id(optional_text(user, "id")) if kind in _ACCOUNTS else None
        is_guest = (kind or "").lower().endswith("guest")
        return _person(user, account), "guest" if is_guest else "user"
    if application := child(identities, "application"):
        return _person(application, None), "bot"
    return None, ""


def _person(identity: dict[str, Any], account: str | None) -> RemotePerson:
    return RemotePerson(account, None, optional_text(identity, "displayName") or "")
