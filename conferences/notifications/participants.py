"""Mail to those who come: a new link, other times, a cancelled meeting."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from conferences.arranging.keeping import conference_of
from conferences.exports.calendar import Entry, calendar_file
from conferences.models import Booking, Conference, MeetingChange, MeetingNotice, Membership
from conferences.models.change import ChangeKind
from conferences.models.meeting import PlannedMeeting
from conferences.models.membership import Role
from conferences.models.notice import NoticeKind
from conferences.notifications import failures, letters
from conferences.notifications.delivery import deliver, due
from conferences.notifications.lines import Line, Times, lines_of, one_line, subject
from conferences.queries.access import memberships_of
from platforms.reasons import ReasonCode
from syncing.database import with_database

WRONG_LINK = (ReasonCode.ORGANIZER_DIFFERS, ReasonCode.MEETING_NOT_FOUND)


@dataclass(frozen=True)
class Waiting:
    """So many people have not been told yet, most of them for this reason."""

    people: int
    reason: str
    again_at: datetime


def note(change: MeetingChange, meeting: PlannedMeeting) -> None:
    """Remember whom a finished change concerns; in the transaction that finishes it.

    ``change.told`` still is what it was asked with: the times before, if they are others now.
    """
    before = _times_before(change)
    match change.kind:
        case ChangeKind.RECREATED:
            kind = NoticeKind.NEW_LINK
        case ChangeKind.ATTACHED if _had_another_link(meeting):
            kind = NoticeKind.NEW_LINK
        case ChangeKind.CANCELLED:
            kind = NoticeKind.CANCELLED
        case _ if before:
            kind = NoticeKind.MOVED
        case _:
            return
    starts_at, ends_at = before or (None, None)
    people = concerned(meeting)
    if change.asked_by is not None:
        people = people.exclude(pk__in=memberships_of(change.asked_by), role=Role.INSTRUCTOR)
    MeetingNotice.objects.bulk_create(
        [
            MeetingNotice(
                conference_id=change.conference_id,
                slot_id=change.slot_id,
                member=member,
                kind=kind,
                starts_at=starts_at,
                ends_at=ends_at,
                due_at=Now(),
            )
            for member in people
        ],
        batch_size=500,
    )


def _had_another_link(meeting: PlannedMeeting) -> bool:
    retired = conference_of(meeting).retired_meetings.filter(slot=meeting.slot)
    return retired.exclude(meeting_link=None).exclude(meeting_link=meeting.meeting_link).exists()


def concerned(meeting: PlannedMeeting) -> QuerySet[Membership]:
    """Instructors, and of learners those who have a seat where seats are booked, else all."""
    learners = Q(role=Role.LEARNER)
    if getattr(meeting, "capacity", None) is not None:
        learners &= Q(Exists(Booking.objects.filter(slot=meeting.slot, member=OuterRef("pk"))))
    return conference_of(meeting).roster.filter(learners | Q(role=Role.INSTRUCTOR))


def send_due(conference_id: int) -> int:
    """Send what is due, one mail a person; returns how many. Nothing while a change is open."""
    rows = _tellable().filter(conference=conference_id)
    return deliver(rows, "member", _letter)


def conferences_with_due() -> list[int]:
    """Those of which somebody is to be told something now."""
    rows = due(_tellable()).order_by("conference_id").values_list("conference_id", flat=True)
    return list(rows.distinct())


def waiting(conference: Conference) -> Waiting | None:
    """Who could not be told so far, for the instructor's page."""
    rows = conference.notices.filter(sent_at=None).exclude(failure="")
    found = list(rows.order_by("pk").values_list("member_id", "failure", "due_at"))
    if not found:
        return None
    failed = {member: failure for member, failure, _due_at in found}
    [(code, _number)] = Counter(failed.values()).most_common(1)
    again_at = min(due_at for _member, _failure, due_at in found)
    return Waiting(len(failed), failures.sentence(code), again_at)


def _tellable() -> QuerySet[MeetingNotice]:
    """A new link is told of once it is there and nothing speaks against it, or its meeting is
    cancelled.
    """
    open_now = MeetingChange.objects.filter(conference=OuterRef("conference"), finished_at=None)
    own_link = Q(slot=None, conference__meeting_link__isnull=False)
    own_link &= ~Q(conference__problem_code__in=WRONG_LINK)
    of_slot = Q(slot__meeting_link__isnull=False) & ~Q(slot__problem_code__in=WRONG_LINK)
    is_good = own_link | of_slot | Q(slot__cancelled_at__isnull=False)
    return MeetingNotice.objects.filter(~Exists(open_now), ~Q(kind=NoticeKind.NEW_LINK) | is_good)


def _letter(taken: Sequence[MeetingNotice]) -> EmailMessage | None:
    rows = MeetingNotice.objects.select_related("conference", "slot", "member__user")
    notices = with_database(lambda: list(rows.filter(pk__in=[one.pk for one in taken])))
    now = timezone.now()
    lines = with_database(lambda: lines_of(notices, now)) if notices else []
    if not lines:
        return None
    conference, member = notices[0].conference, notices[0].member
    user = member.user or with_database(User.objects.filter(email__iexact=member.email).first)
    reader = letters.Reader(member.email, one_line(member.name), user, conference.timezone)
    with reader.at_home() as zone:
        return letters.write(
            reader,
            subject(lines, conference.title),
            "participants",
            {
                "title": one_line(conference.title),
                "is_answered": letters.is_address(conference.organizer_email),
                "lines": lines,
                "zone": zone.key,
                "address": f"{settings.SITE_URL}{conference.get_absolute_url()}",
            },
            answers_to=conference.organizer_email,
            calendar=_calendar(conference, lines, now),
        )


def _calendar(conference: Conference, lines: Sequence[Line], now: datetime) -> bytes:
    entries = [Entry(conference, line.meeting, changed_at=now) for line in lines]
    return calendar_file(entries, now=now)


def _times_before(change: MeetingChange) -> Times | None:
    if "was" not in change.told:
        return None
    starts_at, ends_at = change.told["was"]
    return datetime.fromisoformat(starts_at), datetime.fromisoformat(ends_at)
