"""Who was there: the table, the intervals under each row, and the picture."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import F, Prefetch, Q
from django.http import QueryDict

from accounts.models import User
from conferences.models import AttendanceRecord, AttendanceSession, Conference

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
    """``page`` holds records with their ``shown_sessions``; ``total`` ignores the filter."""

    page: Page[AttendanceRecord]
    total: int
    q: str
    order: str
    timeline: "Timeline | None"


@dataclass(frozen=True)
class Bar:
    """One counted interval in the picture; in thousandths of its width."""

    x: int
    width: int
    session: AttendanceSession


@dataclass(frozen=True)
class Timeline:
    """Who was there when: for the people of one page, from the first join to the last leave."""

    starts_at: datetime
    ends_at: datetime
    rows: list[tuple[AttendanceRecord, list[Bar]]]


def list_participants(conference: Conference, query: QueryDict) -> Participants:
    """``q`` searches names and e-mails; ``order`` is a key of ORDERS; fifty a page."""
    q, order = query.get("q", "").strip()[:200], query.get("order", "name")
    if order not in ORDERS:
        order = "name"
    rows = conference.attendance.all()
    total = rows.count()
    if q:
        rows = rows.filter(Q(name__icontains=q) | Q(email__icontains=q))
    rows = rows.order_by(*ORDERS[order]).prefetch_related(_sessions())
    page = Paginator(rows, PER_PAGE).get_page(query.get("page"))
    return Participants(page, total, q, order, draw(list(page)))


def own_attendance(conference: Conference, user: User) -> AttendanceRecord | None:
    """A learner's own row: by roster, with every interval and why it counts."""
    mine = Q(membership__user=user) | Q(membership__user=None, membership__email__iexact=user.email)
    return conference.attendance.filter(mine).prefetch_related(_sessions()).first()


def draw(records: list[AttendanceRecord]) -> Timeline | None:
    """The picture of these people; None if there is nothing to draw."""
    counted = {r: [s for s in sessions_of(r) if s.is_counted] for r in records}
    every = [session for sessions in counted.values() for session in sessions]
    if not every:
        return None
    starts_at = min(session.joined_at for session in every)
    ends_at = max(session.left_at for session in every)
    span = max(ends_at - starts_at, timedelta(seconds=1))
    rows = [
        (
            record,
            [
                Bar(
                    x=int(1000 * (session.joined_at - starts_at) / span),
                    width=max(2, int(1000 * (session.left_at - session.joined_at) / span)),
                    session=session,
                )
                for session in sessions
            ],
        )
        for record, sessions in counted.items()
    ]
    return Timeline(starts_at, ends_at, rows)


def sessions_of(record: AttendanceRecord) -> list[AttendanceSession]:
    """What the prefetch stored; in order of joining."""
    sessions: list[AttendanceSession] = record.shown_sessions  # type: ignore[attr-defined]
    return sessions


def _sessions() -> "Prefetch[str]":
    rows = AttendanceSession.objects.filter(vanished_at=None).select_related(
        "sitting", "sitting__slot"
    )
    return Prefetch("sessions", rows.order_by("joined_at", "id"), to_attr="shown_sessions")
