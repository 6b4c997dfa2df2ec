"""Attendance reports: one for each time the meeting was held, the newest fifty of a year."""

from collections.abc import Iterator
from itertools import chain

from platforms.context import CallContext
from platforms.contract import FeedPage, Window
from platforms.errors import BadResponseError, NotFoundError
from platforms.records import AttendancePage, Progress, RemoteMeeting, RemoteSitting
from teams_integration.client import GraphClient
from teams_integration.parse import attendance
from teams_integration.trouble import Trouble, listed_but_gone

PERMISSION = "OnlineMeetingArtifact.Read.All"


def read(
    graph: GraphClient, meeting: RemoteMeeting, window: Window, context: CallContext
) -> Iterator[FeedPage]:
    """First how many reports there are, then the records of those within the window.

    One that is odd or not there does not hide the others: it is told in the end.
    """
    assert meeting.meeting_id, "the engine resolves the meeting first"
    path = ("users", meeting.organizer_id, "onlineMeetings", meeting.meeting_id)
    # https://learn.microsoft.com/graph/api/meetingattendancereport-list
    listing = graph.pages(graph.url(*path, "attendanceReports"), context, permission=PERMISSION)
    trouble = Trouble()
    reports = trouble.parsed(attendance.report, (source for page in listing for source in page))
    wanted = [r for r in reports if window.covers(r.starts_at, r.ends_at)]
    seen = {"listed": len(reports), "in_window": len(wanted)}
    yield Progress(len(wanted), seen, frozenset(report.source_id for report in reports))
    for report in wanted:
        yield from _read_report(graph, path, report, trouble, context)
    trouble.tell()


def _read_report(
    graph: GraphClient,
    path: tuple[str, ...],
    report: RemoteSitting,
    trouble: Trouble,
    context: CallContext,
) -> Iterator[FeedPage]:
    # https://learn.microsoft.com/graph/api/meetingattendancereport-get
    url = graph.url(
        *path, "attendanceReports", report.source_id, query={"$expand": "attendanceRecords"}
    )
    of_report = Trouble()
    try:
        source = graph.get(url, context, permission=PERMISSION)
        for records in graph.nested(source, "attendanceRecords", context, permission=PERMISSION):
            parsed = of_report.parsed(attendance.attendance_record, records)
            yield AttendancePage(report, tuple(chain.from_iterable(parsed)), is_last=False)
        of_report.tell()
    except NotFoundError as error:
        trouble.remember(listed_but_gone("report", error))
    except BadResponseError as error:
        trouble.remember(error)
    else:
        yield AttendancePage(report, (), is_last=True)
