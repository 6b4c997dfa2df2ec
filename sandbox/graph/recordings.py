"""``…/recordings``, their content and ``getAllRecordings`` (graph-api §5)."""

import re
from datetime import datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.graph.errors import bad_request, forbidden, not_found
from sandbox.graph.gate import (
    READ_RECORDINGS,
    organizer_in_path,
    own_meeting_in_path,
    require_role,
)
from sandbox.graph.identities import user_set
from sandbox.graph.odata import instant, query_options, select, top
from sandbox.graph.paging import SKIPTOKEN, base_url, next_link, offset_of, page_of
from sandbox.graph.times import graph_time
from sandbox.state import Sandbox
from sandbox.world.media import Recording
from sandbox.world.model import Meeting

ALL_PER_PAGE = 100  # not documented
_ARGUMENTS = re.compile(
    r"meetingOrganizerUserId='([^']*)'(?:,startDateTime=([^,]+),endDateTime=([^,]+))?"
)
_FILTER = re.compile(r"MeetingOrganizer/User/Id\s+eq\s+'([^']*)'", re.IGNORECASE)


async def list_recordings(request: Request) -> Response:
    """Of all occurrences of a series; no query options are documented."""
    sandbox = require_role(request, READ_RECORDINGS)
    meeting = own_meeting_in_path(request, sandbox)
    query_options(request.url.query, set())
    found = _visible(meeting, sandbox.clock.now())
    context = f"{base_url(request)}/$metadata#{_path(meeting)[1:]}"
    value = [_recording(request, meeting, recording) for recording in found]
    return JSONResponse({"@odata.context": context, "value": value})


async def get_recording(request: Request) -> Response:
    sandbox = require_role(request, READ_RECORDINGS)
    meeting = own_meeting_in_path(request, sandbox)
    options = query_options(request.url.query, {"$select"})
    recording = _recording_in_path(request, sandbox, meeting)
    body = select(_recording(request, meeting, recording), options.get("$select"))
    context = f"{base_url(request)}/$metadata#{_path(meeting)[1:]}/$entity"
    return JSONResponse({"@odata.context": context, **body})


async def get_content(request: Request) -> Response:
    """The bytes, at once: no redirect and no Range here (those are driveItem's, §8)."""
    sandbox = require_role(request, READ_RECORDINGS)
    meeting = own_meeting_in_path(request, sandbox, content=True)
    recording = _recording_in_path(request, sandbox, meeting)
    if recording.expired:
        raise not_found("The content of this recording no longer exists.")
    return Response(recording.content, media_type="video/mp4")


async def list_all(request: Request) -> Response:
    """``getAllRecordings(meetingOrganizerUserId='…'[,startDateTime=…,endDateTime=…])``."""
    match = _ARGUMENTS.fullmatch(request.path_params["arguments"])
    if match is None:
        raise bad_request("The arguments of getAllRecordings are not valid.")
    span = (instant(match[2]), instant(match[3])) if match[2] else None
    return _all(request, match[1], span, f"getAllRecordings({request.path_params['arguments']})")


async def list_all_filtered(request: Request) -> Response:
    """``getAllRecordings?$filter=MeetingOrganizer/User/Id eq '…'``: the organizer is mandatory."""
    options = query_options(request.url.query, {"$filter", "$top", SKIPTOKEN})
    match = _FILTER.fullmatch(options.get("$filter", "").strip())
    if match is None:
        raise bad_request("A $filter on MeetingOrganizer/User/Id is required.")
    return _all(request, match[1], None, "getAllRecordings")


def _all(
    request: Request, organizer_id: str, span: tuple[datetime, datetime] | None, name: str
) -> Response:
    sandbox = require_role(request, READ_RECORDINGS)
    allowed = {"$top", SKIPTOKEN} if "(" in name else {"$top", SKIPTOKEN, "$filter"}
    options = query_options(request.url.query, allowed)
    organizer = organizer_in_path(request, sandbox)
    if organizer_id.lower() != organizer.id:
        raise forbidden("The user in the path is not the organizer that is asked for.")
    found = [
        (meeting, recording)
        for meeting in sandbox.world.meetings
        if meeting.organizer is organizer and not meeting.gone
        for recording in _visible(meeting, sandbox.clock.now())
        if span is None or span[0] <= recording.starts_at < span[1]
    ]
    found.sort(key=lambda pair: pair[1].starts_at)
    offset = offset_of(options.get(SKIPTOKEN))
    page, rest = page_of(found, offset, top(options, ALL_PER_PAGE, ALL_PER_PAGE))
    body: dict[str, object] = {
        "@odata.context": f"{base_url(request)}/$metadata#Collection(callRecording)",
        "value": [_recording(request, meeting, recording) for meeting, recording in page],
    }
    if rest is not None:
        path = f"/users/{organizer.id}/onlineMeetings/{name}"
        body["@odata.nextLink"] = next_link(request, path, options, rest)
    return JSONResponse(body)


def _visible(meeting: Meeting, now: datetime) -> list[Recording]:
    return [r for r in meeting.recordings if r.listed and r.available_at <= now]


def _recording_in_path(request: Request, sandbox: Sandbox, meeting: Meeting) -> Recording:
    for recording in _visible(meeting, sandbox.clock.now()):
        if recording.id == request.path_params["recording"]:
            return recording
    raise not_found("The recording was not found.")


def _path(meeting: Meeting) -> str:
    return f"/users/{meeting.organizer.id}/onlineMeetings/{meeting.id}/recordings"


def _recording(request: Request, meeting: Meeting, recording: Recording) -> dict[str, object]:
    url = f"{base_url(request)}{_path(meeting)}/{recording.id}/content"
    if recording.malformed_url:
        url = (
            f"{base_url(request)}/$metadata#users('{meeting.organizer.id}')/onlineMeetings"
            f"('{meeting.id}')/recordings('{recording.id}')/content"
        )
    return {
        "id": recording.id,
        "meetingId": meeting.id,
        "callId": recording.call_id,
        "contentCorrelationId": recording.correlation_id,
        "createdDateTime": graph_time(recording.starts_at),
        "endDateTime": graph_time(recording.ends_at),
        "recordingContentUrl": url,
        "meetingOrganizer": user_set(meeting.organizer, named=False),
    }
