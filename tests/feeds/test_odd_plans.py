"""Slots that touch or share a meeting, and plans that change; a class plays the platform."""

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar

import pytest
from django.utils import timezone

from conferences.models import AttendanceSitting, Conference, Membership
from platforms.context import CallContext
from platforms.contract import Feed, FeedPage, Known, MeetingRef, Resolved, Window
from platforms.errors import NotFoundError, PlatformError, TransientError
from platforms.records import (
    AttendancePage,
    Progress,
    RemoteInterval,
    RemoteMeeting,
    RemotePerson,
    RemoteSitting,
)
from tests.conferences.commands import report, sync_attendance

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timezone.now().replace(microsecond=0) - timedelta(days=2)
OWN = "https://x.example.org/own"
REPORTS, CALLS = Feed.ATTENDANCE_REPORTS, Feed.CALL_RECORDS


class Stage:
    """A platform that holds the sittings it is given: (feed, link) -> sittings, or an error."""

    holds: ClassVar[dict[tuple[Feed, str], list[list[FeedPage]] | PlatformError]] = {}
    breaks_after: ClassVar[int | None] = None
    asked: ClassVar[list[Feed]] = []

    def check_configured(self) -> None:
        """It always is."""

    def resolve_meeting(self, ref: MeetingRef, context: CallContext) -> Resolved:
        return Resolved(RemoteMeeting(ref.join_url, "mara", (ref.join_url or "",)))

    def read(
        self,
        feed: Feed,
        meeting: RemoteMeeting,
        window: Window,
        known: Known,
        context: CallContext,
    ) -> Iterator[FeedPage]:
        Stage.asked.append(feed)
        held = Stage.holds.get((feed, meeting.join_urls[0]), [])
        if isinstance(held, PlatformError):
            raise held
        near = [p for p in held if window.covers(p[0].sitting.starts_at, p[0].sitting.ends_at)]
        seen = {"listed": len(held), "in_window": len(near), "matched": len(near)}
        yield Progress(len(near), seen, frozenset(p[0].sitting.source_id for p in held))
        for number, page in enumerate(page for pages in near for page in pages):
            if Stage.breaks_after == number:
                raise TransientError("503")
            yield page


@pytest.fixture(autouse=True)
def stage(settings) -> None:
    Stage.holds.clear()
    Stage.asked.clear()
    Stage.breaks_after = None
    settings.MEETING_PLATFORMS = {"teams": "tests.feeds.test_odd_plans.Stage"}


def at(minutes: int):
    return DAY + timedelta(minutes=minutes)


def held(name: str, start: int, end: int, *people: str) -> list[FeedPage]:
    sitting = RemoteSitting(name, at(start), at(end))
    pages = [
        AttendancePage(
            sitting,
            (RemoteInterval(who, who, RemotePerson(None, who, who), "", at(start), at(end)),),
            is_last=False,
        )
        for who in people
    ]
    return [*pages, AttendancePage(sitting, (), is_last=True)]


def conference(*slots: tuple[int, int, str], start: int = 0, end: int = 60) -> Conference:
    planned = Conference.objects.create(
        title="Seminar",
        organizer_email="mara@example.edu",
        starts_at=at(start),
        ends_at=at(end),
        meeting_link=OWN,
        use_time_slots=bool(slots),
    )
    for begins, ends, link in slots:
        planned.time_slots.create(starts_at=at(begins), ends_at=at(ends), meeting_link=link)
    return planned


def minutes(planned: Conference) -> dict[str, float]:
    return {p["email"]: p["seconds"] / 60 for p in report(planned.pk)["participants"]}


def outcomes(planned: Conference) -> list[tuple[str, str | None]]:
    _, result = sync_attendance(planned.pk)
    return [(s["outcome"], s["reason"] and s["reason"]["code"]) for s in result["operations"]]


def test_a_sitting_that_runs_into_the_next_slot_stays_with_its_own_meeting():
    planned = conference((0, 60, "https://x/a"), (60, 120, "https://x/b"))
    Stage.holds[REPORTS, "https://x/a"] = [held("r", 15, 110, "p@x.org")]
    assert outcomes(planned) == [("succeeded", None), ("no_data", "nothing_kept")]
    assert minutes(planned) == {"p@x.org": 95}


def test_a_late_rejoin_during_the_next_slot_belongs_to_its_own_meeting():
    planned = conference((0, 60, "https://x/a"), (60, 120, "https://x/b"))
    Stage.holds[REPORTS, "https://x/a"] = [
        held("r", 0, 60, "p@x.org"),
        held("late", 64, 70, "p@x.org"),
    ]
    sync_attendance(planned.pk)
    assert minutes(planned) == {"p@x.org": 66}


def test_a_cancelled_slot_takes_nothing_from_its_replacement():
    planned = conference((0, 60, "https://x/old"), (0, 60, "https://x/new"))
    planned.time_slots.filter(meeting_link="https://x/old").update(cancelled_at=at(-60))
    Stage.holds[REPORTS, "https://x/new"] = [held("r", 0, 60, "p@x.org")]
    assert outcomes(planned) == [("succeeded", None)]


def test_a_shared_meeting_with_one_slot_over_and_one_to_come():
    week = 7 * 24 * 60
    planned = conference((0, 60, OWN), (week, week + 60, OWN))
    Stage.holds[REPORTS, OWN] = NotFoundError("no reports")
    Stage.holds[CALLS, OWN] = [held("c", 0, 60, "p@x.org")]
    assert outcomes(planned) == [("succeeded", None), ("no_data", "not_held_yet")]


