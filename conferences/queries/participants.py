"""Who was there: the table, the intervals under each row, and the picture."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Prefetch, Q
from django.http import QueryDict

from accounts.models import User
from conferences.clocks import local_day
from conferences.models import AttendanceRecord, AttendanceSession, Conference
from conferences.queries.search import search_words
from conferences.rules.intervals import Interval, union

PER_PAGE = 50
ORDERS = {
    "name": (F("name").asc(), "id"),
    "-name": (F("name").desc(), "id"),
    "email": (F("email").asc(nulls_last=True), "id"),
    "-email": (F("email").desc(nulls_last=True), "id"),
    "minutes": (F("attended").asc(), "id"),
    "-minutes": (F("attended").desc(), "id"),
    "sessions": (F("session_count").asc(), "id"),
    "-sessions": (F("session_count").desc(), "id"),
}


@dataclass(frozen=True)
class Participants:
    """``page`` holds records with their ``shown_sessions``; ``total`` ignores the filter.

    ``vanished``: how many people the platform's data held once and holds no more. ``guesses``: how
    many calls wait for a decision, and how many were accepted. ``sources``: of all the others.
    """

    page: Page[AttendanceRecord]
    total: int
    vanished: int
    q: str
    order: str
    timeline: "Timeline | None"
    guesses: dict[str, int]
    sources: list[str]

    @property
    def rows(self) -> "list[tuple[AttendanceRecord, list[Bar]]]":
        """The page's records with their bars, if there is a picture."""
        return self.timeline.rows if self.timeline else [(record, []) for record in self.page]


@dataclass(frozen=True)
class Bar:
    """A stretch of time in the picture; in thousandths of its width."""

    x: int
    width: int


@dataclass(frozen=True)
class Timeline:
    """Who was there when: for the people of one page, from the first moment to the last.

    ``planned`` are the planned meetings, so that early and late can be seen.
    """

    starts_at: datetime
    ends_at: datetime
    planned: list[Bar]
    rows: list[tuple[AttendanceRecord, list[Bar]]]

    @property
    def spans_days(self) -> bool:
        """In the viewer's time zone."""
        return local_day(self.starts_at) != local_day(self.ends_at)


def list_participants(
    conference: Conference, query: QueryDict, planned: list[Interval]
) -> Participants:
    """``q`` searches names and e-mails; ``order`` is a key of ORDERS; fifty a page.

    ``planned`` are the times that the picture shows as planned.
    """
    q, order = search_words(query), query.get("order", "name")
    if order not in ORDERS:
        order = "name"
    known = conference.attendance.aggregate(
        total=Count("pk", filter=Q(vanished_at=None)),
        vanished=Count("pk", filter=Q(vanished_at__isnull=False)),
    )
    rows = conference.attendance.filter(vanished_at=None)
    if q:
        rows = rows.filter(Q(name__icontains=q) | Q(email__icontains=q))
    rows = rows.order_by(*ORDERS[order]).prefetch_related(_sessions())
    page = Paginator(rows, PER_PAGE).get_page(query.get("page"))
    guesses = conference.sittings.filter(is_guess=True).aggregate(
        waiting=Count("pk", filter=Q(accepted_at=None)), accepted=Count("accepted_at")
    )
    sources = conference.sittings.filter(is_guess=False).values_list("source", flat=True)
    return Participants(
        page,
        known["total"],
        known["vanished"],
        q,
        order,
        draw(list(page), planned),
        guesses,
        sorted(set(sources)),
    )


def own_attendance(conference: Conference, user: User) -> AttendanceRecord | None:
    """A learner's own row: by roster, with every interval and why it counts."""
    mine = Q(membership__user=user) | Q(membership__user=None, membership__email__iexact=user.email)
    return (
        conference.attendance.filter(mine, vanished_at=None).prefetch_related(_sessions()).first()
    )


def draw(records: list[AttendanceRecord], planned: list[Interval]) -> Timeline | None:
    """The picture of these people; None if there is nothing to draw."""
    counted = {
        record: [(s.joined_at, s.left_at) for s in sessions_of(record) if s.is_counted]
        for record in records
    }
    every = [interval for intervals in counted.values() for interval in intervals]
    if not every:
        return None
    starts_at = min(start for start, _ in every + planned)
    ends_at = max(end for _, end in every + planned)
    span = max(ends_at - starts_at, timedelta(seconds=1))

    def thousandths(length: timedelta) -> int:
        return int(1000 * length.total_seconds() / span.total_seconds())

    def bar(interval: Interval) -> Bar:
        width = max(5, thousandths(interval[1] - interval[0]))  # a moment can be seen too
        return Bar(min(thousandths(interval[0] - starts_at), 1000 - width), width)

    rows = [(record, [bar(one) for one in union(own)]) for record, own in counted.items()]
    return Timeline(starts_at, ends_at, [bar(one) for one in planned], rows)


def sessions_of(record: AttendanceRecord) -> list[AttendanceSession]:
    """What the prefetch stored; in order of joining."""
    sessions: list[AttendanceSession] = record.shown_sessions  # type: ignore[attr-defined]
    return sessions


def _sessions() -> "Prefetch[str]":
    rows = AttendanceSession.objects.filter(vanished_at=None).select_related(
        "sitting", "sitting__slot"
    )
    return Prefetch("sessions", rows.order_by("joined_at", "id"), to_attr="shown_sessions")
