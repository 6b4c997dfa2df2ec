"""``…/transcripts`` and their content, below the tenant's two switches (graph-api §0.3, §6)."""

import re

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.graph.errors import GraphError, bad_request, forbidden, not_found
from sandbox.graph.gate import (
    READ_TRANSCRIPTS,
    organizer_in_path,
    own_meeting_in_path,
    require_role,
)
from sandbox.graph.identities import user_set
from sandbox.graph.odata import instant, query_options, select
from sandbox.graph.paging import base_url
from sandbox.graph.times import graph_time
from sandbox.graph.vtt import unattributed, webvtt
from sandbox.state import Sandbox
from sandbox.world.media import Transcript
from sandbox.world.model import Meeting

VTT = "text/vtt"
PLAIN = "application/vnd.microsoft.graph.transcript+text"
_ARGUMENTS = re.compile(
    r"meetingOrganizerUserId='([^']*)'(?:,startDateTime=([^,]+),endDateTime=([^,]+))?"
)


async def list_transcripts(request: Request) -> Response:
    sandbox, meeting = _meeting(request)
    query_options(request.url.query, set())
    value = [_transcript(request, meeting, one) for one in _visible(sandbox, meeting)]
    context = f"{base_url(request)}/$metadata#{_path(meeting)[1:]}"
    return JSONResponse({"@odata.context": context, "value": value})


async def get_transcript(request: Request) -> Response:
    sandbox, meeting = _meeting(request)
    options = query_options(request.url.query, {"$select"})
    transcript = _transcript_in_path(request, sandbox, meeting)
    body = select(_transcript(request, meeting, transcript), options.get("$select"))
    context = f"{base_url(request)}/$metadata#{_path(meeting)[1:]}/$entity"
    return JSONResponse({"@odata.context": context, **body})


async def get_content(request: Request) -> Response:
    """With speakers as text/vtt; without them in the other form, whatever the switch says."""
    sandbox, meeting = _meeting(request, content=True)
    wanted = _wanted(request)
    transcript = _transcript_in_path(request, sandbox, meeting)
    if wanted == PLAIN:
        return Response(unattributed(transcript).encode(), headers={"content-type": PLAIN})
    if not sandbox.tenant.attribution:
        raise GraphError(
            403,
            "Forbidden",
            "Speaker attribution is not allowed for this tenant.",
            inner_code="SpeakerAttributionNotAllowed",
        )
    return Response(webvtt(transcript).encode(), headers={"content-type": VTT})


def _wanted(request: Request) -> str:
    """``$format`` before ``Accept``; 400 where neither names a form that exists."""
    options = query_options(request.url.query, {"$format"})
    accept = request.headers.get("accept", "*/*")
    forms = [options["$format"]] if "$format" in options else accept.split(",")
    for form in (form.partition(";")[0].strip().lower() for form in forms):
        if form in (VTT, PLAIN):
            return form
    raise bad_request(f"The format is not supported. Use {VTT} or {PLAIN}.")


async def list_all(request: Request) -> Response:
    """``getAllTranscripts(meetingOrganizerUserId='…'[,startDateTime=…,endDateTime=…])``."""
    sandbox = _allowed(request)
    match = _ARGUMENTS.fullmatch(request.path_params["arguments"])
    if match is None:
        raise bad_request("The arguments of getAllTranscripts are not valid.")
    span = (instant(match[2]), instant(match[3])) if match[2] else None
    organizer = organizer_in_path(request, sandbox)
    if match[1].lower() != organizer.id:
        raise forbidden("The user in the path is not the organizer that is asked for.")
    found = [
        _transcript(request, meeting, one)
        for meeting in sandbox.world.meetings
        if meeting.organizer is organizer and not meeting.gone
        for one in _visible(sandbox, meeting)
        if span is None or span[0] <= one.starts_at < span[1]
    ]
    context = f"{base_url(request)}/$metadata#Collection(callTranscript)"
    return JSONResponse({"@odata.context": context, "value": found})


def _meeting(request: Request, content: bool = False) -> tuple[Sandbox, Meeting]:
    sandbox = _allowed(request)
    return sandbox, own_meeting_in_path(request, sandbox, content)


def _allowed(request: Request) -> Sandbox:
    """The switch overrides every permission, so it comes before the meeting is looked for."""
    sandbox = require_role(request, READ_TRANSCRIPTS)
    if not sandbox.tenant.transcripts:
        raise GraphError(
            403,
            "Forbidden",
            "Access to transcripts through Graph is disabled for this tenant.",
            inner_code="GraphAccessToTranscriptsDisabled",
        )
    return sandbox


def _visible(sandbox: Sandbox, meeting: Meeting) -> list[Transcript]:
    now = sandbox.clock.now()
    return [one for one in meeting.transcripts if one.available_at <= now]


def _transcript_in_path(request: Request, sandbox: Sandbox, meeting: Meeting) -> Transcript:
    for transcript in _visible(sandbox, meeting):
        if transcript.id == request.path_params["transcript"]:
            return transcript
    raise not_found("The transcript was not found.")


def _path(meeting: Meeting) -> str:
    return f"/users/{meeting.organizer.id}/onlineMeetings/{meeting.id}/transcripts"


def _transcript(request: Request, meeting: Meeting, transcript: Transcript) -> dict[str, object]:
    return {
        "id": transcript.id,
        "meetingId": meeting.id,
        "callId": transcript.call_id,
        "contentCorrelationId": transcript.correlation_id,
        "createdDateTime": graph_time(transcript.starts_at),
        "endDateTime": graph_time(transcript.ends_at),
        "transcriptContentUrl": f"{base_url(request)}{_path(meeting)}/{transcript.id}/content",
        "meetingOrganizer": user_set(meeting.organizer, named=False),
    }
