"""Attendance reports and their records (graph-api §3)."""

from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.graph.errors import bad_request, not_found
from sandbox.graph.gate import (
    READ_ATTENDANCE,
    meeting_in_path,
    organizer_in_path,
    require_role,
)
from sandbox.graph.odata import expansions, query_options
from sandbox.graph.paging import SKIPTOKEN, base_url, next_link, offset_of, page_of
from sandbox.graph.times import graph_time
from sandbox.world.model import AttendanceRecord, Interval, Meeting, Report
from sandbox.world.person import Person

NEWEST = 50
KEPT = timedelta(days=365)
RECORDS_PER_PAGE = 100  # not documented; see docs/sandbox.md


async def list_reports(request: Request) -> Response:
    """The newest 50, newest first, each with ``attendanceRecords: []``."""
    meeting, now = _meeting(request)
    query_options(request.url.query, set())
    newest = sorted(_visible(meeting, now), key=lambda r: r.starts_at, reverse=True)[:NEWEST]
    context = f"{base_url(request)}/$metadata#{_path(request)[1:]}"
    return JSONResponse(
        {
            "@odata.context": context,
            "value": [{**_report(r), "attendanceRecords": []} for r in newest],
        }
    )


async def get_report(request: Request) -> Response:
    """One report; ``$expand=attendanceRecords`` brings the first page of them inside."""
    meeting, now = _meeting(request)
    options = query_options(request.url.query, {"$expand"})
    report = _report_in_path(request, meeting, now)
    wanted = expansions(options.get("$expand", ""))
    if wanted.keys() - {"attendanceRecords"}:
        raise bad_request("Only attendanceRecords can be expanded.")
    context = f"{base_url(request)}/$metadata#{_path(request)[1:]}/$entity"
    body: dict[str, object] = {"@odata.context": context, **_report(report)}
    if wanted:
        page, rest = page_of(report.records, 0, RECORDS_PER_PAGE)
        body["attendanceRecords"] = [_record(record) for record in page]
        if rest is not None:
            path = f"{_path(request)}/{report.id}/attendanceRecords"
            body["attendanceRecords@odata.nextLink"] = next_link(request, path, {}, rest)
    return JSONResponse(body)


async def list_records(request: Request) -> Response:
    meeting, now = _meeting(request)
    options = query_options(request.url.query, {SKIPTOKEN})
    report = _report_in_path(request, meeting, now)
    page, rest = page_of(report.records, offset_of(options.get(SKIPTOKEN)), RECORDS_PER_PAGE)
    path = f"{_path(request)}/{report.id}/attendanceRecords"
    body: dict[str, object] = {
        "@odata.context": f"{base_url(request)}/$metadata#{path[1:]}",
        "value": [_record(record) for record in page],
    }
    if rest is not None:
        body["@odata.nextLink"] = next_link(request, path, {}, rest)
    return JSONResponse(body)


def _meeting(request: Request) -> tuple[Meeting, datetime]:
    """404 for an unknown meeting, the wrong user, or one whose reports are not kept."""
    sandbox = require_role(request, READ_ATTENDANCE)
    organizer = organizer_in_path(request, sandbox)
    meeting = meeting_in_path(request, sandbox)
    if meeting is None or meeting.organizer is not organizer or not meeting.reports_kept:
        raise not_found("The attendance reports of this meeting were not found.")
    return meeting, sandbox.clock.now()


def _visible(meeting: Meeting, now: datetime) -> list[Report]:
    return [r for r in meeting.reports if r.available_at <= now < r.ends_at + KEPT]


def _report_in_path(request: Request, meeting: Meeting, now: datetime) -> Report:
    for report in _visible(meeting, now):
        if report.id == request.path_params["report"]:
            return report
    raise not_found("The attendance report was not found.")


def _path(request: Request) -> str:
    given = request.path_params
    return f"/users/{given['user']}/onlineMeetings/{given['meeting']}/attendanceReports"


def _report(report: Report) -> dict[str, object]:
    return {
        "id": report.id,
        "totalParticipantCount": len({id(record.person) for record in report.records}),
        "meetingStartDateTime": graph_time(report.starts_at),
        "meetingEndDateTime": graph_time(report.ends_at),
    }


def _record(record: AttendanceRecord) -> dict[str, object]:
    intervals = [_interval(stay) for stay in record.intervals]
    return {
        "id": record.id,
        "emailAddress": record.email,
        "totalAttendanceInSeconds": sum(int(stay.seconds) for stay in record.intervals),
        "role": record.role,
        "registrationId": None,
        "identity": _identity(record.person),
        "attendanceIntervals": intervals,
    }


def _interval(stay: Interval) -> dict[str, object]:
    return {
        "joinDateTime": graph_time(stay.join),
        "leaveDateTime": graph_time(stay.leave),
        "durationInSeconds": int(stay.seconds),
    }


def _identity(person: Person) -> dict[str, object]:
    kind = "#microsoft.graph.communicationsUserIdentity"
    identity: dict[str, object] = {"id": person.id, "displayName": person.name}
    if person.kind == "user":
        return {"@odata.type": kind, **identity, "tenantId": person.tenant_id}
    return identity
