"""Attendance reports and call records."""

from django.db import transaction

from conferences.models import Conference
from conferences.store import attendance_sources
from conferences.store.plan import Places, read_through
from platforms.contract import Feed, Page
from platforms.records import AttendancePage
from syncing.operation import Intake, Target
from syncing.outcomes import FeedOutcome


class AttendanceIntake(Intake):
    """``seen``: the sittings that came in this run, by slot."""

    def __init__(self, conference: Conference, places: Places) -> None:
        self._conference, self._places = conference, places
        self.seen: dict[int | None, set[int]] = {}
        self._ids: dict[int, frozenset[str]] = {}  # sitting -> its sessions so far

    def save(self, targets: tuple[Target, ...], feed: Feed, page: Page) -> set[int | None]:
        assert isinstance(page, AttendancePage), "these feeds bring nothing else"
        place = self._places.of(targets, page.sitting.starts_at, page.sitting.ends_at)
        if place is None:
            return set()
        if page.sitting.is_guess:
            place = self._places.of_guess(place.slot)
        sitting = attendance_sources.save_sitting(self._conference, place, feed, page.sitting)
        attendance_sources.save_sessions(sitting, page.intervals)
        ids = self._ids.get(sitting.pk, frozenset()) | {i.source_id for i in page.intervals}
        if page.is_last:
            attendance_sources.close_sitting(sitting, ids)
        transaction.on_commit(lambda: self._remember(place.slot, sitting.pk, ids))
        return {place.slot}

    def end(self, targets: tuple[Target, ...], outcome: FeedOutcome) -> None:
        if outcome.feed is Feed.ATTENDANCE_REPORTS:
            for target in targets:
                attendance_sources.mark_vanished_reports(
                    self._conference, target.slot, read_through(target), outcome.listed
                )

    def _remember(self, slot: int | None, sitting: int, ids: frozenset[str]) -> None:
        self.seen.setdefault(slot, set()).add(sitting)
        self._ids[sitting] = ids