def test_call_records_serve_the_slot_that_has_no_report():
    planned = conference((0, 60, OWN), (600, 660, OWN))
    Stage.holds[REPORTS, OWN] = [held("r", 0, 60, "p@x.org")]
    Stage.holds[CALLS, OWN] = [held("c1", 0, 60, "p@x.org"), held("c2", 600, 660, "q@x.org")]
    _, result = sync_attendance(planned.pk)
    assert [s["source"] for s in result["operations"]] == ["attendance_reports", "call_records"]
    assert minutes(planned) == {"p@x.org": 60, "q@x.org": 60}


def test_call_records_that_fail_are_no_matter_to_the_slot_that_has_a_report():
    planned = conference((0, 60, OWN), (600, 660, OWN))
    Stage.holds[REPORTS, OWN] = [held("r", 0, 60, "p@x.org")]
    Stage.holds[CALLS, OWN] = TransientError("503")
    assert outcomes(planned) == [("succeeded", None), ("failed", "platform_fault")]


def test_a_404_before_the_end_is_not_a_failure():
    planned = conference(start=0, end=7 * 24 * 60)
    Stage.holds[REPORTS, OWN] = NotFoundError("no reports")
    assert outcomes(planned) == [("no_data", "not_held_yet")]
    assert CALLS not in Stage.asked


def test_a_half_read_report_takes_nothing_from_anybody():
    planned = conference()
    Stage.holds[REPORTS, OWN] = NotFoundError("not yet")
    Stage.holds[CALLS, OWN] = [held("c", 0, 60, "p@x.org", "q@x.org")]
    sync_attendance(planned.pk)
    Stage.holds[REPORTS, OWN] = [held("r", 0, 50, "p@x.org", "q@x.org")]
    Stage.breaks_after = 1
    assert outcomes(planned) == [("partial", "platform_fault")]
    assert minutes(planned) == {"p@x.org": 60, "q@x.org": 60}
    Stage.breaks_after = None
    assert outcomes(planned) == [("succeeded", None)]
    assert minutes(planned) == {"p@x.org": 50, "q@x.org": 50}


def test_pages_before_a_fault_are_kept():
    """However fast the fault follows: what came is stored."""
    planned = conference()
    Stage.holds[REPORTS, OWN] = [held("r", 0, 60, *(f"p{n}@x.org" for n in range(9)))]
    Stage.breaks_after = 8
    _, result = sync_attendance(planned.pk)
    assert (result["items"], result["operations"][0]["outcome"]) == (8, "partial")


def test_a_conference_that_is_moved_counts_only_what_is_planned_now():
    planned = conference()
    Stage.holds[REPORTS, OWN] = [held("r0", 0, 60, "p@x.org"), held("r1", 1440, 1500, "p@x.org")]
    sync_attendance(planned.pk)
    Conference.objects.update(starts_at=at(1440), ends_at=at(1500))
    sync_attendance(planned.pk)
    assert minutes(planned) == {"p@x.org": 60}
    assert not AttendanceSitting.objects.exclude(vanished_at=None).exists()


def test_another_link_is_another_meeting():
    planned = conference()
    Stage.holds[REPORTS, OWN] = [held("r0", 0, 60, "p@x.org")]
    Stage.holds[REPORTS, "https://x/new"] = [held("r1", 0, 60, "q@x.org")]
    sync_attendance(planned.pk)
    planned.refresh_from_db()
    planned.meeting_link = "https://x/new"
    planned.save()
    sync_attendance(planned.pk)
    assert minutes(planned) == {"q@x.org": 60}


def test_a_failed_call_after_a_change_of_plan_erases_nothing():
    planned = conference()
    Stage.holds[REPORTS, OWN] = [held("r0", 0, 60, "p@x.org")]
    sync_attendance(planned.pk)
    Conference.objects.update(meeting_link="https://x/typo")
    Stage.holds[REPORTS, "https://x/typo"] = TransientError("503")
    sync_attendance(planned.pk)
    assert minutes(planned) == {"p@x.org": 60}


def test_a_report_that_merely_left_the_newest_fifty_did_not_vanish():
    planned = conference()
    first = held("r", 0, 60, "p@x.org")
    Stage.holds[REPORTS, OWN] = [first]
    sync_attendance(planned.pk)
    Stage.holds[REPORTS, OWN] = [held(f"n{n}", 1000 + n, 1001 + n) for n in range(50)]
    sync_attendance(planned.pk)
    assert not AttendanceSitting.objects.exclude(vanished_at=None).exists()


def test_one_member_known_by_id_here_and_by_e_mail_there_is_one_row():
    planned = conference()
    member = Membership.objects.create(
        conference=planned, name="Ada", email="ada@x.org", directory_id="AAA"
    )
    sitting = RemoteSitting("r", at(0), at(60))
    people = [RemotePerson("aaa", None, "Ada"), RemotePerson(None, "ada@x.org", "Ada")]
    intervals = tuple(
        RemoteInterval(str(n), str(n), person, "", at(30 * n), at(30 * n + 30))
        for n, person in enumerate(people)
    )
    Stage.holds[REPORTS, OWN] = [[AttendancePage(sitting, intervals, is_last=True)]]
    sync_attendance(planned.pk)
    [record] = planned.attendance.all()
    assert (record.membership, record.attended) == (member, timedelta(hours=1))
