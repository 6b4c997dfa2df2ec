"""Finds a run's meetings, reads each needed feed once, and saves page by page.

Fetching is in threads (syncing.reading); everything that writes happens in the task's own thread.
"""

import logging
from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone

from platforms.contract import NEED_MEETING_ID, Feed, FeedPage, Platform, Resolved
from platforms.errors import PlatformError
from platforms.records import Progress
from syncing.alternatives import called_for, outcomes_for
from syncing.database import DatabaseLostError
from syncing.journal import Journal
from syncing.leases import LeaseLostError
from syncing.models.event import Level
from syncing.models.run import Phase
from syncing.operation import Operation, SyncPlan, Target
from syncing.outcomes import FeedOutcome
from syncing.reading import (
    Arrival,
    FeedEnded,
    MeetingFound,
    PageRead,
    Reader,
    Reading,
    Waiting,
    by_meeting,
)
from syncing.subject import SyncSubject

logger = logging.getLogger(__name__)

TICK_SECONDS = 1.0


class Collector:
    """One attempt's reading. ``missing``: by slot, why a meeting could not be found."""

    def __init__(self, subject: SyncSubject, plan: SyncPlan, journal: Journal) -> None:
        self._subject, self._plan, self._journal = subject, plan, journal
        self._readings: list[Reading] = []
        self._now = timezone.now()  # one moment decides for the whole run what is over
        self.missing: dict[int | None, PlatformError] = {}
        self.look_ups: dict[int | None, int] = {}  # requests, by slot

    def feeds_of(self, operation: Operation, target: Target) -> dict[Feed, FeedOutcome]:
        """What came of the feeds of one operation for one target, originals first."""
        readings = [reading for reading in self._readings if reading.feed in operation.feeds]
        return outcomes_for(target, readings, self._now)

    def collect(self, platform: Platform) -> None:
        reader = Reader(platform, settings.SYNC_VENDOR_WAIT_SECONDS, settings.SYNC_RUN_SECONDS)
        try:
            found = self._find_meetings(reader)
            self._journal.phase(Phase.READING)
            self._open_feeds(reader, found)
            for arrival in self._arrivals(reader):
                match arrival:
                    case PageRead(reading, page):
                        self._save(reading, page)
                    case FeedEnded():
                        self._take_end(arrival)
                        self._end_feed(reader, arrival.reading)
        finally:
            reader.close()

    def _arrivals(self, reader: Reader) -> Iterator[Arrival]:
        """What the threads bring until all have ended; beats, whatever comes or does not come."""
        while reader.is_busy:
            match reader.next(TICK_SECONDS):
                case None:
                    pass
                case Waiting(until):
                    self._journal.waiting(until)
                case arrival:
                    yield arrival
            self._journal.beat_if_due()

    def _find_meetings(self, reader: Reader) -> list[tuple[Target, Resolved]]:
        """Every target's meeting; those not found go to ``missing``."""
        found: dict[int | None, Resolved] = {}
        for target in self._plan.targets:
            if target.skip is None:
                reader.find_meeting(target)
        for arrival in self._arrivals(reader):
            assert isinstance(arrival, MeetingFound), "no feed is open yet"
            self._journal.requests += arrival.requests
            self._journal.part_done()
            slot = arrival.target.slot
            self.look_ups[slot] = arrival.requests
            if arrival.resolved is not None:
                self._keep_id(arrival.target, arrival.resolved)
                found[slot] = arrival.resolved
            elif arrival.error is not None:
                self.missing[slot] = arrival.error
                self._tell_missing(arrival.error)
        return [(t, found[t.slot]) for t in self._plan.targets if t.slot in found]

    def _keep_id(self, target: Target, resolved: Resolved) -> None:
        meeting_id = resolved.meeting.meeting_id
        if resolved.id_failure is not None:
            self._tell_missing(resolved.id_failure)
        elif meeting_id and meeting_id != target.ref.meeting_id:
            self._journal.write(lambda: self._subject.keep_meeting_id(target.slot, meeting_id))
            self._journal.event("meeting_id_kept")
        else:
            self._journal.event("meeting_found")

    def _tell_missing(self, error: PlatformError) -> None:
        self._journal.event(
            "meeting_missing", Level.WARNING, code=error.reason, params=error.params
        )

    def _open_feeds(self, reader: Reader, found: list[tuple[Target, Resolved]]) -> None:
        """Each needed feed once per remote meeting, alternatives only when they are called for."""
        alternatives = {feed for op in self._plan.operations for feed in op.instead_of}
        needed = dict.fromkeys(
            feed for op in self._plan.operations for feed in op.feeds if feed not in alternatives
        )
        for meeting, failure, targets in by_meeting(found):
            for feed in needed:
                self._open(reader, Reading(feed, meeting, targets), failure)

    def _open(self, reader: Reader, reading: Reading, failure: PlatformError | None) -> None:
        self._readings.append(reading)
        self._journal.plan_parts(1)
        if failure is not None and reading.feed in NEED_MEETING_ID:
            reading.outcome.tried = False
            reading.outcome.error = failure
            self._end_feed(reader, reading)
            return
        self._journal.event("feed_opened", source=reading.feed)
        reader.open(reading, self._plan.window(reading.targets))

    def _save(self, reading: Reading, page: FeedPage) -> None:
        """Store one page for every target of its meeting, in one short transaction."""
        if isinstance(page, Progress):
            reading.outcome.seen, reading.outcome.listed = page.seen, page.listed
            self._journal.plan_parts(page.parts)
            self._journal.event(f"{reading.feed}_seen", Level.INFO, **page.seen)
            return
        if reading.outcome.error is not None:
            return  # an earlier page could not be saved: the feed has failed already
        reading.outcome.pages += 1
        if page.is_last:
            self._journal.part_done()
        try:
            reading.reached |= self._journal.write(lambda: self._save_page(reading, page))
        except (DatabaseLostError, LeaseLostError):
            raise
        except Exception as error:
            logger.exception("%s: a page could not be saved", self._subject.log_name)
            reading.outcome.error = PlatformError(f"{type(error).__name__} while saving a page.")

    def _save_page(self, reading: Reading, page: FeedPage) -> set[int | None]:
        reached: set[int | None] = set()
        for operation in self._plan.operations:
            if reading.feed in operation.feeds:
                reached |= operation.save(reading.targets, reading.feed, page)
        return reached

    def _take_end(self, ended: FeedEnded) -> None:
        outcome = ended.reading.outcome
        outcome.error = outcome.error or ended.error
        outcome.requests, outcome.seconds = ended.requests, ended.seconds
        self._journal.requests += ended.requests

    def _end_feed(self, reader: Reader, reading: Reading) -> None:
        outcome, journal = reading.outcome, self._journal
        journal.part_done()
        alternative = called_for(reading, self._plan.operations, self._now)
        if alternative is not None:
            outcome.replaced_by = alternative
            journal.event("instead", original=reading.feed, source=alternative)
            other = Reading(alternative, reading.meeting, reading.targets, instead_of=reading)
            self._open(reader, other, None)
        elif outcome.error is not None and outcome.tried:
            journal.event(
                "feed_failed",
                Level.WARNING,
                source=reading.feed,
                code=outcome.error.reason,
                params=outcome.error.params,
            )
