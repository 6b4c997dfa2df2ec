"""Online meetings: found by join URL or by join meeting id, got by id (graph-api §2)."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.graph.errors import bad_request, forbidden, not_found
from sandbox.graph.gate import (
    READ_MEETINGS,
    meeting_in_path,
    organizer_in_path,
    require_role,
)
from sandbox.graph.odata import meeting_filter, query_options, select
from sandbox.graph.paging import base_url
from sandbox.graph.times import graph_time
from sandbox.world.model import Meeting
from sandbox.world.person import Person

NOT_THE_ORGANIZER = "3003: User does not have access to lookup meeting."
EXPIRES_AFTER = timedelta(days=60)  # shown only; what expires is set by hand


async def list_meetings(request: Request) -> Response:
    """A collection of one, or empty; there is no listing without a filter."""
    sandbox = require_role(request, READ_MEETINGS)
    options = query_options(request.url.query, {"$filter", "$select"})
    if "$filter" not in options:
        raise bad_request("A $filter on JoinWebUrl or joinMeetingId is required.")
    name, value = meeting_filter(options["$filter"])
    organizer = organizer_in_path(request, sandbox)
    found = [
        meeting
        for meeting in sandbox.world.meetings
        if not meeting.expired
        and value == (meeting.join_web_url if name == "joinweburl" else meeting.join_meeting_id)
    ]
    if any(meeting.organizer is not organizer for meeting in found):
        raise forbidden(NOT_THE_ORGANIZER)
    context = f"{base_url(request)}/$metadata#users('{organizer.id}')/onlineMeetings"
    return JSONResponse(
        {
            "@odata.context": context,
            "value": [select(_meeting(meeting), options.get("$select")) for meeting in found],
        }
    )


async def get_meeting(request: Request) -> Response:
    sandbox = require_role(request, READ_MEETINGS)
    options = query_options(request.url.query, {"$select"})
    organizer = organizer_in_path(request, sandbox)
    meeting = meeting_in_path(request, sandbox)
    if meeting is None:
        raise not_found("The meeting was not found.")
    if meeting.organizer is not organizer:
        raise forbidden(NOT_THE_ORGANIZER)
    context = f"{base_url(request)}/$metadata#users('{organizer.id}')/onlineMeetings/$entity"
    return JSONResponse(
        {"@odata.context": context, **select(_meeting(meeting), options.get("$select"))}
    )


def _meeting(meeting: Meeting) -> dict[str, object]:
    return {
        "id": meeting.id,
        "creationDateTime": graph_time(meeting.starts_at - timedelta(days=7)),
        "startDateTime": graph_time(meeting.starts_at),
        "endDateTime": graph_time(meeting.ends_at),
        "expiryDateTime": graph_time(meeting.ends_at + EXPIRES_AFTER),
        "joinWebUrl": meeting.join_web_url,
        "meetingOptionsWebUrl": None,
        "subject": meeting.subject,
        "meetingType": meeting.meeting_type,
        "recordAutomatically": False,
        "allowRecording": True,
        "allowTranscription": True,
        "isBroadcast": False,
        "autoAdmittedUsers": "everyoneInCompany",  # not in the model: the type is open (§2)
        "joinMeetingIdSettings": {
            "isPasscodeRequired": False,
            "joinMeetingId": meeting.join_meeting_id,
            "passcode": None,
        },
        "chatInfo": {
            "threadId": meeting.thread_id,
            "messageId": meeting.post.id if meeting.post is not None else "0",
            "replyChainMessageId": None,
        },
        "participants": {"organizer": _organizer(meeting.organizer), "attendees": []},
    }


def _organizer(person: Person) -> dict[str, object]:
    return {
        "upn": person.upn,
        "role": "presenter",
        "identity": {"user": {"id": person.id, "displayName": None, "tenantId": person.tenant_id}},
    }
