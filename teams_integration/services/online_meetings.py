"""Finds a meeting's id from its join link: possible at any time, as the organizer."""

import re
from urllib.parse import urlsplit

from platforms.contract import CallContext, MeetingRef, Resolved
from platforms.errors import NotFoundError, PermissionRefusedError, PlatformError
from platforms.reasons import ReasonCode
from platforms.records import RemoteMeeting
from teams_integration import parse
from teams_integration.client import GraphClient, objects_in
from teams_integration.services.users import fetch_user

PERMISSION = "OnlineMeetings.Read.All"
_SHORT_LINK = re.compile(r"/meet/(\d+)/?")


def resolve(graph: GraphClient, ref: MeetingRef, context: CallContext) -> Resolved:
    """The meeting and its organizer's object id; without its id where Graph refuses that."""
    if not ref.organizer_email and not ref.organizer_id:
        raise NotFoundError("No organizer is set.", reason=ReasonCode.NO_ORGANIZER)
    organizer_id = ref.organizer_id or (
        fetch_user(graph, ref.organizer_email or "", context).directory_id
    )
    own = (ref.join_url,) if ref.join_url else ()
    known = RemoteMeeting(ref.meeting_id, organizer_id, own)
    if not ref.join_url or (ref.meeting_id and not _short(ref.join_url)):
        return Resolved(known)
    try:
        return Resolved(_find(graph, organizer_id, ref.join_url, context))
    except (NotFoundError, PermissionRefusedError) as error:
        return Resolved(known, id_failure=error)


def _find(
    graph: GraphClient, organizer_id: str, join_url: str, context: CallContext
) -> RemoteMeeting:
    # https://learn.microsoft.com/graph/api/onlinemeeting-get (by joinWebUrl, by joinMeetingId)
    url = graph.url("users", organizer_id, "onlineMeetings", query={"$filter": _filter(join_url)})
    try:
        page = graph.get(url, context, permission=PERMISSION)
    except NotFoundError as error:
        raise _not_found(error) from error
    found = objects_in(page, "value")
    if not found:
        raise _not_found(NotFoundError("The organizer has no meeting with this join link."))
    meeting = parse.meeting(found[0])
    if meeting.organizer_id and meeting.organizer_id.lower() != organizer_id.lower():
        raise PermissionRefusedError(
            "The meeting's organizer is somebody else.", reason=ReasonCode.ORGANIZER_DIFFERS
        )
    urls = (join_url, *meeting.join_urls)
    return RemoteMeeting(meeting.meeting_id, organizer_id, urls, meeting.thread_id)


def _short(join_url: str) -> str | None:
    """The joinMeetingId of a short link, which call records spell in the long way."""
    match = _SHORT_LINK.fullmatch(urlsplit(join_url).path)
    return match.group(1) if match else None


def _filter(join_url: str) -> str:
    """The stored link goes in as it is, %3a and all; the client encodes it once more."""
    if number := _short(join_url):
        return f"joinMeetingIdSettings/joinMeetingId eq '{number}'"
    return f"JoinWebUrl eq '{join_url.replace(chr(39), chr(39) * 2)}'"


def _not_found(error: PlatformError) -> NotFoundError:
    return NotFoundError(
        error.detail,
        reason=ReasonCode.MEETING_NOT_FOUND,
        status=error.status,
        request_id=error.request_id,
    )
