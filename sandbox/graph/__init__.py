"""Microsoft Graph v1.0, as far as meetings and what came of them need it."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.graph import (
    attendance,
    calendars,
    call_records,
    channels,
    chats,
    downloads,
    drives,
    events,
    meetings,
    recordings,
    shares,
    transcripts,
    users,
)
from sandbox.graph.errors import GraphError, bad_request
from sandbox.graph.times import error_time
from sandbox.state import sandbox_of

_MEETINGS = "/v1.0/users/{user}/onlineMeetings"
_REPORTS = _MEETINGS + "/{meeting}/attendanceReports"
_CALLS = "/v1.0/communications/callRecords"
_RECORDINGS = _MEETINGS + "/{meeting}/recordings"
_TRANSCRIPTS = _MEETINGS + "/{meeting}/transcripts"
_CALENDAR = "/v1.0/users/{user}/calendar"
_EVENTS = "/v1.0/users/{user}/events"
_CHAT = "/v1.0/chats/{thread}"
_CHANNEL = "/v1.0/teams/{team}/channels/{channel}"
_ONEDRIVE = "/v1.0/users/{user}/drive"
_DRIVE = "/v1.0/drives/{drive}"
_SHARE = "/v1.0/shares/{share}/driveItem"


async def unknown_route(request: Request) -> Response:
    """A 400 and not a 404, so that a mistyped route is never taken for an absence."""
    raise bad_request(f"Resource not found for the segment '{request.path_params['rest']}'.")


async def graph_error(request: Request, exc: Exception) -> Response:
    """GraphError → the vendor's envelope, with the ids the response headers carry."""
    if not isinstance(exc, GraphError):
        raise exc
    ids = request.scope["state"]
    now = error_time(sandbox_of(request).clock.now())
    body = exc.body(ids["request_id"], ids["client_request_id"], now)
    return JSONResponse(body, exc.status, exc.headers)


def graph_routes() -> list[BaseRoute]:
    return [
        Route("/v1.0/users/{user}", users.get_user),
        Route(_MEETINGS, meetings.list_meetings),
        # Before the meeting, whose id would match it too.
        Route(_MEETINGS + "/getAllRecordings", recordings.list_all_filtered),
        Route(_MEETINGS + "/getAllRecordings({arguments})", recordings.list_all),
        Route(_MEETINGS + "/getAllTranscripts({arguments})", transcripts.list_all),
        Route(_MEETINGS + "/{meeting}", meetings.get_meeting),
        Route(_MEETINGS + "/{meeting}", meetings.update_meeting, methods=["PATCH"]),
        Route(_MEETINGS + "/{meeting}", meetings.delete_meeting, methods=["DELETE"]),
        *_calendar_routes(),
        Route(_REPORTS, attendance.list_reports),
        Route(_REPORTS + "/{report}", attendance.get_report),
        Route(_REPORTS + "/{report}/attendanceRecords", attendance.list_records),
        Route(_CALLS, call_records.list_call_records),
        Route(_CALLS + "/{record}", call_records.get_call_record),
        Route(_CALLS + "/{record}/sessions", call_records.list_sessions),
        Route(_CALLS + "/{record}/sessions/{stay}/segments", call_records.list_segments),
        Route(_CALLS + "/{record}/participants_v2", call_records.list_participants),
        Route(_CALLS + "/{record}/organizer_v2", call_records.get_organizer),
        *_talk_routes(),
        *_file_routes(),
        Route("/v1.0/{rest:path}", unknown_route, methods=["GET", "POST", "PATCH", "DELETE"]),
    ]


def _calendar_routes() -> list[BaseRoute]:
    routes: list[BaseRoute] = [Route(_CALENDAR, calendars.get_calendar)]
    for prefix in (_CALENDAR + "/events", _EVENTS):
        one = prefix + "/{event}"
        routes += [
            Route(prefix, events.create_event, methods=["POST"]),
            Route(one, events.get_event),
            Route(one, events.update_event, methods=["PATCH"]),
            Route(one, events.delete_event, methods=["DELETE"]),
            Route(one + "/cancel", events.cancel_event, methods=["POST"]),
        ]
    return routes


def _talk_routes() -> list[BaseRoute]:
    hosted = _CHAT + "/messages/{message}/hostedContents/{content}/$value"
    return [
        Route(_RECORDINGS, recordings.list_recordings),
        Route(_RECORDINGS + "/{recording}", recordings.get_recording),
        Route(_RECORDINGS + "/{recording}/content", recordings.get_content),
        Route(_TRANSCRIPTS, transcripts.list_transcripts),
        Route(_TRANSCRIPTS + "/{transcript}", transcripts.get_transcript),
        Route(_TRANSCRIPTS + "/{transcript}/content", transcripts.get_content),
        Route(_CHAT, chats.get_chat),
        Route(_CHAT + "/messages", chats.list_messages),
        Route(_CHAT + "/messages/{message}", chats.get_message),
        Route(hosted, chats.get_hosted_content),
        Route(_CHANNEL + "/messages", channels.list_posts),
        Route(_CHANNEL + "/messages/{message}", channels.get_post),
        Route(_CHANNEL + "/messages/{message}/replies", channels.list_replies),
        Route(_CHANNEL + "/filesFolder", channels.get_files_folder),
    ]


def _file_routes() -> list[BaseRoute]:
    """As in the vendor's tables: not every route exists below both prefixes."""
    routes: list[BaseRoute] = [
        Route(_DRIVE + "/root", drives.one(drives.the_root)),
        Route(_DRIVE + "/items/{item}/children", drives.children(drives.by_id)),
        Route(_ONEDRIVE + "/special/{alias}/children", drives.children(drives.by_special)),
        Route(_SHARE, shares.get_item),
        Route(_SHARE + "/content", shares.get_content),
    ]
    for prefix in (_ONEDRIVE, _DRIVE):
        routes += [
            Route(prefix, drives.get_drive),
            Route(prefix + "/root/search(q='{text}')", drives.search),
            Route(prefix + "/root:/{path:path}", drives.item_or_children_by_path),
            Route(prefix + "/items/{item}", drives.one(drives.by_id)),
            Route(prefix + "/items/{item}/content", drives.content(drives.by_id)),
            Route(prefix + "/special/{alias}", drives.one(drives.by_special)),
        ]
    return [*routes, Route(downloads.ROUTE, downloads.download)]
