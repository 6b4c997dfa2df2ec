"""What must hold before a route answers: token, role, access policy, path (graph-api §0, §2)."""

import re

from starlette.requests import Request

from sandbox.graph.errors import (
    GraphError,
    access_denied,
    bad_request,
    forbidden,
    invalid_token,
    mailbox_denied,
    not_found,
)
from sandbox.state import Sandbox, sandbox_of
from sandbox.tokens import TokenRefused
from sandbox.world.model import Meeting
from sandbox.world.person import Person

_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")

READ_USERS = (
    "User.ReadBasic.All",
    "User.Read.All",
    "User.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
)
READ_MEETINGS = ("OnlineMeetings.Read.All", "OnlineMeetings.ReadWrite.All")
WRITE_MEETINGS = ("OnlineMeetings.ReadWrite.All",)
WRITE_CALENDARS = ("Calendars.ReadWrite",)
READ_WHOLE_CALENDARS = ("Calendars.Read", *WRITE_CALENDARS)
READ_CALENDARS = ("Calendars.ReadBasic", "Calendars.ReadBasic.All", *READ_WHOLE_CALENDARS)
READ_ATTENDANCE = ("OnlineMeetingArtifact.Read.All",)
READ_CALLS = ("CallRecords.Read.All",)
READ_RECORDINGS = ("OnlineMeetingRecording.Read.All",)
READ_TRANSCRIPTS = ("OnlineMeetingTranscript.Read.All",)
READ_MESSAGES = ("Chat.Read.All", "Chat.ReadWrite.All")
READ_CHATS = ("Chat.ReadBasic.All", *READ_MESSAGES)
READ_CHANNELS = ("ChannelMessage.Read.All", "Group.Read.All", "Group.ReadWrite.All")
READ_FILES = ("Files.Read.All", "Files.ReadWrite.All", "Sites.Read.All", "Sites.ReadWrite.All")
READ_SHARES = ("Files.ReadWrite.All", "Sites.ReadWrite.All")
READ_CHANNEL_FOLDER = (*READ_FILES, "Group.Read.All", "Group.ReadWrite.All")


def require_role(request: Request, accepted: tuple[str, ...]) -> Sandbox:
    """401 without a good bearer token, 403 without one of ``accepted`` in its roles."""
    roles = roles_of(request)
    if set(accepted) & set(roles):
        return sandbox_of(request)
    if accepted is READ_USERS:
        raise GraphError(
            403,
            "Authorization_RequestDenied",
            "Insufficient privileges to complete the operation.",
        )
    if accepted in (READ_FILES, READ_SHARES, READ_CHANNEL_FOLDER):
        raise access_denied()
    if accepted in (READ_CALENDARS, WRITE_CALENDARS):
        raise mailbox_denied()
    raise forbidden(
        "Missing role permissions on the request. API requires one of "
        f"'{', '.join(accepted)}'. Roles on the request '{', '.join(roles)}'."
    )


def roles_of(request: Request) -> list[str]:
    """The roles in the bearer token; 401 without a good one."""
    sandbox = sandbox_of(request)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise invalid_token("Access token is empty.")
    try:
        return sandbox.tokens.roles(token.strip(), sandbox.clock.now())
    except TokenRefused as refusal:
        raise invalid_token(str(refusal)) from None


def organizer_in_path(request: Request, sandbox: Sandbox, content: bool = False) -> Person:
    """The user of ``/users/{oid}/onlineMeetings``: an object id, covered by an access policy.

    Of ``content`` (a recording's, a transcript's) the refusal has other words.
    """
    object_id = request.path_params["user"].lower()
    if not _GUID.fullmatch(object_id):
        raise bad_request("The user in the path must be given by object id.")
    person = sandbox.world.directory.get(object_id)
    if person is None:
        raise not_found(f"User '{object_id}' was not found.")
    if object_id in sandbox.world.without_policy:
        if content:
            raise forbidden(
                f"Application is not allowed to perform operations on the user '{object_id}', "
                "neither is allowed access through RSC permission evaluation."
            )
        raise forbidden("No Application Access Policy found for this app")
    return person


def meeting_in_path(request: Request, sandbox: Sandbox) -> Meeting | None:
    """The living meeting of that id, whoever organizes it; None where there is none."""
    wanted = request.path_params["meeting"]
    found = (m for m in sandbox.world.meetings if m.id == wanted and not m.gone)
    return next(found, None)


def own_meeting_in_path(request: Request, sandbox: Sandbox, content: bool = False) -> Meeting:
    """404 unless the user in the path organizes the meeting and it has not expired."""
    organizer = organizer_in_path(request, sandbox, content)
    meeting = meeting_in_path(request, sandbox)
    if meeting is None or meeting.organizer is not organizer:
        raise not_found("The meeting was not found.")
    return meeting
