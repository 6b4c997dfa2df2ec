"""Microsoft Graph v1.0, as far as meetings' attendance needs it."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.graph import attendance, call_records, meetings, users
from sandbox.graph.errors import GraphError, bad_request
from sandbox.graph.times import error_time
from sandbox.state import sandbox_of

_MEETINGS = "/v1.0/users/{user}/onlineMeetings"
_REPORTS = _MEETINGS + "/{meeting}/attendanceReports"
_CALLS = "/v1.0/communications/callRecords"


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
        Route(_MEETINGS + "/{meeting}", meetings.get_meeting),
        Route(_REPORTS, attendance.list_reports),
        Route(_REPORTS + "/{report}", attendance.get_report),
        Route(_REPORTS + "/{report}/attendanceRecords", attendance.list_records),
        Route(_CALLS, call_records.list_call_records),
        Route(_CALLS + "/{record}", call_records.get_call_record),
        Route(_CALLS + "/{record}/sessions", call_records.list_sessions),
        Route(_CALLS + "/{record}/sessions/{stay}/segments", call_records.list_segments),
        Route(_CALLS + "/{record}/participants_v2", call_records.list_participants),
        Route(_CALLS + "/{record}/organizer_v2", call_records.get_organizer),
        Route("/v1.0/{rest:path}", unknown_route, methods=["GET", "POST", "PATCH", "DELETE"]),
    ]
