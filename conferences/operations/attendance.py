"""Attendance: from reports, else from the tenant's call records."""

from collections import Counter
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction

from conferences.intakes import Intakes
from conferences.models import AttendanceSitting, Conference
from conferences.operations.counting import not_held_yet, not_there_yet
from conferences.store import attendance_records
from platforms.contract import Feed
from platforms.reasons import ReasonCode
from syncing.operation import Operation, Target
from syncing.outcomes import Counts, FeedOutcome, Reason


class Attendance(Operation):
    name = "attendance"
    feeds = (Feed.ATTENDANCE_REPORTS, Feed.CALL_RECORDS)
    instead_of = {Feed.CALL_RECORDS: Feed.ATTENDANCE_REPORTS}

    def __init__(self, conference: Conference, intakes: Intakes) -> None:
        self._conference = conference
        self._seen = intakes.attendance.seen
        self._changes: dict[int, str] | None = None  # records that no slot has counted yet

    def finish(self, target: Target, feeds: Mapping[Feed, FeedOutcome]) -> Counts:
        """Merge once for all targets; count each person in the first slot that confirms them."""
        if self._changes is not None:
            changes = dict(self._changes)
        elif self._seen:
            changes = attendance_records.rebuild(self._conference)
        else:
            return Counts()  # nothing came: what is known stays as it is
        people = attendance_records.people_of(self._seen.get(target.slot, set()))
        vanished = [pk for pk, kind in changes.items() if kind == "vanished"]
        counts = Counter(changes.pop(pk, "counted before") for pk in [*people, *vanished])
        transaction.on_commit(lambda: self._keep(changes))  # the transaction may be done again
        return Counts(
            fetched=len(people),
            created=counts["created"],
            updated=counts["updated"],
            unchanged=counts["unchanged"],
            vanished=counts["vanished"],
        )

    def _keep(self, changes: dict[int, str]) -> None:
        self._changes = changes

    def explain_zero(self, target: Target, feeds: Mapping[Feed, FeedOutcome]) -> Reason:
        minutes = settings.ATTENDANCE_EXPECTED_MINUTES
        if reason := not_held_yet(target, minutes):
            return reason
        sittings = AttendanceSitting.objects.filter(
            conference=self._conference, slot_id=target.slot
        )
        if sittings.filter(is_guess=True, accepted_at=None).exists():
            return Reason(ReasonCode.GUESSES_WAITING)
        if seen := self._seen.get(target.slot):
            has_people = attendance_records.people_of(seen)
            return Reason(ReasonCode.COUNTED_BEFORE if has_people else ReasonCode.NOBODY_ATTENDED)
        return not_there_yet(target, minutes) or Reason(self._long_over(feeds))

    def _long_over(self, feeds: Mapping[Feed, FeedOutcome]) -> ReasonCode:
        reports, calls = feeds.get(Feed.ATTENDANCE_REPORTS), feeds.get(Feed.CALL_RECORDS)
        listed = reports.seen if reports else {}
        called = calls.seen if calls else {}
        if listed.get("listed", 0) > listed.get("in_window", 0) or called.get("elsewhere"):
            return ReasonCode.HELD_ANOTHER_TIME
        return ReasonCode.OUT_OF_REACH if called.get("out_of_reach") else ReasonCode.NOTHING_KEPT
