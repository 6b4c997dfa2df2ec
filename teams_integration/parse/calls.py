"""Call records and their sessions."""

from typing import Any

from platforms.records import RemoteInterval, RemotePerson, RemoteSitting
from teams_integration.parse.values import (
    child,
    directory_id,
    email,
    identifier,
    optional_text,
    span,
)

# Kinds of identity that are no person: recording bots, call queues, auto attendants.
_BOTS = {"application", "applicationInstance"}


def call_record(source: dict[str, Any], *, is_guess: bool) -> RemoteSitting:
    """A callRecord without its sessions."""
    starts_at, ends_at = span(source, "startDateTime", "endDateTime")
    return RemoteSitting(identifier(source, "id"), starts_at, ends_at, is_guess)


def call_session(source: dict[str, Any]) -> RemoteInterval | None:
    """The caller's interval of one callRecords.session; None for the service's own end and bots.

    https://learn.microsoft.com/graph/api/resources/callrecords-session
    """
    joined, left = span(source, "startDateTime", "endDateTime")
    session_id = identifier(source, "id")
    caller = child(source, "caller")
    person = _caller(caller)
    if person is None:
        return None
    entry_id = person.directory_id or _id_in_call(caller) or session_id
    return RemoteInterval(session_id, entry_id, person, "", joined, left)


def _caller(caller: dict[str, Any]) -> RemotePerson | None:
    associated, identity = child(caller, "associatedIdentity"), child(caller, "identity")
    if "communicationsApplication" in str(associated.get("@odata.type")):
        return None
    user = child(identity, "user")
    if account := optional_text(associated, "id") or optional_text(user, "id"):
        return RemotePerson(
            directory_id=directory_id(account),
            email=email(optional_text(associated, "userPrincipalName")),
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
