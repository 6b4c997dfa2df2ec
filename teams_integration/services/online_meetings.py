"""Finds a meeting's id and its chat from its join link: possible at any time, as the organizer.
Has it record by itself.
"""

from dataclasses import replace

from platforms.context import CallContext
from platforms.contract import MeetingRef, Resolved
from platforms.errors import (
    BadResponseError,
    NotFoundError,
    PermissionRefusedError,
    ThrottledError,
    TransientError,
)
from platforms.reasons import ReasonCode
from platforms.records import RemoteMeeting
from teams_integration import links
from teams_integration.client import GraphClient
from teams_integration.parse import meetings
from teams_integration.services.users import fetch_user

PERMISSION = "OnlineMeetings.ReadWrite.All"


def resolve(graph: GraphClient, ref: MeetingRef, context: CallContext) -> Resolved:
    """The meeting, its chat and its organizer's object id; without what Graph refuses to tell."""
    if not ref.organizer_email and not ref.organizer_id:
        raise NotFoundError("No organizer is set.", reason=ReasonCode.NO_ORGANIZER)
    organizer_id = ref.organizer_id or (
        fetch_user(graph, ref.organizer_email or "", context).directory_id
    )
    own = (ref.join_url,) if ref.join_url else ()
    known = RemoteMeeting(
        ref.meeting_id, organizer_id, own, ref.thread_id, ref.post_id, ref.team_id
    )
    if ref.join_url and (not ref.meeting_id or links.join_number(ref.join_url)):
        try:
            return Resolved(_find(graph, known, ref.join_url, context))
        except (NotFoundError, PermissionRefusedError) as error:
            return Resolved(known, id_failure=error)
    if not ref.meeting_id or (ref.thread_id and not ref.watches_recording):
        return Resolved(known)
    try:
        return Resolved(_get(graph, known, ref.meeting_id, context))
    except (NotFoundError, PermissionRefusedError) as error:
        is_theirs = error.reason is ReasonCode.ORGANIZER_DIFFERS
        return Resolved(known, id_failure=error if is_theirs else None)
    except (BadResponseError, ThrottledError, TransientError):
        if not ref.thread_id:
            raise
        return Resolved(known)  # a look at its setting is not worth the meeting


def _find(
    graph: GraphClient, known: RemoteMeeting, join_url: str, context: CallContext
) -> RemoteMeeting:
    # https://learn.microsoft.com/graph/api/onlinemeeting-get (by joinWebUrl, by joinMeetingId)
    query = {"$filter": _filter(join_url)}
    url = graph.url("users", known.organizer_id, "onlineMeetings", query=query)
    try:
        for page in graph.pages(url, context, permission=PERMISSION):
            if page:
                return _completed(known, meetings.meeting(page[0]))
    except NotFoundError as error:
        raise error.because(ReasonCode.MEETING_NOT_FOUND) from error
    raise NotFoundError(
        "The organizer has no meeting with this join link.", reason=ReasonCode.MEETING_NOT_FOUND
    )


def _get(
    graph: GraphClient, known: RemoteMeeting, meeting_id: str, context: CallContext
) -> RemoteMeeting:
    # https://learn.microsoft.com/graph/api/onlinemeeting-get
    url = graph.url("users", known.organizer_id, "onlineMeetings", meeting_id)
    return _completed(known, meetings.meeting(graph.get(url, context, permission=PERMISSION)))


def _completed(known: RemoteMeeting, found: RemoteMeeting) -> RemoteMeeting:
    """What is known and what was found; PermissionRefusedError if it is somebody else's."""
    if found.organizer_id and found.organizer_id.lower() != known.organizer_id.lower():
        raise PermissionRefusedError(
            "The meeting's organizer is somebody else.", reason=ReasonCode.ORGANIZER_DIFFERS
        )
    return replace(
        known,
        meeting_id=found.meeting_id,
        join_urls=(*known.join_urls, *found.join_urls),
        thread_id=found.thread_id or known.thread_id,
        post_id=found.post_id or known.post_id,
        records_itself=found.records_itself,
    )


def records_itself(graph: GraphClient, meeting: RemoteMeeting, context: CallContext) -> bool:
    # https://learn.microsoft.com/graph/api/onlinemeeting-get
    url = _url(graph, meeting)
    try:
        told = meetings.records_itself(graph.get(url, context, permission=PERMISSION))
    except NotFoundError as error:
        raise error.because(ReasonCode.MEETING_NOT_FOUND) from error
    if told is None:
        raise BadResponseError("The meeting does not say whether it records itself.")
    return told


def set_recording(
    graph: GraphClient, meeting: RemoteMeeting, on: bool, context: CallContext
) -> None:
    """Takes effect with the next session; a 200 does not prove that it was kept."""
    # https://learn.microsoft.com/graph/api/onlinemeeting-update
    url, body = _url(graph, meeting), {"recordAutomatically": on}
    try:
        refused_as = ReasonCode.RECORDING_REFUSED
        answer = graph.write(
            "PATCH", url, context, permission=PERMISSION, body=body, refused_as=refused_as
        )
        meetings.meeting(answer.json_object())
    except NotFoundError as error:
        raise error.because(ReasonCode.MEETING_NOT_FOUND) from error


def _url(graph: GraphClient, meeting: RemoteMeeting) -> str:
    return graph.url("users", meeting.organizer_id, "onlineMeetings", meeting.meeting_id or "")


def _filter(join_url: str) -> str:
    """The stored link goes in as it is, %3a and all; the client encodes it once more."""
    if number := links.join_number(join_url):
        return f"joinMeetingIdSettings/joinMeetingId eq '{number}'"
    return f"JoinWebUrl eq '{join_url.replace(chr(39), chr(39) * 2)}'"
