"""Online meetings: found by join URL or by join meeting id; got, changed and deleted by id (§2)."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.graph.bodies import json_object
from sandbox.graph.errors import bad_request, forbidden, not_found
from sandbox.graph.gate import (
    READ_MEETINGS,
    WRITE_MEETINGS,
    meeting_in_path,
    organizer_in_path,
    require_role,
)
from sandbox.graph.meeting_bodies import read_meeting
from sandbox.graph.meeting_shapes import meeting_json
from sandbox.graph.odata import meeting_filter, query_options, select
from sandbox.graph.paging import base_url
from sandbox.state import Sandbox
from sandbox.world.model import Meeting
from sandbox.world.online import is_short

NOT_THE_ORGANIZER = "3003: User does not have access to lookup meeting."


async def list_meetings(request: Request) -> Response:
    """A collection of one, or empty; there is no listing without a filter.

    A short link is found by the join meeting id in it only.
    """
    sandbox = require_role(request, READ_MEETINGS)
    options = query_options(request.url.query, {"$filter", "$select"})
    if "$filter" not in options:
        raise bad_request("A $filter on JoinWebUrl or joinMeetingId is required.")
    name, value = meeting_filter(options["$filter"])
    organizer = organizer_in_path(request, sandbox)
    short = name == "joinweburl" and is_short(value)
    found = [
        meeting
        for meeting in sandbox.world.meetings
        if not meeting.gone
        and not short
        and value == (meeting.join_web_url if name == "joinweburl" else meeting.join_meeting_id)
    ]
    if any(meeting.organizer is not organizer for meeting in found):
        raise forbidden(NOT_THE_ORGANIZER)
    context = f"{base_url(request)}/$metadata#users('{organizer.id}')/onlineMeetings"
    return JSONResponse(
        {
            "@odata.context": context,
            "value": [select(meeting_json(meeting), options.get("$select")) for meeting in found],
        }
    )


async def get_meeting(request: Request) -> Response:
    sandbox = require_role(request, READ_MEETINGS)
    options = query_options(request.url.query, {"$select"})
    return _answer(request, _organized(request, sandbox), options.get("$select"))


async def update_meeting(request: Request) -> Response:
    """Automatic recording counts from the next session on; a policy may refuse or ignore it."""
    sandbox = require_role(request, WRITE_MEETINGS)
    meeting = _organized(request, sandbox)
    wanted = read_meeting(await json_object(request))
    policy = sandbox.world.calendars.recording_policy.get(str(meeting.organizer.id), "allowed")
    if wanted.get("recordAutomatically") and policy == "refused":
        raise forbidden("Recording is not allowed by the meeting policy of the organizer.")
    record = wanted.pop("recordAutomatically", meeting.record_automatically)
    meeting.record_automatically = record and policy != "ignored"
    meeting.subject = wanted.pop("subject", meeting.subject)
    meeting.starts_at = wanted.pop("startDateTime", meeting.starts_at)
    meeting.ends_at = wanted.pop("endDateTime", meeting.ends_at)
    if "participants" in wanted:
        meeting.attendees = wanted.pop("participants")
    meeting.options |= wanted
    return _answer(request, meeting)


async def delete_meeting(request: Request) -> Response:
    """Its event stays, with a link that leads nowhere."""
    sandbox = require_role(request, WRITE_MEETINGS)
    _organized(request, sandbox).deleted = True
    return Response(status_code=204)


def _organized(request: Request, sandbox: Sandbox) -> Meeting:
    """The meeting of that id; 403 where somebody else organizes it."""
    organizer = organizer_in_path(request, sandbox)
    meeting = meeting_in_path(request, sandbox)
    if meeting is None:
        raise not_found("The meeting was not found.")
    if meeting.organizer is not organizer:
        raise forbidden(NOT_THE_ORGANIZER)
    return meeting


def _answer(request: Request, meeting: Meeting, wanted: str | None = None) -> Response:
    path = f"users('{meeting.organizer.id}')/onlineMeetings/$entity"
    body = select(meeting_json(meeting), wanted)
    return JSONResponse({"@odata.context": f"{base_url(request)}/$metadata#{path}", **body})
