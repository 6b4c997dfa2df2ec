"""Finds a run's meetings, reads each needed feed once, and saves page by page.

Fetching is in threads (syncing.reading); everything that writes happens in the task's own thread.
"""

import logging
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.utils import timezone

from platforms.contract import NEED_MEETING_ID, READ_AFTER, Feed, FeedPage, Platform
from platforms.errors import PlatformError
from platforms.reasons import ReasonCode
from platforms.records import Progress, RemoteMeeting
from syncing.alternatives import called_for, outcomes_for, to_settle
from syncing.database import DatabaseLostError
from syncing.finding import Finder
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
    by_source,
    is_ready,
)
from syncing.subject import SyncSubject

logger = logging.getLogger(__name__)

TICK_SECONDS = 1.0


class Collector:
    """One attempt's reading. ``missing``: by slot, why no meeting could be found. ``look_ups``:
    requests that this took.
    """

    def __init__(self, subject: SyncSubject, plan: SyncPlan, journal: Journal) -> None:
        self._subject, self._plan, self._journal = subject, plan, journal
        self._readings: list[Reading] = []
        self._waiting: list[Reading] = []  # for another feed to end
        self._now = timezone.now()  # one moment decides for the whole run what is over
        self._finder = Finder(subject, plan, journal)
        self.missing = self._finder.missing
        self.look_ups = self._finder.look_ups

    def feeds_of(self, operation: Operation, target: Target) -> dict[Feed, FeedOutcome]:
        """What came of the feeds of one operation for one target, originals first."""
        readings = [reading for reading in self._readings if reading.feed in operation.feeds]
        return outcomes_for(target, readings, self._now)

    def collect(self, platform: Platform) -> None:
        reader = Reader(platform, settings.SYNC_VENDOR_WAIT_SECONDS, settings.SYNC_RUN_SECONDS)
        try:
            self._find_meetings(reader)
            self._journal.phase(Phase.READING)
            self._open_feeds(reader)
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

    def _find_meetings(self, reader: Reader) -> None:
        """Every target's meetings; the slots of which none was found are in ``missing``."""
        self._finder.start(reader)
        for arrival in self._arrivals(reader):
            assert isinstance(arrival, MeetingFound), "no feed is open yet"
            self._finder.take(arrival)
        self._finder.end()

    def _open_feeds(self, reader: Reader) -> None:
        """Each needed feed once per remote meeting, alternatives only when they are called for."""
        alternatives = {feed for op in self._plan.operations for feed in op.instead_of}
        needed = dict.fromkeys(
            feed for op in self._plan.operations for feed in op.feeds if feed not in alternatives
        )
        for feed in needed:
            for resolved, targets in by_source(feed, self._finder.found):
                failure = resolved.id_failure if feed in NEED_MEETING_ID else None
                self._readings.append(
                    Reading(feed, resolved.meeting, targets, failure, None, resolved.id_failure)
                )
            for target, error in self._finder.lost:
                unknown = RemoteMeeting(target.ref.meeting_id, "", ())
                self._readings.append(Reading(feed, unknown, (target,), error))
        self._waiting = [reading for reading in self._readings if reading.feed in READ_AFTER]
        for reading in [r for r in self._readings if r not in self._waiting]:
            self._open(reader, reading)

    def _open(self, reader: Reader, reading: Reading) -> None:
        self._journal.plan_parts(1)
        if not reading.outcome.tried:
            self._end_feed(reader, reading)
            return
        intake = self._plan.intakes[reading.feed]
        known = self._take_in(reading, lambda: intake.known(reading.targets))
        if known is None:
            self._end_feed(reader, reading)
            return
        self._journal.event("feed_opened", source=reading.feed)
        reader.open(reading, self._plan.window(reading.targets), known)

    def _open_waiting(self, reader: Reader) -> None:
        """Feeds that waited for others, all of which have ended now."""
        for reading in list(self._waiting):
            if reading in self._waiting and is_ready(reading, self._readings):
                self._waiting.remove(reading)
                self._open(reader, reading)

    def _save(self, reading: Reading, page: FeedPage) -> None:
        """Store one page for every target of its source, in one short transaction."""
        if isinstance(page, Progress):
            self._journal.plan_parts(page.parts)
            if page.seen:
                reading.outcome.seen, reading.outcome.listed = page.seen, page.listed
                self._journal.event(f"{reading.feed}_seen", Level.INFO, **page.seen)
            return
        if reading.outcome.error is not None:
            return  # an earlier page could not be saved: the feed has failed already
        reading.outcome.pages += 1
        if page.is_last:
            self._journal.part_done()
        intake = self._plan.intakes[reading.feed]
        reached = self._take_in(reading, lambda: intake.save(reading.targets, reading.feed, page))
        reading.reached |= reached or set()

    def _take_in(self, reading: Reading, work: Callable[[], Any]) -> Any:
        """What ``work`` comes to in the database; a fault of ours ends this feed and no other."""
        try:
            return self._journal.write(work)
        except (DatabaseLostError, LeaseLostError):
            raise
        except Exception as error:
            logger.exception("%s: %s could not be stored", self._subject.log_name, reading.feed)
            reading.outcome.error = PlatformError(f"{type(error).__name__} while storing.")

    def _take_end(self, ended: FeedEnded) -> None:
        outcome, error = ended.reading.outcome, ended.error
        if error is not None and error.reason is ReasonCode.CHAT_UNKNOWN:
            error = ended.reading.id_failure or error
        outcome.error = outcome.error or error
        outcome.requests, outcome.seconds = ended.requests, ended.seconds
        self._journal.requests += ended.requests

    def _end_feed(self, reader: Reader, reading: Reading) -> None:
        outcome = reading.outcome
        self._journal.part_done()
        reading.has_ended = True
        if outcome.is_complete:
            intake = self._plan.intakes[reading.feed]
            self._take_in(reading, lambda: intake.end(reading.targets, outcome))
        for settled in to_settle(reading, self._readings):
            settled.is_settled = True
            self._settle(reader, settled)
        self._open_waiting(reader)

    def _settle(self, reader: Reader, reading: Reading) -> None:
        """Read another feed instead, or tell what went wrong."""
        outcome, operations = reading.outcome, self._plan.operations
        alternative = called_for(reading, self._readings, operations, self._now)
        if alternative is not None:
            outcome.replaced_by = alternative
            self._journal.event("instead", original=reading.feed, source=alternative)
            other = Reading(alternative, reading.meeting, reading.targets, instead_of=reading)
            self._readings.append(other)
            self._open(reader, other)
        elif outcome.error is None or not outcome.tried:
            return
        elif all(self._finder.is_gone(target, outcome.error) for target in reading.targets):
            self._journal.event("gone_before", source=reading.feed)
        else:
            self._journal.event(
                "feed_failed",
                Level.WARNING,
                source=reading.feed,
                code=outcome.error.reason,
                params=outcome.error.params,
            )
