"""The lecture of a thousand in this process: its runs are worked on in a thread, as by a worker,
whose database connection may be led elsewhere.
"""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db import connection, connections
from django.db.models import Sum
from django.utils import timezone

from conferences.actions.importing import import_conferences
from conferences.models import AttendanceRecord, AttendanceSession, Conference
from conferences.queries.digest import data_digest
from scripts.servers.sandbox import Hold, SandboxControl
from syncing import engine
from syncing.database import DatabaseLostError
from syncing.models import SyncRun
from syncing.models.run import Trigger
from syncing.requesting import request_run
from tests.conftest import DATABASE_URL
from tests.reliability.stage import LECTURE, PEOPLE, SECONDS, page_of_lecture

PATIENCE_SECONDS = 90
SENTENCE = "Database connection error. Please wait a moment and try again."


@contextmanager
def led_to(**elsewhere: Any) -> Iterator[None]:
    """New connections of this process are made with other settings, such as PORT. The thread of
    the test keeps the one it has: it looks on from outside.
    """
    connection.ensure_connection()
    settings = connections.settings["default"]
    options = {**settings["OPTIONS"], **elsewhere.pop("OPTIONS", {})}
    changed = {**elsewhere, "OPTIONS": options}
    usual = {name: settings[name] for name in changed}
    settings.update(changed)
    try:
        yield
    finally:
        settings.update(usual)


@dataclass
class Work:
    """A run under work, stopped at a page that is held."""

    run: int
    result: Future[bool]
    hold: Hold


class Lecture:
    def __init__(self, sandbox: SandboxControl) -> None:
        self._sandbox = sandbox
        self._threads = ThreadPoolExecutor(2)
        self.undisturbed = ""
        name = connections.settings["default"]["NAME"]
        self.database = urlsplit(DATABASE_URL)._replace(path=f"/{name}").geturl()  # if PostgreSQL

    def import_anew(self) -> None:
        """The conferences as on the first day; nothing is known of any attendance."""
        SyncRun.objects.all().delete()
        Conference.objects.all().delete()
        import_conferences(self._sandbox.conferences())

    def digest_of_an_undisturbed_run(self) -> str:
        self.finish(self.request())
        digest = str(data_digest()["digest"])
        self.import_anew()
        assert data_digest()["digest"] != digest
        return digest

    def request(self) -> int:
        subject = Conference.objects.get(pk=LECTURE)
        return request_run(
            subject, requested_by=None, trigger=Trigger.COMMAND, operations=["attendance"]
        )[0].pk

    def work(self, run: int) -> Future[bool]:
        """As a worker's process that answers the bell."""
        return self._threads.submit(_disconnected, run)

    @contextmanager
    def held_at(self, page: int) -> Iterator[Work]:
        """A run that waits for this page of its report, until the block's end or a release."""
        run = self.request()
        with self._sandbox.hold(page_of_lecture(page)) as hold:
            work = Work(run, self.work(run), hold)
            hold.wait_until_reached()
            yield work

    def look(self, run: int) -> SyncRun:
        return SyncRun.objects.get(pk=run)

    def events(self, run: int) -> list[str]:
        return list(self.look(run).events.order_by("pk").values_list("key", flat=True))

    def pages_asked(self) -> int:
        return len(self._sandbox.requests_seen("attendanceReports/"))

    def people_kept(self) -> int:
        """So many people are on the pages that were saved."""
        return AttendanceSession.objects.values("entry_id").distinct().count()

    def leave_alone(self, run: int) -> None:
        """As if its lease's time were over: whoever answers the bell takes it over."""
        expired = timezone.now() - timedelta(seconds=1)
        SyncRun.objects.filter(pk=run).update(lease_expires_at=expired, rung_at=None)

    def finish(self, run: int, work: Future[bool] | None = None) -> SyncRun:
        """Until the run's work is done; how it ended."""
        (work or self.work(run)).result(timeout=PATIENCE_SECONDS)
        return self.look(run)

    def see_through(self, run: int, work: Future[bool]) -> None:
        """To a good end, whatever the first attempt came to that the promise allows: success, a
        run that is left alone for others to take over, or an end with the sentence.
        """
        if isinstance(work.exception(timeout=PATIENCE_SECONDS), DatabaseLostError):
            self.leave_alone(run)
            work = self.work(run)
        ended = self.finish(run, work)
        if ended.message == SENTENCE:
            ended = self.finish(self.request())
        assert ended.verdict == "success"
        self.assert_as_undisturbed()

    def assert_ended_well(self, run: int, attempt: int = 1) -> None:
        ended = self.look(run)
        assert (ended.status, ended.verdict, ended.attempt) == ("finished", "success", attempt)
        assert ended.items == PEOPLE
        assert [(step.operation, step.outcome) for step in ended.steps.all()] == [
            ("attendance", "succeeded")
        ]
        events = self.events(run)
        assert (events.count("started"), events.count("finished")) == (1, 1)
        self.assert_as_undisturbed()

    def assert_as_undisturbed(self) -> None:
        known = AttendanceRecord.objects.filter(conference=LECTURE)
        attended = known.aggregate(all=Sum("attended"))["all"]
        assert (known.count(), attended.total_seconds()) == (PEOPLE, SECONDS)
        assert data_digest()["digest"] == self.undisturbed

    def close(self) -> None:
        self._threads.shutdown()


def _disconnected(run: int) -> bool:
    try:
        return engine.run(run)
    finally:
        connection.close()
