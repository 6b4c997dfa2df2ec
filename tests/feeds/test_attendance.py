"""The operation by itself: a transaction that is lost and done again gives the same result."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from conferences.intakes import Intakes
from conferences.models import AttendanceRecord, AttendanceSession, Conference
from conferences.operations.attendance import Attendance
from conferences.planning import plan_sync
from platforms.contract import Feed
from platforms.records import AttendancePage, RemoteInterval, RemotePerson, RemoteSitting
from syncing.outcomes import Counts, FeedOutcome

pytestmark = pytest.mark.django_db(transaction=True)

START = datetime(2026, 9, 1, 13, tzinfo=UTC)
END = START + timedelta(hours=1)
SITTING = RemoteSitting("report-1", START, END)


class ConnectionLostError(Exception):
    """Stands for a connection that breaks just before the commit."""


@pytest.fixture
def conference() -> Conference:
    return Conference.objects.create(
        title="Seminar",
        organizer_email="mara@example.edu",
        starts_at=START,
        ends_at=END,
        meeting_link="https://teams.microsoft.com/l/meetup-join/x",
    )


def page(*names: str, is_last: bool = False) -> AttendancePage:
    intervals = [
        RemoteInterval(name, name, RemotePerson(name, None, name), "", START, END) for name in names
    ]
    return AttendancePage(SITTING, tuple(intervals), is_last)


def lost_then_done(work: Callable[[], object]) -> object:
    """``work`` in a transaction that is rolled back, then in one that is committed."""
    with pytest.raises(ConnectionLostError), transaction.atomic():
        work()
        raise ConnectionLostError
    with transaction.atomic():
        return work()


def test_lost_and_done_again(conference):
    [target] = plan_sync(conference, ["attendance"]).targets
    intakes = Intakes.of(conference, [target])
    operation = Attendance(conference, intakes)
    feed = Feed.ATTENDANCE_REPORTS
    for part in (page("ada", "ben"), page("eve"), page(is_last=True)):
        lost_then_done(lambda part=part: intakes.attendance.save((target,), feed, part))
    assert AttendanceSession.objects.filter(vanished_at=None).count() == 3
    outcome = {feed: FeedOutcome(feed, pages=3)}
    counts = lost_then_done(lambda: operation.finish(target, outcome))
    assert counts == Counts(fetched=3, created=3)
    assert AttendanceRecord.objects.count() == 3


def test_pages_that_never_were_committed_confirm_nobody(conference):
    [target] = plan_sync(conference, ["attendance"]).targets
    intakes = Intakes.of(conference, [target])
    operation = Attendance(conference, intakes)
    with pytest.raises(ConnectionLostError), transaction.atomic():
        intakes.attendance.save((target,), Feed.ATTENDANCE_REPORTS, page("ada"))
        raise ConnectionLostError
    with transaction.atomic():
        assert operation.finish(target, {}) == Counts()
