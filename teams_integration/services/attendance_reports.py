"""Attendance reports: one for each time the meeting was held, the newest fifty of a year."""

from collections.abc import Iterator

from platforms.context import CallContext
from platforms.contract import FeedPage, Window
from platforms.errors import NotFoundError, TransientError
from platforms.records import AttendancePage, Progress, RemoteMeeting, RemoteSitting
from teams_integration.client import GraphClient
from teams_integration.parse import attendance

PERMISSION = "OnlineMeetingArtifact.Read.All"


def read(
    graph: GraphClient, meeting: RemoteMeeting, window: Window, context: CallContext
) -> Iterator[FeedPage]:
    """First how many reports there are, then the records of those within the window."""
    assert meeting.meeting_id, "the engine resolves the meeting first"
    path = ("users", meeting.organizer_id, "onlineMeetings", meeting.meeting_id)
    # https://learn.microsoft.com/graph/api/meetingattendancereport-list
    listing = graph.pages(graph.url(*path, "attendanceReports"), context, permission=PERMISSION)
    reports = [attendance.report(source) for page in listing for source in page]
    wanted = [r for r in reports if window.covers(r.starts_at, r.ends_at)]
    seen = {"listed": len(reports), "in_window": len(wanted)}
    yield Progress(len(wanted), seen, frozenset(report.source_id for report in reports))
    for report in wanted:
        yield from _read_report(graph, path, report, context)


def _read_report(
    graph: GraphClient, path: tuple[str, ...], report: RemoteSitting, context: CallContext
) -> Iterator[FeedPage]:
    # https://learn.microsoft.com/graph/api/meetingattendancereport-get
    url = graph.url(
        *path, "attendanceReports", report.source_id, query={"$expand": "attendanceRecords"}
    )
    try:
        source = graph.get(url, context, permission=PERMISSION)
        for records in graph.nested(source, "attendanceRecords", context, permission=PERMISSION):
            intervals = [i for record in records for i in attendance.attendance_record(record)]
            yield AttendancePage(report, tuple(intervals), is_last=False)
    except NotFoundError as error:
        raise TransientError(
            f"A listed report was not there: {error.detail}", request_id=error.request_id
        ) from error
    yield AttendancePage(report, (), is_last=True)
